// SPDX-License-Identifier: MIT
// A gap is filled by one read of the meter, whoever asks and however often, and whatever is cut.
#include "app/gap_fetch.hpp"

#include <catch2/catch.hpp>

#include "link/scripted_market.hpp"
#include "store/place.hpp"
#include "store/samples.hpp"

using namespace usagectl;
using market::ReadState;
using test::Killed;
using test::Postgres;
using test::RushedPace;
using test::ScriptedMarket;
using test::Sqlite;

namespace {

const Zone& utc() {
    return *Zone::find("UTC").value();
}

// Settled through 04:00 UTC of the monday; the customer calls at 07:05, so 12 intervals are
// missing.
constexpr const char* esi_id = "1001";
const Instant call = utc().day_start(test::monday) + std::chrono::minutes(7 * 60 + 5);

market::ReadStatus status(ReadState state, std::optional<Instant> read_at = {}) {
    return {state, std::string(to_string(state)), "", read_at, 9'751'212};
}

template <class Engine>
class House {
public:
    House()
        : store(place.open()) {
        test::file(*store, {{{std::string(esi_id)}}});
        store->write([&] {
            auto known = store->meters().find(esi_id).value();
            known.provider_of_record = "REP1";
            store->meters().save(known);
        });
        market.zone = terms.zone;
        market.data_until = call;
        market.statuses = {
            status(ReadState::pending),
            status(ReadState::completed, call + std::chrono::minutes(1))};
    }

    Result<app::GapFetched> fetch(
        std::chrono::seconds wait = std::chrono::minutes(5),
        std::optional<std::string> resume = {},
        Instant at = call
    ) {
        const FixedClock clock(at);
        app::MarketLink link{*store, market, terms, actor, clock, pace};
        return app::fetch_gap(link, {{std::string(esi_id), at, "REP1"}, std::move(resume), wait});
    }
    std::int64_t asked() { return market.asked[std::string(esi_id)]; }
    std::int64_t used(Instant at = call) {
        return app::quota_of(*store, terms, esi_id, app::RequestKind::read, at).used;
    }

    Engine place;
    std::unique_ptr<app::Store> store;
    ScriptedMarket market;
    app::MarketTerms terms = test::sample_terms();
    app::Actor actor = test::sample_actor();
    RushedPace pace;
};

}  // namespace

TEMPLATE_TEST_CASE("a read fills the gap and counts against the quota", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    const auto fetched = house.fetch();
    REQUIRE(fetched);
    CHECK_FALSE(fetched->ended);
    CHECK(fetched->gap.missing == 0);
    CHECK(fetched->gap.covered == 12);
    CHECK(fetched->gap.total_wh == 1200);
    REQUIRE(fetched->request);
    CHECK(fetched->request->state == app::RequestState::completed);
    CHECK(fetched->request->register_wh == 9'751'212);
    CHECK(fetched->request->ticket.trans_id == "T" + fetched->request->id);
    CHECK(fetched->quota.used == 1);
    CHECK(house.asked() == 1);
    // Only the gap is filed: the settled hours before it are the market's to settle.
    const auto source = house.store->blocks().find_source(fetched->request->source.value()).value();
    CHECK(source.kind == "market");
    CHECK(source.tally.intervals == 12);
    CHECK(source.layer == meter::Layer::raw);
}

TEMPLATE_TEST_CASE("nothing is asked when nothing is missing", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    REQUIRE(house.fetch());
    const auto again = house.fetch();
    REQUIRE(again);
    CHECK_FALSE(again->request);
    CHECK(house.asked() == 1);
}

TEMPLATE_TEST_CASE(
    "a read no interval older is shared, a later one refused", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.market.data_until = call - std::chrono::hours(1);  // the market lags behind
    REQUIRE(house.fetch());
    CHECK(house.used() == 1);

    const auto soon = house.fetch(std::chrono::minutes(5), {}, call + std::chrono::minutes(5));
    REQUIRE(soon);
    CHECK(soon->shared);
    CHECK(soon->gap.missing > 0);
    CHECK(house.asked() == 1);

    const auto later = house.fetch(std::chrono::minutes(5), {}, call + std::chrono::hours(2));
    REQUIRE_FALSE(later);
    CHECK(later.error().code == "read_quota_used");
    CHECK(later.error().exit == Exit::refused);
    // Midnight in Chicago, daylight time.
    CHECK(later.error().message.find("2026-09-21T05:00:00Z") != std::string::npos);
    CHECK(house.asked() == 1);

    const auto next_day = house.fetch(std::chrono::minutes(5), {}, call + std::chrono::hours(24));
    REQUIRE(next_day);
    CHECK(house.asked() == 2);
}

TEMPLATE_TEST_CASE(
    "an older read shown by the market is not taken for the new one", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.market.statuses = {status(ReadState::completed, call - std::chrono::hours(5))};
    const auto fetched = house.fetch();
    REQUIRE(fetched);
    REQUIRE(fetched->ended);
    CHECK(fetched->ended->code == "read_pending");
    CHECK(fetched->ended->exit == Exit::unavailable);
    CHECK(fetched->ended->message.find("previous one") != std::string::npos);
    CHECK(fetched->gap.covered == 0);
    CHECK(house.used() == 0);

    house.market.statuses = {status(ReadState::completed, call + std::chrono::minutes(3))};
    const auto resumed = house.fetch(std::chrono::minutes(5), fetched->request->id);
    REQUIRE(resumed);
    CHECK_FALSE(resumed->ended);
    CHECK(resumed->gap.missing == 0);
    CHECK(house.asked() == 1);
}

TEMPLATE_TEST_CASE("what the market could not do or refused does not count", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    struct Case {
        ReadState state;
        std::string code;
        Exit exit;
    };
    for (const auto& ending :
         {Case{ReadState::failed, "read_failed_at_meter", Exit::unavailable},
          Case{ReadState::technical_failure, "read_failed_at_meter", Exit::unavailable},
          Case{ReadState::too_many, "market_refused", Exit::refused},
          Case{ReadState::unknown, "read_pending", Exit::unavailable}}) {
        House<TestType> house;
        house.market.statuses = {status(ending.state)};
        const auto fetched = house.fetch();
        CAPTURE(ending.code);
        REQUIRE(fetched);
        REQUIRE(fetched->ended);
        CHECK(fetched->ended->code == ending.code);
        CHECK(fetched->ended->exit == ending.exit);
        CHECK(house.used() == 0);
        if (ending.state == ReadState::unknown)
            continue;
        house.market.statuses = {status(ReadState::completed, call)};
        const auto again = house.fetch();
        REQUIRE(again);
        CHECK_FALSE(again->ended);
        CHECK(house.asked() == 2);
    }
}

TEMPLATE_TEST_CASE(
    "a request that never left is withdrawn, one that may have is not", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const Error down{Exit::unavailable, "network_unreachable", "no connection", "", true};
    House<TestType> house;
    house.market.refuse_read = market::Failed{down, false};
    auto fetched = house.fetch();
    REQUIRE(fetched);
    CHECK(fetched->ended->code == "network_unreachable");
    CHECK(fetched->request->state == app::RequestState::withdrawn);

    house.market.refuse_read = market::Failed{down, true};
    fetched = house.fetch();
    REQUIRE(fetched);
    CHECK(fetched->request->state == app::RequestState::claimed);
    CHECK(house.asked() == 1);

    // The market had done it: its own log decides, and nothing is asked twice.
    house.market.refuse_read.reset();
    fetched = house.fetch();
    REQUIRE(fetched);
    CHECK_FALSE(fetched->ended);
    CHECK(fetched->shared);
    CHECK(fetched->gap.missing == 0);
    CHECK(house.asked() == 1);
}

TEMPLATE_TEST_CASE(
    "a request that died before it was sent says until when it stands", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const std::string until = format_instant(call + std::chrono::hours(2));
    House<TestType> house;
    house.market.kill_after = 1;
    house.market.kill_before = true;
    REQUIRE_THROWS_AS(house.fetch(), Killed);
    house.market.kill_after = 0;
    house.market.statuses = {status(ReadState::unknown)};
    auto fetched = house.fetch();
    REQUIRE(fetched);
    REQUIRE(fetched->ended);
    CHECK(fetched->shared);
    CHECK(fetched->ended->code == "read_pending");
    CHECK(fetched->ended->message.find("may never have had") != std::string::npos);
    CHECK(fetched->ended->hint.find("given up at " + until) != std::string::npos);

    // So does whatever the market answers to a number it never had.
    house.market.refuse_status =
        market::Failed{{Exit::unavailable, "market_unavailable", "no such number"}, true};
    fetched = house.fetch();
    REQUIRE(fetched);
    REQUIRE(fetched->ended);
    CHECK(fetched->ended->code == "market_unavailable");
    CHECK(fetched->ended->hint.find("given up at " + until) != std::string::npos);
    CHECK(house.asked() == 0);

    house.market.refuse_status.reset();
    REQUIRE(house.fetch(std::chrono::seconds(0), {}, call + std::chrono::hours(2)));
    CHECK(house.asked() == 1);
}

TEMPLATE_TEST_CASE("without waiting the answer is the request's name", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    const auto asked = house.fetch(std::chrono::seconds(0));
    REQUIRE(asked);
    CHECK_FALSE(asked->ended);
    CHECK(asked->request->state == app::RequestState::pending);
    CHECK(house.market.polled == 0);
    const auto resumed = house.fetch(std::chrono::minutes(5), asked->request->id);
    REQUIRE(resumed);
    CHECK(resumed->request->state == app::RequestState::completed);
    const auto unknown = house.fetch(std::chrono::minutes(5), "none");
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == "request_unknown");
}

TEMPLATE_TEST_CASE("an interrupted wait leaves the request to go on with", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.pace.interrupt = true;
    const auto fetched = house.fetch();
    REQUIRE(fetched);
    CHECK(fetched->interrupted);
    CHECK(fetched->request->state == app::RequestState::pending);
    house.pace.interrupt = false;
    CHECK(house.fetch(std::chrono::minutes(5), fetched->request->id)->gap.missing == 0);
    CHECK(house.asked() == 1);
}

TEMPLATE_TEST_CASE(
    "killed at any call, the next run ends where one would have", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    for (const bool before : {true, false}) {
        for (int call_number = 1; call_number <= 4; ++call_number) {
            House<TestType> house;
            house.market.kill_after = call_number;
            house.market.kill_before = before;
            CAPTURE(call_number, before);
            CHECK_THROWS_AS(house.fetch(), Killed);
            CHECK(house.used() == 0);
            house.market.kill_after = 0;
            // A turn that its owner died with is free again after a while.
            const auto fetched = house.fetch(std::chrono::minutes(10));
            REQUIRE(fetched);
            CHECK(house.used() == 1);
            CHECK(fetched->gap.missing == 0);
            // Killed before sending, the market has no read; in truth it would stay pending until
            // it is given up. Here it answers all the same.
            CHECK(house.asked() == (call_number == 1 && before ? 0 : 1));
        }
    }
}

TEMPLATE_TEST_CASE("a request without outcome blocks no other for ever", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.market.statuses = {status(ReadState::pending)};
    const auto first = house.fetch();
    REQUIRE(first);
    house.market.statuses = {status(ReadState::completed, call + std::chrono::hours(3))};
    const auto later = house.fetch(std::chrono::minutes(5), {}, call + std::chrono::hours(3));
    REQUIRE(later);
    CHECK(later->request->id != first->request->id);
    CHECK(house.asked() == 2);
    CHECK(house.store->market().find(first->request->id)->state == app::RequestState::expired);
}

TEMPLATE_TEST_CASE("only the provider of record is served", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    const FixedClock clock(call);
    app::MarketLink link{*house.store, house.market, house.terms, house.actor, clock, house.pace};
    const auto fetched =
        app::fetch_gap(link, {{std::string(esi_id), call, "REP2"}, {}, std::chrono::seconds(1)});
    REQUIRE_FALSE(fetched);
    CHECK(fetched.error().code == "not_provider_of_record");
    CHECK(house.asked() == 0);
}
