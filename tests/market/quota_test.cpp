// SPDX-License-Identifier: MIT
// How often a meter may be asked, on ordinary days and on those the clock changes.
#include <catch2/catch.hpp>

#include <rapidcheck.h>

#include "market/quota.hpp"

namespace usagectl::market {
namespace {

Instant at(std::string_view text) {
    return parse_instant(text).value();
}

const Zone& chicago() {
    return *Zone::find("America/Chicago").value();
}

QuotaRule rule(std::int64_t limit, QuotaWindow window) {
    return {limit, window, "America/Chicago"};
}

std::string span(Instant now, QuotaWindow window) {
    const QuotaSpan span = window_of(now, rule(1, window), chicago());
    return format_instant(span.from) + " " + format_instant(span.to);
}

TEST_CASE("a window is the market's day or hour, or 1800 s to either side") {
    struct Row {
        const char* now;
        QuotaWindow window;
        const char* span;
    };
    const Row row = GENERATE(
        Row{"2026-01-15T05:59:59Z", QuotaWindow::day, "2026-01-14T06:00:00Z 2026-01-15T06:00:00Z"},
        Row{"2026-01-15T06:00:00Z", QuotaWindow::day, "2026-01-15T06:00:00Z 2026-01-16T06:00:00Z"},
        // 23 and 25 hours.
        Row{"2026-03-08T12:00:00Z", QuotaWindow::day, "2026-03-08T06:00:00Z 2026-03-09T05:00:00Z"},
        Row{"2026-11-01T12:00:00Z", QuotaWindow::day, "2026-11-01T05:00:00Z 2026-11-02T06:00:00Z"},
        Row{"2026-01-15T06:59:59Z", QuotaWindow::hour, "2026-01-15T06:00:00Z 2026-01-15T07:00:00Z"},
        // The hour from one o'clock comes twice, and is two hours.
        Row{"2026-11-01T06:30:00Z", QuotaWindow::hour, "2026-11-01T06:00:00Z 2026-11-01T07:00:00Z"},
        Row{"2026-11-01T07:30:00Z", QuotaWindow::hour, "2026-11-01T07:00:00Z 2026-11-01T08:00:00Z"},
        Row{"2026-01-15T06:40:00Z",
            QuotaWindow::half_hour,
            "2026-01-15T06:10:01Z 2026-01-15T07:10:00Z"}
    );
    CHECK(span(at(row.now), row.window) == row.span);
}

TEST_CASE("a request within the limit is allowed, one over it is told when to come back") {
    struct Row {
        const char* about;
        QuotaRule rule;
        const char* now;
        std::vector<const char*> counted;
        std::int64_t used;
        bool allowed;
        const char* resets_at;
    };
    const Row row = GENERATE(
        Row{"nothing yet",
            rule(1, QuotaWindow::day),
            "2026-01-15T12:00:00Z",
            {},
            0,
            true,
            "2026-01-16T06:00:00Z"},
        Row{"the day's one",
            rule(1, QuotaWindow::day),
            "2026-01-15T12:00:00Z",
            {"2026-01-15T06:00:00Z"},
            1,
            false,
            "2026-01-16T06:00:00Z"},
        Row{"yesterday's, a second before midnight",
            rule(1, QuotaWindow::day),
            "2026-01-15T06:00:00Z",
            {"2026-01-15T05:59:59Z"},
            0,
            true,
            "2026-01-16T06:00:00Z"},
        Row{"two of three",
            rule(3, QuotaWindow::day),
            "2026-01-15T12:00:00Z",
            {"2026-01-15T11:00:00Z", "2026-01-15T10:00:00Z"},
            2,
            true,
            "2026-01-16T06:00:00Z"},
        Row{"never",
            rule(0, QuotaWindow::day),
            "2026-01-15T12:00:00Z",
            {},
            0,
            false,
            "2026-01-16T06:00:00Z"},
        Row{"1,799 s after the last",
            rule(1, QuotaWindow::half_hour),
            "2026-01-15T12:29:59Z",
            {"2026-01-15T12:00:00Z"},
            1,
            false,
            "2026-01-15T12:30:00Z"},
        Row{"1,800 s after the last",
            rule(1, QuotaWindow::half_hour),
            "2026-01-15T12:30:00Z",
            {"2026-01-15T12:00:00Z"},
            0,
            true,
            "2026-01-15T12:30:00Z"},
        Row{"two of two: the older one leaves first",
            rule(2, QuotaWindow::half_hour),
            "2026-01-15T12:20:00Z",
            {"2026-01-15T12:10:00Z", "2026-01-15T12:00:00Z"},
            2,
            false,
            "2026-01-15T12:30:00Z"},
        Row{"three of two: two must leave",
            rule(2, QuotaWindow::half_hour),
            "2026-01-15T12:20:00Z",
            {"2026-01-15T12:10:00Z", "2026-01-15T12:00:00Z", "2026-01-15T12:05:00Z"},
            3,
            false,
            "2026-01-15T12:35:00Z"},
        Row{"made before the clock was set back",
            rule(1, QuotaWindow::half_hour),
            "2026-01-15T12:00:00Z",
            {"2026-01-15T12:10:00Z"},
            1,
            false,
            "2026-01-15T12:40:00Z"}
    );
    INFO(row.about);
    std::vector<Instant> counted;
    for (const char* text : row.counted)
        counted.push_back(at(text));
    const Quota quota = decide(row.rule, chicago(), at(row.now), counted);
    CHECK(quota.limit == row.rule.limit);
    CHECK(quota.used == row.used);
    CHECK(quota.allowed() == row.allowed);
    CHECK(format_instant(quota.resets_at) == row.resets_at);
}

TEST_CASE("whoever waits until resets_at, and asks whenever allowed, never exceeds a window") {
    CHECK(rc::check("quota", [] {
        const auto window =
            *rc::gen::element(QuotaWindow::day, QuotaWindow::hour, QuotaWindow::half_hour);
        const QuotaRule rule{*rc::gen::inRange<std::int64_t>(1, 4), window, "America/Chicago"};
        // Around the autumn change, in steps up to some hours.
        Instant now = at("2026-10-31T12:00:00Z");
        std::vector<Instant> made;
        for (int i = 0; i != 60; ++i) {
            const Quota quota = decide(rule, chicago(), now, made);
            if (quota.allowed()) {
                made.push_back(now);
            } else {
                RC_ASSERT(quota.resets_at > now);
                const Instant before = quota.resets_at - std::chrono::seconds(1);
                RC_ASSERT(!decide(rule, chicago(), before, made).allowed());
                RC_ASSERT(decide(rule, chicago(), quota.resets_at, made).allowed());
            }
            now += std::chrono::seconds(*rc::gen::inRange(0, 9000));
        }
        for (const Instant request : made) {
            const QuotaSpan span = window_of(request, rule, chicago());
            std::int64_t inside = 0;
            for (const Instant other : made)
                inside += other >= span.from && other <= request ? 1 : 0;
            RC_ASSERT(inside <= rule.limit);
        }
    }));
}

TEST_CASE("a window has a name") {
    for (const auto window : {QuotaWindow::day, QuotaWindow::hour, QuotaWindow::half_hour})
        CHECK(parse_quota_window(to_string(window)).value() == window);
    CHECK(parse_quota_window("week").error().code == "malformed_window");
}

}  // namespace
}  // namespace usagectl::market
