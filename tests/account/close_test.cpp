// SPDX-License-Identifier: MIT
#include "app/account_close.hpp"

#include <catch2/catch.hpp>

#include "account/office.hpp"
#include "app/activation.hpp"

using namespace usagectl;
using account::Status;
using test::day;
using test::money;
using test::Office;
using test::Postgres;
using test::Sqlite;

namespace {

Result<app::AccountClosed>
close(const Office& office, std::optional<LocalDay> on = {}, bool dry_run = false) {
    app::CloseAccount request;
    request.account = "1";
    request.on = on;
    request.reason = "moved";
    request.dry_run = dry_run;
    return app::close_account(office.store(), request, test::prepay(), test::clerk, office.clock());
}

// Takes `amount` off the balance, as a charge does, and is charged through a day.
void charge(const Office& office, const std::string& amount, const char* through) {
    office.store().write([&] {
        auto change = app::AccountChange::begin(
            office.store(), "1", test::prepay(), "nightly", office.clock().now()
        );
        REQUIRE(change);
        REQUIRE(change->post(
            {ledger::Kind::charge,
             office.clock().now(),
             "test",
             {{office.store().ledger().code("income:energy:Energy"), -money(amount)}}}
        ));
        change->standing().charged_through = day(through);
        REQUIRE(change->finish());
    });
}

// The ledger account's balance, debits positive.
Money balance_of(const Office& office, std::string_view code) {
    Money sum;
    office.store().write([&] {
        const auto number = office.store().ledger().code(code);
        office.store().ledger().each({local_day(0), local_day(100'000)}, [&](const auto& entry) {
            for (const auto& posting : entry.postings)
                sum = posting.code == number ? sum + posting.amount : sum;
        });
    });
    return sum;
}

void begin_service(Office& office) {
    office.file_usage("1", day("2026-09-21"));
    app::ActivateAccount request;
    request.account = "1";
    REQUIRE(
        app::activate_account(office.store(), request, test::prepay(), test::clerk, office.clock())
    );
    REQUIRE(office.shown("1").standing.status == Status::active);
    office.at(test::some_day + std::chrono::hours(48));
}

}  // namespace

TEMPLATE_TEST_CASE("what is left goes back, and the meter is free", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Office office(place);
    auto request = office.request("1");
    request.account.deposit = money("20.00");
    request.debt = money("5.00");
    office.create(request);
    office.pay("1", "30.00");
    begin_service(office);

    const auto early = close(office);
    REQUIRE_FALSE(early);
    CHECK(early.error().code == "usage_not_charged");
    CHECK(early.error().hint == "usagectl nightly --date 2026-09-22 charges it");
    charge(office, "12.00", "2026-09-22");
    CHECK(close(office, day("2026-09-21")).error().code == "charged_beyond");
    CHECK(close(office, day("2026-09-24")).error().code == "closes_later");
    REQUIRE(close(office, {}, true));
    CHECK(office.shown("1").standing.status == Status::active);

    const auto done = close(office);
    REQUIRE(done);
    CHECK(done->on == day("2026-09-22"));
    CHECK(done->deposit == money("20.00"));
    CHECK(done->from_debt == money("5.00"));
    CHECK(done->refund == money("33.00"));
    CHECK(done->debt == Money());
    CHECK(balance_of(office, "liability:refunds") == money("-33.00"));
    const auto shown = office.shown("1");
    CHECK(shown.standing.status == Status::closed);
    CHECK(shown.standing.balance == Money());
    CHECK(shown.known.account.deposit == Money());
    CHECK_FALSE(shown.standing.meter);
    CHECK_FALSE(office.store().meters().find("1")->account);
    const auto periods = office.store().accounts().service(shown.known.number);
    CHECK(periods.back().from == day("2026-09-23"));
    CHECK_FALSE(periods.back().meter);
    CHECK(office.events("1").back() == "status: active -> closed");
    CHECK(close(office).error().code == "account_closed");

    auto next = office.request("2");
    next.meter = "1";
    office.create(next);
}

TEST_CASE("what is owed stays as debt") {
    const Sqlite place;
    Office office(place);
    office.create("1");
    office.pay("1", "10.00");
    begin_service(office);
    charge(office, "12.50", "2026-09-22");
    const auto done = close(office, day("2026-09-22"));
    REQUIRE(done);
    CHECK(done->refund == Money());
    CHECK(done->debt == money("2.50"));
    CHECK(office.shown("1").standing.debt == money("2.50"));
    CHECK(office.shown("1").standing.balance == Money());
    CHECK(balance_of(office, "asset:receivable:debt") == money("2.50"));
    CHECK(office.last_outcome() == "clerk: account 1 closed on 2026-09-22, refund 0.00, debt 2.50");
}

TEST_CASE("before service there is nothing to charge, and orders are called off") {
    const Sqlite place;
    const Office office(place);
    office.create("1");
    office.pay("1", "10.00");
    const auto done = close(office);
    REQUIRE(done);
    CHECK(done->on == day("2026-09-21"));
    REQUIRE(done->orders.size() == 1);
    CHECK(done->orders[0].order.state == account::OrderState::cancelled);
    CHECK(done->refund == money("10.00"));
}
