// SPDX-License-Identifier: MIT
#include "app/activation.hpp"

#include <catch2/catch.hpp>

#include "account/office.hpp"

using namespace usagectl;
using account::OrderState;
using account::Status;
using test::day;
using test::Office;
using test::Postgres;
using test::Sqlite;

namespace {

Result<app::AccountActivated>
activate(const Office& office, const std::string& id, const account::MeterFacts& facts = {}) {
    app::ActivateAccount request;
    request.account = id;
    request.facts = facts;
    return app::activate_account(
        office.store(), request, test::prepay(), test::clerk, office.clock()
    );
}

// As a nightly process does it.
bool try_again(const Office& office, const std::string& id) {
    bool active = false;
    office.store().write([&] {
        auto change = app::AccountChange::begin(
            office.store(), id, test::prepay(), "nightly", office.clock().now()
        );
        REQUIRE(change);
        active = *app::try_activate(*change, office.store());
        REQUIRE(change->finish());
    });
    return active;
}

}  // namespace

TEMPLATE_TEST_CASE("an account is active with its first daily usage", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const Office office(place);
    office.create("1");
    SECTION("nothing due: paid at once") {}
    SECTION("usage from before the account was made does not count") {
        office.file_usage("1", day("2026-09-20"));
    }
    REQUIRE(office.shown("1").standing.status == Status::paid);

    const auto waits = activate(office, "1");
    REQUIRE(waits);
    CHECK(waits->status == Status::paid);
    CHECK_FALSE(waits->charged_from);
    CHECK(waits->first_service_day == day("2026-09-21"));
    REQUIRE(waits->orders.size() == 1);
    CHECK(waits->orders[0].order.state == OrderState::pending_usage);
    CHECK(office.last_outcome() == "clerk: account 1 is paid, waits for usage");
    CHECK_FALSE(try_again(office, "1"));

    office.file_usage("1", day("2026-09-23"));
    CHECK(try_again(office, "1"));
    CHECK_FALSE(try_again(office, "1"));
    const auto standing = office.shown("1").standing;
    CHECK(standing.status == Status::active);
    CHECK(standing.charged_through == day("2026-09-22"));
    CHECK(office.store().service().open_orders(standing.account).empty());
    CHECK(office.events("1").back() == "status: paid -> active");

    const auto again = activate(office, "1");
    REQUIRE(again);
    CHECK(again->unchanged);
    CHECK(again->orders.empty());
}

TEMPLATE_TEST_CASE("usage that is there already activates at once", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Office office(place);
    office.create("1");
    office.file_usage("1", day("2026-09-21"));
    office.at(test::some_day + std::chrono::hours(24));
    const auto done = activate(office, "1");
    REQUIRE(done);
    CHECK(done->status == Status::active);
    CHECK(done->charged_from == day("2026-09-21"));
    REQUIRE(done->orders.size() == 1);
    CHECK(done->orders[0].order.state == OrderState::completed);
    CHECK(done->orders[0].order.decided_at.has_value());
}

TEST_CASE("whoever had power before is charged from the first day of service") {
    const Sqlite place;
    Office office(place);
    auto request = office.request("1");
    request.account.flags.existing_customer = true;
    request.unbilled = Money();
    office.create(request);
    office.file_usage("1", day("2026-09-24"));
    const auto done = activate(office, "1");
    REQUIRE(done);
    CHECK(done->charged_from == day("2026-09-21"));
}

TEST_CASE("a block without a single value is no usage") {
    const Sqlite place;
    const Office office(place);
    office.create("1");
    test::file(office.store(), {{{"1", day("2026-09-22"), {-1, -1}}}});
    CHECK_FALSE(activate(office, "1")->charged_from);
    test::file(office.store(), {{{"1", day("2026-09-23"), {5}}}, {}, meter::Layer::raw});
    CHECK_FALSE(try_again(office, "1"));
    office.file_usage("1", day("2026-11-23"));
    CHECK(try_again(office, "1"));
    CHECK(office.shown("1").standing.charged_through == day("2026-11-22"));
}

TEST_CASE("meter facts must be known, and can be entered along the way") {
    const Sqlite place;
    const Office office(place);
    auto request = office.request("1");
    request.account.meter_facts = {"4471", {}, {}, {}};
    office.create(request);
    const auto missing = activate(office, "1");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == "meter_facts_missing");
    CHECK_THAT(
        missing.error().message, Catch::EndsWith("begin reading, install date, last read date")
    );

    const account::MeterFacts later{{}, 7, day("2026-09-22"), day("2026-09-21")};
    CHECK(activate(office, "1", later).error().code == "installed_later");
    CHECK_FALSE(office.shown("1").known.account.meter_facts.begin_reading_wh);

    const account::MeterFacts facts{"4472", 7, day("2026-09-21"), day("2026-09-21")};
    REQUIRE(activate(office, "1", facts));
    CHECK(office.shown("1").known.account.meter_facts.begin_reading_wh == 7);
    CHECK(office.store().meters().find("1")->meter_number == "4472");
    const auto events = office.events("1");
    CHECK(events.at(events.size() - 4) == "meter_number: 4471 -> 4472");
    CHECK(events.back() == "last_read_on:  -> 2026-09-21");
}

TEST_CASE("what is not paid is not activated") {
    const Sqlite place;
    const Office office(place);
    auto request = office.request("1");
    request.thresholds.connection = test::money("50.00");
    office.create(request);
    const auto pending = activate(office, "1");
    REQUIRE_FALSE(pending);
    CHECK(pending.error().code == "account_not_paid");
    CHECK_THAT(pending.error().message, Catch::Contains("50.00 are still to be paid"));
    office.pay("1", "50.00");
    CHECK(activate(office, "1"));
    CHECK(activate(office, "no").error().code == "account_unknown");
}
