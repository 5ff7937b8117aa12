// SPDX-License-Identifier: MIT
// The market link as a provider runs it: many people at once, and processes that die.
#include <catch2/catch.hpp>

#include <random>

#include <unistd.h>

#include "market/fake_usage.hpp"
#include "market/live_market.hpp"
#include "whole/shop.hpp"

namespace usagectl::test {
namespace {

using std::chrono::milliseconds;

constexpr const char* now = "2026-11-20T14:00:00Z";
constexpr const char* after_giving_up = "2026-11-20T16:01:00Z";
constexpr const char* settled_from = "2026-11-20T06:00:00Z";

std::string esi_id(int number) {
    const std::string digits = std::to_string(number);
    return "1044372" + std::string(10 - digits.size(), '0') + digits;
}

// A shop that asks the market, with meters settled until 08:00 UTC.
struct Provider : Shop {
    Provider(
        const Place& place,
        const LiveMarket& market,
        int meters,
        const std::string& kind = "smt-rest"
    )
        : Shop(place.url(), now) {
        const auto password = files().write("password", "secret\n");
        std::filesystem::permissions(password, std::filesystem::perms::owner_read);
        const auto configuration = files().write(
            "config/usagectl/config.toml",
            "[identity]\nprovider_of_record = \"SUNRISE\"\n[net]\nca_file = \"" + market.ca_file() +
                "\"\n[market]\nkind = \"" + kind + "\"\nurl = \"" + market.url() +
                "\"\nuser = \"OPS\"\npassword_file = \"" + password +
                "\"\npoll_first_seconds = 0\npoll_seconds = 1\n"
        );
        for (int i = 1; i <= meters; ++i)
            ids.push_back(esi_id(i));
        must({"ingest", files().write("vee.csv", hourly(ids, settled_from, 2, 500))});
        for (const auto& id : ids) {
            must(
                {"meter",
                 "set",
                 id,
                 "--provider-of-record",
                 "SUNRISE",
                 "--meter-number",
                 id.substr(8)}
            );
        }
    }

    Started ask(const std::string& id, const std::string& wait = "60") {
        return start({"usage", "gap", id, "--fetch", "--wait", wait, "--json"});
    }

    std::vector<std::string> ids;
};

// The gap is filled with what the meter measured, and one read has been counted.
void check_filled(const std::string& out) {
    const auto answer = nlohmann::json::parse(out);
    CHECK(answer.at("missing_intervals") == 0);
    CHECK(answer.at("quota").at("used") == 1);
    const std::string id = answer.at("meter");
    CHECK(answer.at("items").size() >= 24);
    for (const auto& item : answer.at("items")) {
        const auto start = parse_instant(item.at("start").get<std::string>()).value();
        CHECK(item.at("wh") == fake_wh(1, id, start, meter::Channel::consumption));
    }
}

TEMPLATE_TEST_CASE(
    "500 people ask at once: each meter is asked once, and all are answered", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    constexpr std::size_t meters = 100;
    constexpr std::size_t people = 500;
    const TestType place;
    LiveMarket market(FAKE_MARKET, {"--now", now, "--threads", "600"});
    Provider provider(place, market, meters);
    std::vector<Started> started;
    for (std::size_t i = 0; i < people; ++i)
        started.push_back(provider.ask(provider.ids[i % meters]));
    for (auto& one : started) {
        const int exit = one.wait();
        INFO(one.err());
        REQUIRE(exit == 0);
        check_filled(one.out());
    }
    for (const auto& id : provider.ids) {
        CAPTURE(id);
        CHECK(market.count(id, "read_requests") == 1);
    }
}

TEST_CASE("how a fetch can end") {
    struct Row {
        const char* control;
        int exit;
        const char* code;
        int counted;
    };
    const Row row = GENERATE(
        Row{R"({"reads":[{"polls":1,"then":"completed"}]})", 0, "", 1},
        Row{R"({"reads":[{"polls":0,"stale":1,"then":"completed"}]})", 0, "", 1},
        Row{R"({"reads":[{"polls":1,"then":"failed"}]})", 5, "read_failed_at_meter", 0},
        Row{R"({"reads":[{"polls":1,"then":"t-failed"}]})", 5, "read_failed_at_meter", 0},
        Row{R"({"reads":[{"polls":1,"then":"pending"}]})", 5, "read_pending", 0},
        Row{R"({"reads":[{"polls":1,"then":"weird"}]})", 5, "read_pending", 0},
        Row{R"({"quota":{"limit":0,"window_s":3600}})", 0, "", 1},
        Row{R"({"faults":[{"at":"read","kind":"quota"}]})", 4, "read_quota_used", 0},
        Row{R"({"faults":[{"at":"read","kind":"html"}]})", 5, "market_unavailable", 0},
        Row{R"({"faults":[{"at":"read","kind":"wrong_json"}]})", 5, "market_answer_malformed", 0},
        Row{R"({"faults":[{"at":"read","kind":"wrong_types"}]})", 5, "market_answer_malformed", 0},
        Row{R"({"faults":[{"at":"read","kind":"unauthorized"}]})", 0, "", 1},
        Row{R"({"faults":[{"at":"token","kind":"unauthorized"}]})", 4, "market_login_refused", 0},
        Row{R"({"faults":[{"at":"read","kind":"throttled","retry_after":1}]})", 0, "", 1},
        Row{R"({"faults":[{"at":"read","kind":"reset"}]})", 5, "network_cut", 0},
        Row{R"({"faults":[{"at":"status","kind":"reset"}]})", 0, "", 1},
        Row{R"({"faults":[{"at":"intervals","kind":"busy"}]})", 0, "", 1},
        Row{R"({"foreign":true})", 5, "market_answer_foreign", 0},
        Row{R"({"duplicates":"same"})", 0, "", 1},
        Row{R"({"skew_s":100})", 0, "", 1}
    );
    const std::string kind = GENERATE("smt-rest", "smt-portal");
    CAPTURE(kind, row.control);
    const Sqlite place;
    LiveMarket market(FAKE_MARKET, {"--now", now});
    Provider provider(place, market, 1, kind);
    market.control(nlohmann::json::parse(row.control));
    auto asked = provider.ask(provider.ids[0], "2");
    CHECK(asked.wait() == row.exit);
    INFO(asked.err());
    if (*row.code != '\0')
        CHECK(nlohmann::json::parse(asked.err()).at("error").at("code") == row.code);
    const auto seen = provider.must({"usage", "gap", provider.ids[0], "--json"}).json();
    CHECK(seen.at("quota").at("used") == row.counted);
    CHECK((seen.at("missing_intervals") == 0) == (row.exit == 0));
}

TEST_CASE("a request is asked for by one, taken up by another, and closes the quota") {
    const Sqlite place;
    LiveMarket market(FAKE_MARKET, {"--now", now});
    Provider provider(place, market, 1);
    const auto& id = provider.ids[0];
    const auto begun =
        provider.must({"usage", "gap", id, "--fetch", "--wait", "0", "--json"}).json();
    const std::string request = begun.at("request").at("id");
    CHECK(begun.at("request").at("status") == "pending");
    const auto ended = provider.must({"usage", "gap", id, "--resume", request, "--json"});
    check_filled(ended.out);
    CHECK(ended.json().at("request").at("id") == request);
    CHECK(market.count(id, "read_requests") == 1);

    provider.environment["USAGECTL_NOW"] = after_giving_up;
    const auto refused = provider.run({"usage", "gap", id, "--fetch", "--json"});
    CHECK(refused.exit == 4);
    const auto error = nlohmann::json::parse(refused.err).at("error");
    CHECK(error.at("code") == "read_quota_used");
    CHECK(error.at("message").get<std::string>().find("2026-11-21T06:00:00Z") != std::string::npos);
    CHECK(market.count(id, "read_requests") == 1);
}

TEMPLATE_TEST_CASE(
    "killed while the market is asked, looked at or fetched from, the next run ends it",
    "",
    Sqlite,
    Postgres
) {
    REQUIRE_ENGINE(TestType);
    struct Point {
        const char* kind;
        const char* at;
        const char* path;
    };
    const Point point = GENERATE(
        Point{"smt-rest", "read", "/v2/odr/"},
        Point{"smt-rest", "status", "/v2/odrstatus/"},
        Point{"smt-rest", "intervals", "/v2/15minintervalreads/"},
        Point{"smt-portal", "read", "/api/ondemandread"},
        Point{"smt-portal", "status", "/api/usage/latestodrread"},
        Point{"smt-portal", "intervals", "/api/adhoc/intervalsynch"}
    );
    CAPTURE(point.path);
    const TestType place;
    LiveMarket market(FAKE_MARKET, {"--now", now});
    Provider provider(place, market, 1, point.kind);
    const auto& id = provider.ids[0];
    // The market takes its time; the one who asked is dead before it answers.
    market.control({{"faults", {{{"at", point.at}, {"kind", "slow"}, {"ms", 300}}}}});
    auto victim = provider.ask(id);
    while (!market.log().at("paths").contains(point.path))
        REQUIRE(victim.alive());
    victim.kill();
    REQUIRE(victim.wait() == 137);

    auto heir = provider.ask(id);
    const int exit = heir.wait();
    INFO(heir.err());
    REQUIRE(exit == 0);
    check_filled(heir.out());
    CHECK(market.count(id, "read_requests") == 1);
}

TEMPLATE_TEST_CASE(
    "killed at any moment, a fetch asks no meter twice and loses nothing", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    constexpr int rounds = 24;
    const TestType place;
    LiveMarket market(FAKE_MARKET, {"--now", now});
    Provider provider(place, market, rounds);
    const auto seed = static_cast<std::uint32_t>(::getpid());
    CAPTURE(seed);
    std::minstd_rand random(seed);
    for (const auto& id : provider.ids) {
        CAPTURE(id);
        auto victim = provider.ask(id);
        if (!victim.ends_within(milliseconds(random() % 120)))
            victim.kill();
        static_cast<void>(victim.wait());
        auto heir = provider.ask(id, "5");
        if (const int exit = heir.wait(); exit != 0) {
            // Claimed and never sent: nobody here can know, so that it is not asked again at once.
            CAPTURE(exit, heir.err());
            REQUIRE(market.count(id, "read_requests") == 0);
            provider.environment["USAGECTL_NOW"] = after_giving_up;
            market.control({{"now", after_giving_up}});
            heir = provider.ask(id);
            CHECK(heir.wait() == 0);
            provider.environment["USAGECTL_NOW"] = now;
            market.control({{"now", now}});
        }
        INFO(heir.err());
        check_filled(heir.out());
        CHECK(market.count(id, "read_requests") == 1);
    }
}

}  // namespace
}  // namespace usagectl::test
