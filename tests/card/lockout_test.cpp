// SPDX-License-Identifier: MIT
#include "card/lockout.hpp"

#include <catch2/catch.hpp>

using namespace usagectl;
using namespace std::chrono_literals;
using card::LockCount;
using card::LockRule;

namespace {

constexpr LockRule three{3, 10min, 15min};
constexpr auto start = Instant(1'700'000'000s);

}  // namespace

TEST_CASE("so many refusals within the window close the lock for its time") {
    LockCount count;
    count = card::one_more(count, three, start);
    count = card::one_more(count, three, start + 1min);
    CHECK(!count.locked(start + 1min));
    count = card::one_more(count, three, start + 9min);
    CHECK(count.refusals == 3);
    CHECK(count.locked(start + 9min));
    CHECK(count.locked(start + 9min + 15min - 1s));
    CHECK(!count.locked(start + 9min + 15min));
}

TEST_CASE("a window that is over begins anew") {
    LockCount count;
    count = card::one_more(count, three, start);
    count = card::one_more(count, three, start + 5min);
    count = card::one_more(count, three, start + 10min);
    CHECK(count.refusals == 1);
    CHECK(count.since == start + 10min);
    CHECK(!count.locked_until);
}

TEST_CASE("after a lock the next window begins with the next refusal") {
    LockCount count{start, 3, start + 15min};
    count = card::one_more(count, three, start + 15min);
    CHECK(count.refusals == 1);
    CHECK(!count.locked(start + 15min));
}

TEST_CASE("a clock that went back neither opens a lock nor keeps a window open") {
    const LockCount closed{start, 3, start + 15min};
    CHECK(closed.locked(start - 1h));
    const auto count = card::one_more({start, 2, {}}, three, start - 1h);
    CHECK(count.refusals == 1);
    CHECK(count.since == start - 1h);
}

TEST_CASE("a rule of 0 never closes, one of 1 at once") {
    LockCount never;
    for (int at = 0; at < 1000; ++at)
        never = card::one_more(never, {0, 10min, 15min}, start);
    CHECK(!never.locked_until);
    CHECK(card::one_more({}, {1, 10min, 15min}, start).locked(start));
}

TEST_CASE("a lock-out is written as refusals, window and duration") {
    const auto rule = card::parse_lock_rule("5/15m/2h");
    REQUIRE(rule);
    CHECK(rule->count == 5);
    CHECK(rule->window == 15min);
    CHECK(rule->duration == 2h);
    CHECK(card::parse_lock_rule("1/1s/24h"));
    CHECK(card::parse_lock_rule("1000000/86400s/1440m"));
    CHECK(card::parse_lock_rule("0")->count == 0);
    const auto* text = GENERATE(
        "",
        "5",
        "5/15m",
        "5/15/30",
        "5/15m/30m/1h",
        "5//30m",
        "/15m/30m",
        "0/15m/30m",
        "-1/15m/30m",
        "1000001/15m/30m",
        "5/0s/30m",
        "5/25h/30m",
        "5/15m/86401s",
        "5/15d/30m",
        "5/m/30m",
        "5/1.5h/30m",
        " 5/15m/30m",
        "5/15m/30m ",
        "00"
    );
    CAPTURE(text);
    const auto refused = card::parse_lock_rule(text);
    REQUIRE(!refused);
    CHECK(refused.error().code == "malformed_lock");
    CHECK(refused.error().exit == Exit::usage);
}
