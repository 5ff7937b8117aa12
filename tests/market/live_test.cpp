// SPDX-License-Identifier: MIT
// The adapters over a real connection, against a market that remembers what it was asked.
#include <catch2/catch.hpp>

#include <atomic>
#include <thread>

#include "market/fake_usage.hpp"
#include "market/live_market.hpp"
#include "market/read_rules.hpp"
#include "market/scripted_client.hpp"
#include "net/market_profile.hpp"
#include "net/retry.hpp"

namespace usagectl::market {
namespace {

using test::LiveMarket;

const std::string esi_id = "10443720000000001";
const std::string other_id = "10443720000000002";
constexpr const char* now = "2026-06-02T17:07:00Z";

const Zone& chicago() {
    return *Zone::find("America/Chicago").value();
}

// A provider's side: its connection and its market.
struct Provider {
    Provider(const LiveMarket& live, std::string_view kind, std::string_view password = "secret")
        : http(live.connect())
        , clock(now) {
        auto profile = net::market_profile(kind).value();
        profile.base_url = live.url();
        profile.user = "OPS";
        profile.password = Secret(std::string(password));
        profile.paths.power_status =
            profile.kind == net::MarketKind::rest ? "/v2/powerstatus/" : "/api/powerstatus";
        retrying = std::make_unique<net::RetryingClient>(
            *http, net::RetryRules{}, clock, sleeper, test::least_random()
        );
        market = net::make_market(profile, *retrying, clock, chicago());
    }

    // Polls until there is an end, or ten times.
    Outcome<ReadStatus> await(const Ticket& ticket) {
        Outcome<ReadStatus> status;
        for (int tries = 0; tries != 10; ++tries) {
            status = market->read_status(subject, ticket, "R-1");
            if (!status || (is_final(status->state) && !is_stale(*status, clock.now())))
                break;
        }
        return status;
    }

    std::unique_ptr<net::HttpClient> http;
    test::MovedClock clock;
    test::FakeSleeper sleeper;
    std::unique_ptr<net::RetryingClient> retrying;
    std::unique_ptr<Market> market;
    Subject subject{esi_id, "000000001"};
};

// On a clock that stands still.
struct Live : LiveMarket {
    explicit Live(const std::string& threads = "16")
        : LiveMarket(FAKE_MARKET, {"--now", now, "--threads", threads}) {}
};

nlohmann::json fault(const std::string& at, const std::string& kind, int times = 1) {
    return {{"faults", {{{"at", at}, {"kind", kind}, {"times", times}}}}};
}

TEST_CASE("a read from request to register, over either service") {
    const std::string kind = GENERATE("smt-rest", "smt-portal");
    Live live;
    live.control({{"reads", {{{"polls", 2}, {"stale", 1}}}}});
    Provider provider(live, kind);
    const auto ticket = provider.market->request_read(provider.subject, "R-1");
    REQUIRE(ticket);
    const auto status = provider.await(*ticket);
    REQUIRE(status);
    CHECK(status->state == ReadState::completed);
    CHECK(status->read_at == provider.clock.now());
    CHECK(status->register_wh == test::fake_register_wh(provider.clock.now()));
    CHECK(live.count(esi_id, "read_requests") == 1);
    CHECK(live.count(esi_id, "status") == (kind == "smt-rest" ? 3 : 4));
    CHECK(live.log().at("logins") == 1);

    const auto power = provider.market->power_status(provider.subject, "P-1");
    REQUIRE(power);
    CHECK(power->power == Power::on);
    CHECK(power->seen_at == provider.clock.now());
}

TEST_CASE("the ways a read ends") {
    struct Row {
        const char* then;
        ReadState state;
    };
    const Row row = GENERATE(
        Row{"completed", ReadState::completed},
        Row{"failed", ReadState::failed},
        Row{"t-failed", ReadState::technical_failure},
        Row{"pending", ReadState::pending},
        Row{"weird", ReadState::unknown}
    );
    INFO(row.then);
    Live live;
    live.control({{"reads", {{{"polls", 1}, {"then", row.then}}}}});
    for (const char* kind : {"smt-rest", "smt-portal"}) {
        Provider provider(live, kind);
        const auto ticket = provider.market->request_read(provider.subject, "R-1");
        REQUIRE(ticket);
        CHECK(provider.await(*ticket)->state == row.state);
    }
}

TEST_CASE("the market's own quota, and its list of meters") {
    Live live;
    live.control({{"quota", {{"limit", 1}}}, {"meters", {{esi_id, {{"number", "4711"}}}}}});
    Provider provider(live, "smt-portal");
    provider.subject.meter_number.clear();
    REQUIRE(provider.market->request_read(provider.subject, "R-1"));
    const auto again = provider.market->request_read(provider.subject, "R-2");
    REQUIRE_FALSE(again);
    CHECK(again.error().error.code == "read_quota_used");
    CHECK_FALSE(again.error().done);
    CHECK(live.count(esi_id, "read_requests") == 2);
    CHECK(live.count(esi_id, "read_accepted") == 1);
}

TEST_CASE("a wrong password is tried once") {
    Live live;
    Provider provider(live, "smt-portal", "guess");
    for (int i = 0; i != 3; ++i) {
        const auto ticket = provider.market->request_read(provider.subject, "R-1");
        REQUIRE_FALSE(ticket);
        CHECK(ticket.error().error.code == "market_login_refused");
    }
    CHECK(live.log().at("refused_logins") == 1);
}

TEST_CASE("a request for a read meets a fault") {
    struct Row {
        const char* kind;
        const char* code;  // "" : it succeeds
        bool done;
        int asked;
    };
    const Row row = GENERATE(
        Row{"unauthorized", "", true, 1},
        Row{"throttled", "", true, 1},  // repeated: nothing was done
        Row{"forbidden", "market_unavailable", false, 0},
        Row{"busy", "market_unavailable", false, 0},
        Row{"not_found", "market_refused", false, 0},
        Row{"html", "market_unavailable", true, 0},
        Row{"html_busy", "market_unavailable", false, 0},
        Row{"wrong_json", "market_answer_malformed", true, 0},
        Row{"wrong_types", "market_answer_malformed", true, 0},
        Row{"empty", "market_answer_malformed", true, 0},
        Row{"quota", "read_quota_used", false, 0},
        Row{"refuse", "network_cut", true, 0},
        Row{"reset", "network_cut", true, 1},
        Row{"crash", "market_unavailable", true, 1},
        Row{"html_after", "market_unavailable", true, 1}
    );
    INFO(row.kind);
    Live live;
    for (const char* kind : {"smt-rest", "smt-portal"}) {
        INFO(kind);
        Provider provider(live, kind);
        const std::string meter = kind == std::string("smt-rest") ? esi_id : other_id;
        provider.subject = {meter, meter.substr(8)};
        live.control(fault("read", row.kind));
        const auto ticket = provider.market->request_read(provider.subject, "R-1");
        if (*row.code == '\0') {
            CHECK(ticket);
        } else {
            REQUIRE_FALSE(ticket);
            CHECK(ticket.error().error.code == row.code);
            CHECK(ticket.error().done == row.done);
        }
        // Whatever happened, the meter was not asked twice.
        CHECK(live.count(meter, "read_requests") == row.asked);
    }
}

TEST_CASE("a query is repeated until the fault has passed") {
    const std::string kind = GENERATE("reset", "busy", "throttled", "unauthorized", "refuse");
    INFO(kind);
    Live live;
    Provider provider(live, "smt-rest");
    const auto ticket = provider.market->request_read(provider.subject, "R-1");
    REQUIRE(ticket);
    live.control(fault("status", kind));
    CHECK(provider.market->read_status(provider.subject, *ticket, "R-1"));
}

// What the market must have told of this meter in [from, to).
void check_usage(const MeterReads& reads, Instant from, Instant to) {
    REQUIRE(reads.intervals.size() == static_cast<std::size_t>((to - from).count() / 900));
    Instant at = from;
    for (const IntervalRead& interval : reads.intervals) {
        REQUIRE(interval.start == at);
        REQUIRE(interval.wh == test::fake_wh(1, reads.esi_id, at, reads.channel));
        const bool estimated = test::fake_estimated(1, reads.esi_id, at, reads.channel);
        REQUIRE((interval.quality == meter::Quality::estimated) == estimated);
        at += std::chrono::minutes(15);
    }
}

TEST_CASE("intervals of ordinary days and of those the clock changes") {
    const std::string kind = GENERATE("smt-rest", "smt-portal");
    const std::string shape = GENERATE("days", "rows");
    const std::string date = GENERATE("2026-06-02", "2026-03-08", "2025-11-02");
    INFO(kind << " " << shape << " " << date);
    Live live;
    live.control({{"shape", shape}});
    Provider provider(live, kind);
    const LocalDay day = parse_day(date).value();
    const std::vector<std::string> ids{esi_id, other_id};
    const auto reads =
        provider.market->intervals(ids, day - std::chrono::days(1), day + std::chrono::days(1));
    REQUIRE(reads);
    REQUIRE(reads->size() == 2);
    const Instant from = chicago().day_start(day - std::chrono::days(1));
    const Instant to = std::min(
        chicago().day_start(day + std::chrono::days(2)),
        parse_instant("2026-06-02T17:00:00Z").value()
    );
    check_usage(reads->at(0), from, to);
    check_usage(reads->at(1), from, to);
}

TEST_CASE("both ways of a meter with panels, and meters that tell nothing") {
    Live live;
    live.control({{"meters", {{esi_id, {{"solar", true}}}, {other_id, {{"silent", true}}}}}});
    Provider provider(live, "smt-rest");
    const LocalDay day = parse_day("2026-06-01").value();
    const auto reads = provider.market->intervals(std::vector{esi_id, other_id}, day, day);
    REQUIRE(reads);
    REQUIRE(reads->size() == 2);
    CHECK(reads->at(0).channel == meter::Channel::generation);
    CHECK(reads->at(1).channel == meter::Channel::consumption);
    const auto none = provider.market->intervals(std::vector{other_id}, day, day);
    REQUIRE(none);
    CHECK(none->empty());
}

TEST_CASE("answers that may not be used") {
    Live live;
    Provider provider(live, "smt-rest");
    const LocalDay day = parse_day("2026-06-01").value();
    const auto fetch = [&] { return provider.market->intervals(std::vector{esi_id}, day, day); };
    live.control({{"duplicates", "same"}});
    const auto twice = fetch();
    REQUIRE(twice);
    CHECK(twice->at(0).duplicates == 96);
    live.control({{"duplicates", "different"}});
    CHECK(fetch().error().error.code == "market_answer_malformed");
    live.control({{"duplicates", ""}, {"foreign", true}});
    CHECK(fetch().error().error.code == "market_answer_foreign");
}

TEST_CASE("a market whose clock is a little behind is believed") {
    Live live;
    live.control({{"skew_s", -100}});
    Provider provider(live, "smt-portal");
    const auto ticket = provider.market->request_read(provider.subject, "R-1");
    REQUIRE(ticket);
    const auto status = provider.await(*ticket);
    REQUIRE(status);
    CHECK(status->state == ReadState::completed);
    CHECK_FALSE(is_stale(*status, provider.clock.now()));
}

TEST_CASE("hundreds of clients at once are each answered once") {
    constexpr int clients = 200;
    Live live("250");
    live.control({{"faults", {{{"at", "read"}, {"kind", "slow"}, {"ms", 200}, {"times", -1}}}}});
    std::atomic<int> taken{0};
    std::vector<std::thread> threads;
    for (int i = 0; i != clients; ++i) {
        threads.emplace_back([&, i] {
            Provider provider(live, "smt-rest");
            provider.subject.esi_id = "2044372000000" + std::to_string(1000 + i);
            if (provider.market->request_read(provider.subject, "R-" + std::to_string(i)))
                ++taken;
        });
    }
    for (auto& thread : threads)
        thread.join();
    CHECK(taken == clients);
    const auto log = live.log();
    CHECK(log.at("meters").size() == clients);
    for (const auto& [meter, counts] : log.at("meters").items())
        CHECK(counts.at("read_requests") == 1);
}

}  // namespace
}  // namespace usagectl::market
