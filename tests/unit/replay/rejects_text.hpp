// SPDX-License-Identifier: MIT
// The way of a record that was refused: out of its file, corrected in the rejects file, and back.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "support/collect.hpp"

namespace usagectl::test {

// Rejects as `ingest --rejects` writes them, of a file of this name.
[[nodiscard]] std::string rejects_text(
    meter::Format format, const std::vector<meter::Reject>& rejects, const std::string& file = "day"
);
// The same of a rejects file: each names its own file and format.
[[nodiscard]] std::string rejects_text(const std::vector<meter::Reject>& rejects);

// Every `from` made `to`, as sed does it.
[[nodiscard]] std::string replaced(std::string text, std::string_view from, std::string_view to);

[[nodiscard]] ReadOutcome replay(std::string_view rejects, const ReadOptions& options = {});

// What a store would hold in the end.
using Usage = std::map<
    std::tuple<std::string, meter::Channel, Instant>,
    std::tuple<std::int32_t, std::int64_t, meter::Quality, std::int64_t>>;
[[nodiscard]] Usage usage(const std::vector<Collected>& intervals);

// Corrects what was refused of `wrong` by making every `from` a `to`, and checks that both readings
// together give what the corrected file gives, and nothing twice but what lay in the same record.
void check_comes_back(
    meter::Format format,
    const std::string& wrong,
    std::string_view from,
    std::string_view to,
    const ReadOptions& options = {}
);

}  // namespace usagectl::test
