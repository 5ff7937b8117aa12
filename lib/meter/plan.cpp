// SPDX-License-Identifier: MIT
#include "meter/plan.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "meter/bits.hpp"

namespace usagectl::meter::packing {

namespace {

struct Sums {
    std::int64_t smallest = 0;
    int segments = 0;
    std::array<std::uint64_t, max_segments> value;
    std::array<std::uint64_t, max_segments> delta;  // folded; the first value of all has none
};

Sums sum_up(const std::int64_t* wh, int size) {
    Sums sums;
    std::int64_t smallest = wh[0];
    std::int64_t before = wh[0];
    bool in_range = true;
    for (int at = 0; at < size; ++sums.segments) {
        const int end = std::min(at + segment_slots, size);
        std::uint64_t value = 0;
        std::uint64_t delta = 0;
        for (; at < end; ++at) {
            const std::int64_t now = wh[at];
            smallest = std::min(smallest, now);
            in_range &= static_cast<std::uint64_t>(now) <= std::uint64_t{max_interval_wh};
            value += static_cast<std::uint64_t>(now);
            delta += fold(now - before);
            before = now;
        }
        sums.value[static_cast<std::size_t>(sums.segments)] = value;
        sums.delta[static_cast<std::size_t>(sums.segments)] = delta;
    }
    USAGECTL_ASSERT(in_range);
    sums.smallest = smallest;
    return sums;
}

// How many bits `size` residuals that add up to `sum` take with parameter k, taking their low bits
// for evenly spread. Not more than if all were escaped, which is what keeps a spike from spoiling
// the whole day.
std::uint64_t estimate(int size, std::uint64_t sum, int k) {
    const auto n = static_cast<std::uint64_t>(size);
    const std::uint64_t low = ((n << k) - n) / 2;
    const std::uint64_t quotients = sum > low ? (sum - low) >> k : 0;
    const std::uint64_t escaped = escape + static_cast<std::uint64_t>(residual_bits - k);
    return n * (1 + static_cast<std::uint64_t>(k)) + std::min(quotients, n * escaped);
}

// The parameter with the smallest estimate. One more bit pays as soon as the mean is above
// 2^(k+1) - 1/2; so it is the smallest k with 2 * sum + size <= size * 2^(k+2).
int best_parameter(int size, std::uint64_t sum) {
    const auto n = static_cast<std::uint64_t>(size);
    const std::uint64_t twice = 2 * sum + n;
    int shift = std::max(bit_length(twice) - bit_length(n), 2);
    shift += n << shift < twice ? 1 : 0;
    return std::min(shift - 2, max_parameter);
}

// `first` is 1 where the first value has no residual, else 0. `sum` is per segment.
class Planner {
public:
    using Parameters = std::array<std::int8_t, max_segments>;

    Planner(int size, int first)
        : size_(size)
        , first_(first)
        , segments_(segments(size)) {}

    Plan whole(Form form, std::int64_t base, std::uint64_t total) const {
        Plan plan{.form = form, .base = base};
        plan.parameter = best_parameter(size_ - first_, total);
        plan.bits = 5 + estimate(size_ - first_, total, plan.parameter) + base_bits(base);
        return plan;
    }

    Plan by_segment(Form form, std::int64_t base, const std::uint64_t* sum) const {
        Parameters best{};
        int highest = 0;
        int lowest = max_parameter;
        for (int s = 0; s < segments_; ++s) {
            if (sum[s] == 0)
                continue;
            const int k = best_parameter(width(s), sum[s]);
            best[static_cast<std::size_t>(s)] = static_cast<std::int8_t>(k);
            highest = std::max(highest, k);
            lowest = std::min(lowest, k);
        }
        // Where the selectors do not reach from the lowest to the highest, either the quiet
        // segments take wider residuals than they need or the wild ones take escapes.
        const int reaching_up = std::max(lowest, highest - (max_selector - 1));
        Plan plan = with_parameter(form, base, sum, best, reaching_up);
        if (reaching_up > lowest) {
            const Plan other = with_parameter(form, base, sum, best, lowest);
            if (other.bits < plan.bits)
                plan = other;
        }
        return plan;
    }

private:
    static std::uint64_t base_bits(std::int64_t base) {
        return static_cast<std::uint64_t>(base_widths[static_cast<std::size_t>(base_code(base))]);
    }
    Plan with_parameter(
        Form form,
        std::int64_t base,
        const std::uint64_t* sum,
        const Parameters& best,
        int parameter
    ) const {
        Plan plan{.form = form, .base = base, .parameter = parameter};
        plan.bits = 5 + static_cast<std::uint64_t>(3 * segments_) + base_bits(base);
        for (int s = 0; s < segments_; ++s) {
            if (sum[s] == 0)
                continue;
            const auto at = static_cast<std::size_t>(s);
            const int k = std::clamp<int>(best[at], parameter, parameter + max_selector - 1);
            plan.selector[at] = static_cast<std::uint8_t>(k - parameter + 1);
            plan.bits += estimate(width(s), sum[s], k);
        }
        return plan;
    }
    // Residuals in segment s.
    int width(int s) const {
        const int begin = s == 0 ? first_ : s * segment_slots;
        return std::min((s + 1) * segment_slots, size_) - begin;
    }

    int size_;
    int first_;
    int segments_;
};

}  // namespace

Plan choose_plan(const std::int64_t* wh, int size) {
    Sums sums = sum_up(wh, size);
    std::uint64_t above_floor = 0;
    std::uint64_t deltas = 0;
    const auto floor = static_cast<std::uint64_t>(sums.smallest);
    for (int s = 0; s < sums.segments; ++s) {
        const auto at = static_cast<std::size_t>(s);
        const int slots = std::min(segment_slots, size - s * segment_slots);
        sums.value[at] -= floor * static_cast<std::uint64_t>(slots);
        above_floor += sums.value[at];
        deltas += sums.delta[at];
    }
    if (above_floor == 0)
        return Plan{.form = Form::constant, .base = sums.smallest};

    const Planner by_floor(size, 0);
    const Planner by_delta(size, 1);
    Plan best = by_floor.whole(Form::floor, sums.smallest, above_floor);
    const auto consider = [&best](const Plan& plan) {
        if (plan.bits < best.bits)
            best = plan;
    };
    consider(by_floor.by_segment(Form::floor_segments, sums.smallest, sums.value.data()));
    consider(by_delta.whole(Form::delta, wh[0], deltas));
    consider(by_delta.by_segment(Form::delta_segments, wh[0], sums.delta.data()));
    return best;
}

}  // namespace usagectl::meter::packing
