// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "net/retry.hpp"
#include "support/fake_http.hpp"

using namespace usagectl;
using namespace usagectl::net;
using namespace std::chrono_literals;
using test::FakeHttp;
using test::FakeSleeper;
using Waits = std::vector<std::chrono::milliseconds>;

namespace {

const Instant now = parse_instant("2026-11-20T14:00:00Z").value();
const RetryRules rules{.attempts = 4, .base = 100ms, .cap = 1000ms, .longest_asked = 5000ms};

HttpResponse with_headers(std::vector<std::pair<std::string, std::string>> headers) {
    return {503, std::move(headers), {}};
}

}  // namespace

TEST_CASE("what is asked again, and after how long") {
    constexpr bool may_repeat = true;
    constexpr bool once = false;
    struct Row {
        const char* what;
        Attempt attempt;
        std::optional<std::chrono::milliseconds> wait;  // the longest; none: never
    };
    const auto answered = [](int number, bool repeatable, int status) {
        return Attempt{.number = number, .repeatable = repeatable, .status = status};
    };
    const auto asked = [](bool repeatable, int status, std::chrono::milliseconds after) {
        return Attempt{.repeatable = repeatable, .status = status, .retry_after = after};
    };
    const auto failed = [](bool repeatable, bool sent, bool retryable) {
        return Attempt{.repeatable = repeatable, .sent = sent, .retryable = retryable};
    };
    const auto row = GENERATE_COPY(
        Row{"done", answered(1, may_repeat, 200), {}},
        Row{"a redirect is an answer", answered(1, may_repeat, 302), {}},
        Row{"a refusal", answered(1, may_repeat, 400), {}},
        Row{"not allowed", answered(1, may_repeat, 401), {}},
        Row{"a broken server", answered(1, may_repeat, 500), {}},
        Row{"too many requests", answered(1, once, 429), 100ms},
        Row{"time-out, repeatable", answered(1, may_repeat, 408), 100ms},
        Row{"time-out, once", answered(1, once, 408), {}},
        Row{"502, repeatable", answered(1, may_repeat, 502), 100ms},
        Row{"502, once", answered(1, once, 502), {}},
        Row{"503, repeatable", answered(1, may_repeat, 503), 100ms},
        Row{"503, once", answered(1, once, 503), {}},
        Row{"504, repeatable", answered(1, may_repeat, 504), 100ms},
        Row{"504, once", answered(1, once, 504), {}},
        Row{"503, once, though it says when", asked(once, 503, 1000ms), {}},
        Row{"the second wait doubles", answered(2, may_repeat, 503), 200ms},
        Row{"the third again", answered(3, may_repeat, 503), 400ms},
        Row{"the last attempt is the last", answered(4, may_repeat, 503), {}},
        Row{"429 says when", asked(once, 429, 2000ms), 2100ms},
        Row{"429 says at once", asked(once, 429, 0ms), 100ms},
        Row{"503 says when", asked(may_repeat, 503, 5000ms), 5100ms},
        Row{"longer than anybody waits", asked(may_repeat, 503, 5001ms), {}},
        Row{"not sent", failed(once, false, true), 100ms},
        Row{"not sent, and never will be", failed(may_repeat, false, false), {}},
        Row{"sent, repeatable", failed(may_repeat, true, true), 100ms},
        Row{"sent, once", failed(once, true, true), {}},
        Row{"sent, too large an answer", failed(may_repeat, true, false), {}}
    );
    CAPTURE(row.what);
    CHECK(wait_before_next(rules, row.attempt, test::most_random()) == row.wait);
    if (row.wait) {
        const auto least = row.attempt.retry_after.value_or(0ms);
        CHECK(wait_before_next(rules, row.attempt, test::least_random()) == least);
    }
}

TEST_CASE("waits stop growing at the cap") {
    const RetryRules patient{.attempts = 100, .base = 100ms, .cap = 1000ms};
    const auto wait = [&](int number) {
        const Attempt attempt{.number = number, .repeatable = true, .status = 503};
        return wait_before_next(patient, attempt, test::most_random()).value();
    };
    CHECK(wait(4) == 800ms);
    CHECK(wait(5) == 1000ms);
    CHECK(wait(99) == 1000ms);
}

TEST_CASE("Retry-After is seconds, or a date by the server's own clock") {
    struct Row {
        const char* value;
        const char* date;  // empty: no Date
        std::optional<std::chrono::milliseconds> expected;
    };
    const auto row = GENERATE(
        Row{"0", "", 0ms},
        Row{"120", "", 120s},
        Row{"99999999999999999999", "", std::chrono::seconds(std::int64_t{1} << 31)},
        Row{"Fri, 20 Nov 2026 14:00:30 GMT", "", 30s},
        Row{"Fri, 20 Nov 2026 13:00:00 GMT", "", 0ms},
        Row{"Fri, 20 Nov 2026 14:00:30 GMT", "Fri, 20 Nov 2026 14:00:20 GMT", 10s},
        Row{"Fri, 20 Nov 2026 14:00:30 GMT", "yesterday", 30s},
        Row{"", "", std::nullopt},
        Row{"-1", "", std::nullopt},
        Row{"1.5", "", std::nullopt},
        Row{"soon", "", std::nullopt},
        Row{"Fri, 32 Nov 2026 14:00:30 GMT", "", std::nullopt},
        Row{"Fri, 20 Nov 2026 14:00:30 CET", "", std::nullopt}
    );
    CAPTURE(row.value, row.date);
    auto response = with_headers({{"retry-after", row.value}});
    if (*row.date != '\0')
        response.headers.emplace_back("date", row.date);
    CHECK(retry_after(response, now) == row.expected);
}

TEST_CASE("an HTTP date is read") {
    CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT") == instant(784111777));
    CHECK_FALSE(parse_http_date("Sun, 06 Nov 1994 24:49:37 GMT"));
    CHECK_FALSE(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT"));
    CHECK_FALSE(parse_http_date(""));
}

TEST_CASE("a request is repeated until it is answered, and every wait is told") {
    FakeHttp server;
    FakeSleeper sleeper;
    const FixedClock clock(now);
    std::vector<std::string> log;
    RetryingClient
        client(server, rules, clock, sleeper, test::most_random(), [&](std::string line) {
            log.push_back(std::move(line));
        });
    server.fail("network_unreachable", false)
        .answer(429, "slow down", {{"retry-after", "2"}})
        .answer(200, "done");
    const auto answer = client.send({.method = "POST", .url = "https://h/", .label = "sending"});
    REQUIRE(answer);
    CHECK(answer->body == "done");
    CHECK(server.requests.size() == 3);
    CHECK(sleeper.waits == Waits{100ms, 2100ms});
    CHECK(
        log ==
        std::vector<std::string>{
            "sending: network_unreachable, again in 100 ms (attempt 2 of 4)",
            "sending: status 429, again in 2100 ms (attempt 3 of 4)"}
    );
}

TEST_CASE("what may have been done is not done again") {
    FakeHttp server;
    FakeSleeper sleeper;
    const FixedClock clock(now);
    RetryingClient client(server, rules, clock, sleeper, test::least_random());

    server.fail("network_cut", true);
    const auto once = client.send({.method = "POST", .url = "https://h/"});
    REQUIRE_FALSE(once);
    CHECK(once.error().sent);
    CHECK(server.requests.size() == 1);

    server.fail("network_cut", true).fail("network_unreachable", false, false);
    const auto twice = client.send({.url = "https://h/", .repeatable = true});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().error.code == "network_unreachable");
    CHECK(twice.error().sent);  // the first one
}

TEST_CASE("attempts are counted, and the last outcome is given back") {
    FakeHttp server;
    FakeSleeper sleeper;
    const FixedClock clock(now);
    RetryingClient client(server, rules, clock, sleeper, test::least_random());
    for (int i = 0; i < 4; ++i)
        server.answer(503, std::to_string(i));
    const auto answer = client.send({.url = "https://h/", .repeatable = true});
    REQUIRE(answer);
    CHECK(answer->body == "3");
    CHECK(sleeper.waits.size() == 3);
    CHECK(server.steps_left() == 0);
}

TEST_CASE("an interruption ends the waiting") {
    FakeHttp server;
    FakeSleeper sleeper;
    sleeper.interrupt_at = 1;
    const FixedClock clock(now);
    RetryingClient client(server, rules, clock, sleeper, test::least_random());
    server.fail("network_unreachable", false).answer(200);
    const auto answer = client.send({.url = "https://h/"});
    REQUIRE_FALSE(answer);
    CHECK(server.steps_left() == 1);
}

TEST_CASE("the system's randomness stays below its bound, its sleeper hears an interruption") {
    const auto random = system_random();
    CHECK(random(1) == 0);
    std::uint64_t seen = 0;
    for (int i = 0; i < 200; ++i) {
        const auto value = random(4);
        REQUIRE(value < 4);
        seen |= std::uint64_t{1} << value;
    }
    CHECK(seen == 15);
    CHECK(system_sleeper({})->sleep_for(1ms));
    CHECK_FALSE(system_sleeper([] { return true; })->sleep_for(std::chrono::hours(1)));
}
