// SPDX-License-Identifier: MIT
// Raw against settled.
#include <catch2/catch.hpp>

#include "market/drift.hpp"

namespace usagectl::market {
namespace {

using meter::DayBlock;
using meter::Quality;

const Instant midnight = parse_instant("2026-06-01T05:00:00Z").value();

// -1: missing.
DayBlock block(Instant start, int minutes, const std::vector<std::int64_t>& values) {
    DayBlock made;
    made.clear(start, minutes, static_cast<std::int32_t>(values.size()));
    for (std::size_t i = 0; i != values.size(); ++i) {
        if (values[i] < 0)
            continue;
        made.wh[i] = values[i];
        made.quality[i] = Quality::actual;
    }
    return made;
}

TEST_CASE("only intervals that both hold are compared") {
    const auto vee = block(midnight, 15, {100, -1, 300, 400, 0});
    const auto raw = block(midnight, 15, {110, 200, -1, 400, 0});
    const Drift sum = drift(vee, raw);
    CHECK(sum == Drift{3, 1, 510, 500});
    CHECK(sum.difference_wh() == 10);
    CHECK(drift(raw, vee).difference_wh() == -10);
    CHECK(drift(vee, vee) == Drift{4, 0, 800, 800});
}

TEST_CASE("intervals meet by their time, not by their number") {
    const auto vee = block(midnight, 15, {1, 2, 3, 4});
    const auto later = block(midnight + std::chrono::minutes(30), 15, {30, 40, 50});
    CHECK(drift(vee, later) == Drift{2, 2, 70, 7});
    CHECK(drift(later, vee) == Drift{2, 2, 7, 70});
    const auto askew = block(midnight + std::chrono::minutes(5), 15, {1, 2, 3});
    CHECK(drift(vee, askew) == Drift{});
    const auto next_day = block(midnight + std::chrono::hours(24), 15, {1, 2, 3});
    CHECK(drift(vee, next_day) == Drift{});
}

TEST_CASE("intervals of different lengths have nothing in common") {
    CHECK(drift(block(midnight, 15, {1, 2, 3, 4}), block(midnight, 60, {10})) == Drift{});
    CHECK(drift(block(midnight, 15, {}), block(midnight, 15, {})) == Drift{});
}

TEST_CASE("sums of a day of the largest values do not overflow") {
    const std::vector<std::int64_t> most(meter::max_slots, meter::max_interval_wh);
    const auto full = block(midnight, 5, most);
    CHECK(drift(full, full).raw_wh == meter::max_slots * meter::max_interval_wh);
}

}  // namespace
}  // namespace usagectl::market
