// SPDX-License-Identifier: MIT
// --rejects FILE: lines of a file that were not taken, one JSON object each, as what ingest keeps
// back: file line column code reason record.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "cli/output_file.hpp"

namespace usagectl::cli {

class RejectedLines {
public:
    // Without a path nothing is written. `file` is the name of what is read.
    RejectedLines(const std::optional<std::string>& path, std::string file);
    void add(std::uint64_t line, const Error& error, std::string_view record);
    void finish();

private:
    std::string file_;
    std::optional<OutputFile> out_;
};

}  // namespace usagectl::cli
