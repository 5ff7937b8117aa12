// SPDX-License-Identifier: MIT
#include "meter/gap.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace usagectl::meter {

Gap find_gap(std::optional<Instant> last_vee_end, Instant asked_at, std::int32_t interval_minutes) {
    USAGECTL_ASSERT(interval_minutes > 0);
    const std::int64_t interval = std::int64_t{interval_minutes} * 60;
    const std::int64_t asked = unix_seconds(asked_at);
    USAGECTL_ASSERT(asked >= 0);

    Gap gap;
    gap.to = instant(asked - asked % interval);
    const Instant earliest = gap.to - gap_cap;
    gap.capped = !last_vee_end || *last_vee_end < earliest;
    // VEE data may already reach past the question: then nothing is left to ask for.
    gap.from = gap.capped ? earliest : std::min(*last_vee_end, gap.to);
    return gap;
}

}  // namespace usagectl::meter
