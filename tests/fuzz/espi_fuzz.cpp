// SPDX-License-Identifier: MIT
// Any bytes as an ESPI document: no crash, every interval accounted for, and the same answer
// however the bytes are cut. The first byte chooses the cut.
#include <cstdlib>

#include "support/collect.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size == 0)
        return 0;
    const std::string_view text(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    test::ReadOptions options;
    const test::ReadOutcome whole = test::read_text(meter::Format::espi, text, options);
    options.piece = std::size_t{1} + bytes[0] % 64U;
    const test::ReadOutcome cut = test::read_text(meter::Format::espi, text, options);
    std::uint64_t rejected = 0;
    for (const meter::Reject& reject : whole.rejects)
        rejected += reject.intervals;
    const bool same =
        whole.intervals == cut.intervals && whole.rejects.size() == cut.rejects.size();
    if (!same || whole.tally.rejected != rejected ||
        whole.tally.intervals != rejected + whole.intervals.size() ||
        whole.tally.total_wh != whole.total_wh())
        std::abort();
    return 0;
}
