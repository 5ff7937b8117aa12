// SPDX-License-Identifier: MIT
#include "plot/scale.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "plot/drawings.hpp"
#include "plot/text.hpp"

namespace usagectl::plot {
namespace {

TEST_CASE("steps are round and not below what is asked") {
    struct Row {
        std::int64_t least, coarse, fine;
    };
    const Row rows[] = {
        {-5, 1, 1},
        {0, 1, 1},
        {1, 1, 1},
        {3, 5, 3},
        {7, 10, 8},
        {9, 10, 10},
        {10, 10, 10},
        {11, 20, 20},
        {21, 50, 30},
        {450, 500, 500},
        {501, 1000, 600},
    };
    for (const Row& row : rows) {
        CHECK(nice_step(row.least) == row.coarse);
        CHECK(nice_step(row.least, true) == row.fine);
    }
}

TEST_CASE("an axis reaches the highest value in at most as many steps as asked") {
    CHECK(rc::check("top and step", [] {
        const auto highest = *rc::gen::inRange<std::int64_t>(0, 4'000'000'000'000'000);
        const auto most = *rc::gen::inRange<std::int64_t>(1, 30);
        const ValueAxis axis = value_axis(highest, most);
        RC_ASSERT(axis.top >= highest);
        RC_ASSERT(axis.top % axis.step == 0);
        RC_ASSERT(axis.top / axis.step <= most);
        RC_ASSERT(axis.top > 0);
    }));
}

TEST_CASE("kilo-units have the decimals their steps need") {
    CHECK(kilo_text(1500, 500) == "1.5");
    CHECK(kilo_text(2000, 1000) == "2");
    CHECK(kilo_text(250, 50) == "0.25");
    CHECK(kilo_text(12, 1) == "0.012");
    CHECK(kilo_text(0, 200) == "0.0");
}

std::string labels(std::string_view from, std::string_view to, std::int64_t most) {
    std::string text;
    for (const TimeTick& tick : time_ticks(
             chicago().day_start(meter::day_named(from)),
             chicago().day_start(meter::day_named(to)),
             chicago(),
             most
         )) {
        text += tick.label + " ";
    }
    return text;
}

TEST_CASE("time ticks stand at hours, days and months of local time") {
    CHECK(
        labels("2025-06-06", "2025-06-07", 8) == "00:00 03:00 06:00 09:00 12:00 15:00 18:00 21:00 "
    );
    CHECK(labels("2025-06-06", "2025-06-08", 4) == "00:00 12:00 06-07 12:00 ");
    CHECK(labels("2025-06-06", "2025-06-10", 4) == "06-06 06-07 06-08 06-09 ");
    CHECK(labels("2025-06-06", "2025-07-06", 5) == "06-06 06-13 06-20 06-27 07-04 ");
    CHECK(labels("2025-01-15", "2025-06-15", 6) == "2025-02 2025-03 2025-04 2025-05 2025-06 ");
    CHECK(labels("2025-03-09", "2025-03-10", 24).substr(0, 24) == "00:00 01:00 03:00 04:00 ");
}

TEST_CASE("ticks lie within the span and are never more than asked") {
    CHECK(rc::check("ticks", [] {
        const Instant from = instant(*rc::gen::inRange<std::int64_t>(1'000'000'000, 2'000'000'000));
        const auto seconds = *rc::gen::inRange<std::int64_t>(900, 4'000'000'000);
        const auto most = *rc::gen::inRange<std::int64_t>(2, 30);
        const auto ticks = time_ticks(from, from + std::chrono::seconds(seconds), chicago(), most);
        RC_ASSERT(ticks.size() <= static_cast<std::size_t>(most) + 1);
        for (const TimeTick& tick : ticks) {
            RC_ASSERT(tick.at >= from);
            RC_ASSERT(tick.at < from + std::chrono::seconds(seconds));
        }
    }));
}

TEST_CASE("spans are named by their local days") {
    const auto start = [](std::string_view day) {
        return chicago().day_start(meter::day_named(day));
    };
    CHECK(span_text(start("2025-06-06"), start("2025-06-07"), chicago()) == "2025-06-06");
    CHECK(
        span_text(start("2025-06-06"), start("2025-06-08"), chicago()) == "2025-06-06 to 2025-06-07"
    );
    CHECK(
        local_text(start("2025-06-06") + std::chrono::minutes(605), chicago()) == "2025-06-06 10:05"
    );
}

TEST_CASE("width is counted in terminal columns") {
    struct Row {
        std::string_view text;
        int width;
    };
    const Row rows[] = {
        {"", 0},
        {"abc", 3},
        {"\u2588\u28ff", 2},
        {"\u65e5\u672c", 4},
        {"e\u0301", 1},
        {"\x1b[38;5;12mx\x1b[0m", 1},
        {"\U0001F600", 2},
        {"\xff", 1},
        {"\x1b[", 0},
    };
    for (const Row& row : rows) {
        CHECK(display_width(row.text) == row.width);
    }
}

TEST_CASE("clipped text fits, is printable and keeps whole characters") {
    struct Row {
        std::string_view text;
        int width;
        std::string_view expected;
    };
    const Row rows[] = {
        {"abc", 2, "ab"},
        {"abc", 3, "abc"},
        {"\u65e5\u672c", 3, "\u65e5"},
        {"a\x1b[0m", 9, "a?[0m"},
        {"\xff\x07", 9, "??"},
        {"abc", 0, ""},
        {"\xe6\x97", 9, "??"},
        {"e\u0301x", 1, "e\u0301"},
    };
    for (const Row& row : rows) {
        CHECK(clip(row.text, row.width) == row.expected);
    }
    CHECK(wrap({"aa", "bb", "cccc", "d"}, 6) == std::vector<std::string>{"aa  bb", "cccc", "d"});
}

}  // namespace
}  // namespace usagectl::plot
