// SPDX-License-Identifier: MIT
// Pushes arbitrary bytes through a line reader and the assembler, in arbitrary pieces of whole
// lines, and checks what must hold whatever the bytes are: the counts add up, every block that
// leaves can be unpacked, and a reject names a place in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "support/collect.hpp"

namespace usagectl::fuzz {

inline void require(bool holds) {
    if (!holds)
        std::abort();
}

inline int read_lines(meter::Format format, const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    // The first byte chooses how the rest is cut, and the size of the table of series.
    test::ReadOptions options;
    options.piece = data[0] < 32 ? std::string::npos : data[0];
    options.open_series = 1 + data[0] % 3;
    options.latest_end = "2026-01-01T00:00:00Z";
    const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
    const test::ReadOutcome outcome = test::read_text(format, text, options);

    std::uint64_t lost = 0;
    for (const meter::Reject& reject : outcome.rejects) {
        lost += reject.intervals;
        require(!reject.reason.empty());
        require(reject.line <= size && reject.column <= size);
        require(reject.record.size() <= 4096);
    }
    require(outcome.tally.rejected == lost);
    require(outcome.tally.intervals == outcome.intervals.size() + lost);
    require(outcome.tally.total_wh == outcome.total_wh());
    return 0;
}

}  // namespace usagectl::fuzz
