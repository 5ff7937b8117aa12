// SPDX-License-Identifier: MIT
// History comes in requests the market's table of sizes allows, over as many days as that takes.
#include "app/backfill.hpp"

#include <catch2/catch.hpp>

#include "link/scripted_market.hpp"
#include "market/sizing.hpp"
#include "store/place.hpp"
#include "store/samples.hpp"

using namespace usagectl;
using app::BackfillState;
using test::Postgres;
using test::Sqlite;

namespace {

template <class Engine>
class House {
public:
    explicit House(std::size_t meters)
        : store(place.open()) {
        store->write([&] {
            for (std::size_t i = 0; i < meters; ++i) {
                meter::Meter known;
                known.id = std::to_string(1000 + i);
                known.timezone = "America/Chicago";
                known.provider_of_record = "REP1";
                store->meters().save(known);
                wish.meters.push_back(known.id);
            }
        });
        wish.asker = "REP1";
        wish.from = test::monday - std::chrono::days(40);
        wish.to = test::monday - std::chrono::days(1);
        market.zone = Zone::find("America/Chicago").value();
        market.data_until = Instant::max() - std::chrono::hours(1);
    }

    app::BackfillLink link(const Clock& clock) {
        return {*store, "smt-portal", market.zone, meter::Layer::raw, actor, clock, {}, {}};
    }

    Engine place;
    std::unique_ptr<app::Store> store;
    test::ScriptedMarket market;
    app::Actor actor = test::sample_actor();
    app::BackfillWish wish;
};

const Instant first_day = instant(1'790'000'000);

}  // namespace

TEMPLATE_TEST_CASE("a back-fill goes on day after day until all is there", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house(30);
    std::size_t meter_days = 0;
    int days = 0;
    for (; days < 20; ++days) {
        const FixedClock clock(first_day + std::chrono::hours(24 * days));
        const auto link = house.link(clock);
        if (days > 0)
            house.wish.meters.clear();
        auto planned = app::plan_backfill(link, house.wish);
        if (!planned) {
            CHECK(planned.error().code == "nothing_planned");
            break;
        }
        const auto answer = app::send_backfill(link, house.market, std::move(*planned));
        CHECK_FALSE(answer.ended);
        std::vector<market::RequestSize> sent;
        for (const auto& request : answer.requests) {
            if (request.state != BackfillState::stored)
                continue;
            const auto span = static_cast<std::size_t>((request.last - request.first).count() + 1);
            sent.push_back({request.meters.size(), span});
            meter_days += request.meters.size() * span;
            CHECK(request.intervals > 0);
        }
        CHECK(market::fits_one_day(sent));
        CHECK_FALSE(sent.empty());
        // The same day again sends nothing more.
        const auto fetched = house.market.fetched;
        if (auto again = app::plan_backfill(link, {{}, {}, {}, "REP1", false}))
            static_cast<void>(app::send_backfill(link, house.market, std::move(*again)));
        CHECK(house.market.fetched == fetched);
    }
    CHECK(meter_days == 30 * 40);
    CHECK(days > 0);
}

TEMPLATE_TEST_CASE("a market that fails leaves the rest planned", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house(3);
    const FixedClock clock(first_day);
    const auto link = house.link(clock);
    house.market.refuse_intervals =
        market::Failed{{Exit::unavailable, "network_timeout", "no answer", "", true}, true};
    auto answer =
        app::send_backfill(link, house.market, app::plan_backfill(link, house.wish).value());
    REQUIRE(answer.ended);
    CHECK(answer.requests.front().state == BackfillState::planned);
    CHECK(house.market.fetched == 1);
    house.market.refuse_intervals.reset();
    answer = app::send_backfill(
        link, house.market, app::plan_backfill(link, {{}, {}, {}, "REP1", false}).value()
    );
    CHECK_FALSE(answer.ended);
    CHECK(answer.requests.front().state == BackfillState::stored);
}

TEMPLATE_TEST_CASE("a plan is refused by name, a dry run keeps none", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house(2);
    const FixedClock clock(first_day);
    const auto link = house.link(clock);
    auto wish = house.wish;
    wish.dry_run = true;
    REQUIRE(app::plan_backfill(link, wish));
    wish.meters.clear();
    CHECK(app::plan_backfill(link, wish).error().code == "nothing_planned");
    wish = house.wish;
    wish.asker = "REP2";
    CHECK(app::plan_backfill(link, wish).error().code == "not_provider_of_record");
    wish = house.wish;
    wish.to = test::monday + std::chrono::days(1);
    CHECK(app::plan_backfill(link, wish).error().code == "day_not_over");
    wish = house.wish;
    std::swap(wish.from, wish.to);
    CHECK(app::plan_backfill(link, wish).error().code == "range_reversed");
    wish = house.wish;
    wish.meters.push_back("none");
    CHECK(app::plan_backfill(link, wish).error().code == "meter_unknown");
}
