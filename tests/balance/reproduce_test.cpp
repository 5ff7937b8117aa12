// SPDX-License-Identifier: MIT
// What was told can be told again, whatever came later.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "app/balance_quotes.hpp"
#include "app/rerate.hpp"
#include "balance/household.hpp"

using namespace usagectl;
using namespace usagectl::test;
using meter::Layer;

namespace {

struct Told {
    Instant at{};
    std::string text;
};

// Something happens to the household on a day, in its own hour.
void happen(const Household& home, int day, int hour) {
    const auto now = at(day, hour);
    const auto some_hours = [](std::int64_t wh) {
        return std::vector<std::int64_t>(*rc::gen::inRange<std::size_t>(1, 24), wh);
    };
    switch (*rc::gen::inRange(0, 7)) {
    case 0:
        return home.pay("5.00", now, at(day, hour) - std::chrono::hours(*rc::gen::inRange(0, 60)));
    case 1:
        return home.read_day(day - 1, *rc::gen::inRange(0, 3'000), now);
    case 2:
        return home.read(day, some_hours(1'500), now, Layer::raw);
    case 3:
        return home.read_day(day - *rc::gen::inRange(1, 4), *rc::gen::inRange(0, 3'000), now);
    case 4:
        return home.charge(day - 1, now);
    case 5: {
        home.store.write([&] {
            auto change =
                app::AccountChange::begin(home.store, home.account, home.prepay, "x", now);
            app::RateBook book(home.store);
            const auto first = day_after(std::max(0, day - 3));
            REQUIRE_FALSE(app::rerate(home.store, *change, book, first).ended);
            REQUIRE(change->finish());
        });
        return;
    }
    default: {
        const auto status =
            home.store.accounts().standing(home.store.accounts().find(home.account)->number).status;
        const bool off = status == account::Status::suspended;
        return home.become({off ? account::Status::active : account::Status::suspended}, now);
    }
    }
}

}  // namespace

TEST_CASE("an answer of an earlier time is given again, byte for byte") {
    CHECK(rc::check([] {
        const Sqlite place;
        const auto store = place.open();
        const Household home(*store, rich_tariff, "50.00");
        std::vector<Told> all;
        for (int day = 1; day < 6; ++day) {
            if (day > 1 && *rc::gen::inRange(0, 4) > 0) {
                home.read_day(day - 1, 700, at(day, 2));
                for (int due = 0; due < day; ++due)
                    home.charge(due, at(day, 3));
            }
            for (int hour = 4; hour < 20; hour += 3) {
                happen(home, day, hour);
                const auto now = at(day, hour, 30);
                all.push_back({now, text_of(home.told(now))});
            }
        }
        for (const auto& told : all) {
            const auto again = home.told(at(6, 0), {}, told.at);
            RC_ASSERT(text_of(again) == told.text);
            RC_ASSERT(again.reproduced);
        }
    }));
}

TEMPLATE_TEST_CASE("what is told is kept under a name", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const Household home(*store, plain_tariff, "20.00");
    const auto first = home.told(at(1, 8));
    CHECK(app::keep_quote(*store, first, "ann", at(1, 8)) == "Q-A-1-20260921-1");
    const auto second = home.told(at(1, 9));
    CHECK(app::keep_quote(*store, second, "bob", at(1, 9)) == "Q-A-1-20260921-2");
    CHECK(app::keep_quote(*store, home.told(at(2, 9)), "bob", at(2, 9)) == "Q-A-1-20260922-1");

    const auto kept = store->quotes().quotes(first.then.known.number, {day_after(1), day_after(1)});
    REQUIRE(kept.size() == 2);
    CHECK(kept[1].asked_by == "bob");
    CHECK(kept[1].balance == second.parts.balance());
    CHECK(kept[1].gap_estimate == second.parts.gap_estimate);
    CHECK(kept[1].at == at(1, 9));
    std::size_t seen = 0;
    store->quotes().each({day_after(0), day_after(9)}, [&](const app::BalanceQuote&) { ++seen; });
    CHECK(seen == 3);

    SECTION("and the answer that is given again has that name") {
        home.pay("7.00", at(1, 10), at(0, 10));
        home.read_day(1, 4'000, at(2, 3));
        const auto again = home.told(at(3, 0), {}, at(1, 9));
        CHECK(app::find_quote(*store, again) == "Q-A-1-20260921-2");
        CHECK_FALSE(app::find_quote(*store, home.told(at(3, 0), {}, at(1, 10))));
    }
    SECTION("nobody changes it") {
        const auto session = place.session();
        CHECK(error_of([&] {
                  session->execute("update balance_quote set balance = 0", {});
              }).code == "store_failed");
        CHECK(error_of([&] {
                  session->execute("delete from balance_quote", {});
              }).code == "store_failed");
    }
}
