// SPDX-License-Identifier: MIT
// Any bytes as a NEM12 file: no crash, and every interval accounted for.
#include <cstdlib>

#include "support/collect.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    test::ReadOptions options;
    options.zone = "Australia/Brisbane";
    const test::ReadOutcome outcome = test::read_text(meter::Format::nem12, text, options);
    std::uint64_t rejected = 0;
    for (const meter::Reject& reject : outcome.rejects)
        rejected += reject.intervals;
    if (outcome.tally.rejected != rejected ||
        outcome.tally.intervals != rejected + outcome.intervals.size() ||
        outcome.tally.total_wh != outcome.total_wh())
        std::abort();
    return 0;
}
