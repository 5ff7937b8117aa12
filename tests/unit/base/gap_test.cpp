// SPDX-License-Identifier: MIT
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "base/assert.hpp"
#include "meter/gap.hpp"

using namespace usagectl;
using namespace usagectl::meter;

namespace {

Instant utc(std::string_view text) {
    return parse_instant(text).value();
}

}  // namespace

TEST_CASE("the gap reaches from the last VEE posting to the last whole interval, 48 hours at most"
) {
    struct Row {
        std::string_view last_vee_end;  // empty: the meter has no VEE data
        std::string_view asked_at;
        std::int32_t minutes;
        std::string_view from;
        std::string_view to;
        bool capped;
    };
    const Row rows[] = {
        {"2026-11-19T06:00:00Z",
         "2026-11-20T14:07:31Z",
         15,
         "2026-11-19T06:00:00Z",
         "2026-11-20T14:00:00Z",
         false},
        // The interval of the question has just begun, or just ended.
        {"2026-11-19T06:00:00Z",
         "2026-11-20T14:15:00Z",
         15,
         "2026-11-19T06:00:00Z",
         "2026-11-20T14:15:00Z",
         false},
        {"2026-11-19T06:00:00Z",
         "2026-11-20T14:14:59Z",
         15,
         "2026-11-19T06:00:00Z",
         "2026-11-20T14:00:00Z",
         false},
        {"2026-11-19T06:00:00Z",
         "2026-11-20T14:44:00Z",
         30,
         "2026-11-19T06:00:00Z",
         "2026-11-20T14:30:00Z",
         false},
        {"2026-11-19T06:00:00Z",
         "2026-11-20T14:44:00Z",
         60,
         "2026-11-19T06:00:00Z",
         "2026-11-20T14:00:00Z",
         false},
        // Exactly 48 hours are whole; a second more is capped.
        {"2026-11-18T14:00:00Z",
         "2026-11-20T14:00:00Z",
         15,
         "2026-11-18T14:00:00Z",
         "2026-11-20T14:00:00Z",
         false},
        {"2026-11-18T13:59:59Z",
         "2026-11-20T14:00:00Z",
         15,
         "2026-11-18T14:00:00Z",
         "2026-11-20T14:00:00Z",
         true},
        {"2026-11-18T14:00:00Z",
         "2026-11-20T14:14:59Z",
         15,
         "2026-11-18T14:00:00Z",
         "2026-11-20T14:00:00Z",
         false},
        {"2026-01-01T06:00:00Z",
         "2026-11-20T14:00:00Z",
         15,
         "2026-11-18T14:00:00Z",
         "2026-11-20T14:00:00Z",
         true},
        {"", "2026-11-20T14:03:00Z", 15, "2026-11-18T14:00:00Z", "2026-11-20T14:00:00Z", true},
        // 48 elapsed hours, across the local days of 25 and of 23 hours as well.
        {"2026-10-31T05:00:00Z",
         "2026-11-02T06:00:00Z",
         15,
         "2026-10-31T06:00:00Z",
         "2026-11-02T06:00:00Z",
         true},
        {"2026-03-07T06:00:00Z",
         "2026-03-09T05:00:00Z",
         15,
         "2026-03-07T06:00:00Z",
         "2026-03-09T05:00:00Z",
         false},
        // Nothing is left to ask for.
        {"2026-11-20T14:00:00Z",
         "2026-11-20T14:07:00Z",
         15,
         "2026-11-20T14:00:00Z",
         "2026-11-20T14:00:00Z",
         false},
        {"2026-11-21T06:00:00Z",
         "2026-11-20T14:07:00Z",
         15,
         "2026-11-20T14:00:00Z",
         "2026-11-20T14:00:00Z",
         false},
    };
    for (const Row& row : rows) {
        INFO(row.last_vee_end << " asked at " << row.asked_at);
        std::optional<Instant> last;
        if (!row.last_vee_end.empty())
            last = utc(row.last_vee_end);
        const Gap gap = find_gap(last, utc(row.asked_at), row.minutes);
        CHECK(format_instant(gap.from) == row.from);
        CHECK(format_instant(gap.to) == row.to);
        CHECK(gap.capped == row.capped);
    }
}

TEST_CASE("a gap is never negative, never longer than 48 hours, and ends within an interval") {
    CHECK(rc::check("any question", [] {
        const auto asked = instant(*rc::gen::inRange<std::int64_t>(200'000, 4'000'000'000));
        const auto minutes = *rc::gen::element<std::int32_t>(5, 10, 15, 30, 60);
        const auto before = *rc::gen::inRange<std::int64_t>(-100'000, 300'000);
        const Gap gap = find_gap(asked - std::chrono::seconds(before), asked, minutes);
        RC_ASSERT(gap.from <= gap.to);
        RC_ASSERT(gap.to - gap.from <= gap_cap);
        RC_ASSERT(gap.to <= asked);
        RC_ASSERT(asked - gap.to < std::chrono::minutes(minutes));
        RC_ASSERT(!gap.capped || gap.to - gap.from == gap_cap);
    }));
}

TEST_CASE("an interval length that is none is a bug") {
    CHECK_THROWS_AS(find_gap({}, instant(0), 0), Bug);
}
