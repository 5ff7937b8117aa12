// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "balance/household.hpp"

using namespace usagectl;
using namespace usagectl::test;
using meter::Layer;

TEMPLATE_TEST_CASE(
    "a balance is what is posted less what is not charged yet", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const Household home(*store, plain_tariff, "20.00");

    SECTION("before anything is read, the day that began costs what is charged by the day") {
        const auto answer = home.told(at(0, 12));
        CHECK(answer.parts.posted == dollars("20.00"));
        CHECK(answer.parts.uncharged == Money());
        CHECK(answer.parts.gap_estimate == dollars("0.50"));
        CHECK(answer.uncharged.estimated_intervals == 48);  // quarters of an hour, worth nothing
        CHECK_FALSE(answer.uncharged.vee_through);
        CHECK_FALSE(answer.forecast);
    }
    SECTION("settled, then on-demand, then estimated") {
        for (int day = 0; day < 3; ++day)
            home.read_day(day, 1'000, at(day + 1, 3));
        home.charge(0, at(1, 4));
        home.read(3, {1'000, 1'000, 1'000, 2'000}, at(3, 5));
        home.read(3, {9'000, 9'000, 9'000, 9'000, 500, 500}, at(3, 7), Layer::raw);
        const auto answer = home.told(at(3, 8));
        // Day 0 is charged with 24 kWh: 2.40 and 0.50.
        CHECK(answer.parts.posted == dollars("17.10"));
        // Two days of 2.90, and 5 kWh with the day's own 0.50.
        CHECK(answer.parts.uncharged == dollars("6.80"));
        // 1 kWh read on demand; 2 hours by the average of the 78 kWh of 78 hours before.
        CHECK(answer.parts.gap_estimate == dollars("0.30"));
        CHECK(answer.parts.balance() == dollars("10.00"));
        CHECK(answer.charged.vee_wh == 24'000);
        CHECK(answer.uncharged.vee_actual_wh == 53'000);
        CHECK(answer.uncharged.raw_wh == 1'000);
        CHECK(answer.uncharged.estimated_wh == 2'000);
        CHECK(answer.uncharged.estimated_intervals == 2);
        CHECK(answer.uncharged.vee_through == at(3, 4));
        CHECK(answer.uncharged.raw_through == at(3, 6));
    }
    SECTION("an interval that is not over yet does not count") {
        home.read_day(0, 1'000, at(0, 1));
        CHECK(home.told(at(0, 2, 59)).parts.uncharged == dollars("0.70"));
        CHECK(home.told(at(0, 3)).parts.uncharged == dollars("0.80"));
    }
    SECTION("like days stand in for hours that nobody has read") {
        for (int day = 0; day < 7; ++day) {
            home.read_day(day, day == 0 ? 3'000 : 1'000, at(day + 1, 3));
            home.charge(day, at(day + 1, 4));
        }
        // Seven days later the same day of the week: 3 kWh an hour.
        CHECK(home.told(at(7, 4)).parts.gap_estimate == dollars("1.70"));
    }
}

TEST_CASE("only the provider of record is answered") {
    const Sqlite place;
    const auto store = place.open();
    const Household home(*store, plain_tariff, "20.00");
    app::BalanceQuestion question{home.account, {}, {}, at(0), "REP-2"};
    CHECK(app::balance_of(*store, question, home.prepay).error().code == "not_provider_of_record");
    question.asker.clear();
    CHECK(app::balance_of(*store, question, home.prepay).error().code == "not_provider_of_record");
    question.asker = provider;
    CHECK(app::balance_of(*store, question, home.prepay));
    question.account = "A-2";
    CHECK(app::balance_of(*store, question, home.prepay).error().code == "account_unknown");
}

TEST_CASE("what is not yet is not told") {
    const Sqlite place;
    const auto store = place.open();
    const Household home(*store, plain_tariff, "20.00");
    CHECK(home.ask(at(1), at(1, 13)).error().code == "balance_of_the_future");
    CHECK(home.ask(at(1), {}, at(1, 13)).error().code == "balance_of_the_future");
    CHECK(home.ask(at(1), at(1)));
    CHECK(home.ask(at(1), {}, at(-1)).error().code == "account_unknown");
}

TEST_CASE("power that is off is charged by readings alone, never by guess") {
    const Sqlite place;
    const auto store = place.open();
    const Household home(*store, plain_tariff, "20.00");
    home.read_day(0, 1'000, at(1, 3));
    home.charge(0, at(1, 4));
    home.become({account::Status::past_due, account::Status::suspended}, at(1, 6));
    CHECK(home.told(at(1, 12)).parts.balance() == dollars("17.10"));
    CHECK_FALSE(home.told(at(1, 12)).forecast);
    home.read(1, {1'000, 1'000}, at(1, 13));
    CHECK(home.told(at(1, 14)).parts.balance() == dollars("16.40"));
    SECTION("and an account that waits or is closed by nothing at all") {
        home.become({account::Status::closed}, at(1, 14));
        CHECK(home.told(at(1, 15)).parts.balance() == dollars("17.10"));
    }
}

TEST_CASE("a forecast tells how long the balance lasts above disconnection") {
    const Sqlite place;
    const auto store = place.open();
    const Household home(*store, plain_tariff, "20.00");
    for (int day = 0; day < 3; ++day) {
        CHECK_FALSE(home.told(at(day, 12)).forecast);
        home.read_day(day, 1'000, at(day + 1, 3));
        home.charge(day, at(day + 1, 4));
    }
    // 11.30 are left, 10.30 above disconnection, at 2.90 a day.
    const auto answer = home.told(at(3, 4), at(3, 0));
    REQUIRE(answer.forecast);
    CHECK(answer.forecast->per_day == dollars("2.90"));
    CHECK(answer.forecast->days_left == 3);
    CHECK(answer.forecast->depletes_on == day_after(6));
}
