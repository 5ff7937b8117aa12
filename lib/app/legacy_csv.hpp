// SPDX-License-Identifier: MIT
// A file of the legacy billing system, line by line: plain or compressed, of any size, in constant
// memory.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "legacy/row.hpp"

namespace usagectl::app {

// Somebody who wants the lines of a file.
struct LegacyLines {
    // A line behind the header row. What comes from it is the taker's business: a line does not end
    // the reading.
    std::function<void(const legacy::Header& header, const CsvRecord& record)> line;
    // A line that is no record, or behind a header row that is none.
    std::function<void(std::uint64_t line, const Error& error)> bad;
};

// Gives the SHA-256 of the file as it lies there. Errors: `source_missing` (3),
// `source_unreadable`, `read_failed` (5), `source_is_special` (2), `archive_damaged`,
// `archive_encrypted`, `archive_too_large`, `archive_of_several`, `header_malformed` (6: also when
// there is no header row).
[[nodiscard]] Result<std::string>
read_legacy_file(const std::string& path, const legacy::Layout& layout, const LegacyLines& lines);

// Of a regular file, without reading it line by line. Errors as above.
[[nodiscard]] Result<std::string> legacy_file_hash(const std::string& path);

}  // namespace usagectl::app
