// SPDX-License-Identifier: MIT
#include "app/power.hpp"

#include <catch2/catch.hpp>

#include "link/scripted_market.hpp"
#include "store/place.hpp"
#include "store/samples.hpp"

using namespace usagectl;
using market::Power;
using market::ReadState;
using test::Postgres;
using test::Sqlite;

TEMPLATE_TEST_CASE("the power status has a quota of its own", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    test::file(*store, {{{"1001"}}});
    store->write([&] {
        auto known = store->meters().find("1001").value();
        known.provider_of_record = "REP1";
        store->meters().save(known);
    });
    test::ScriptedMarket market;
    const auto terms = test::sample_terms();
    const auto actor = test::sample_actor();
    test::RushedPace pace;
    const FixedClock clock(test::some_day);
    app::MarketLink link{*store, market, terms, actor, clock, pace};
    const app::PowerQuestion question{"1001", "REP1", {}, std::chrono::minutes(5)};

    market.powers = {{ReadState::failed, Power::unknown, "FAILED", "no reply", {}}};
    auto answer = app::power_status(link, question);
    REQUIRE(answer);
    REQUIRE(answer->ended);
    CHECK(answer->ended->code == "read_failed_at_meter");
    CHECK(answer->quota.used == 0);

    market.powers = {
        {ReadState::pending, Power::unknown, "PENDING", "", {}},
        {ReadState::completed, Power::off, "OFF", "", test::some_day}};
    answer = app::power_status(link, question);
    REQUIRE(answer);
    CHECK_FALSE(answer->ended);
    CHECK(answer->request.word == "off");
    CHECK(answer->quota.used == 1);
    CHECK(app::quota_of(*store, terms, "1001", app::RequestKind::read, test::some_day).used == 0);

    answer = app::power_status(link, question);
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == "read_quota_used");
    CHECK(market.asked["1001"] == 3);
}
