// SPDX-License-Identifier: MIT
#include "app/chunk_pace.hpp"

#include <algorithm>
#include <cstdint>

namespace usagectl::app {

namespace {

// A single fast chunk, of lines that were all posted before say, is not to be the measure of what
// follows.
constexpr std::size_t steepest = 8;

}  // namespace

void ChunkPace::took(std::size_t lines, std::chrono::milliseconds time) {
    const auto whole = std::max<std::int64_t>(time.count(), 1);
    const auto fit = static_cast<std::int64_t>(std::min(lines, most)) * held.count() / whole;
    const auto highest = std::min(most, lines_ * steepest);
    lines_ = std::clamp(static_cast<std::size_t>(fit), least, std::max(least, highest));
}

}  // namespace usagectl::app
