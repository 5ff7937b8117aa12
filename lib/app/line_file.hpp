// SPDX-License-Identifier: MIT
// A file whose lines each ask for something: read from a path or from standard input, plain or
// packed, of any size, in constant memory.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::app {

struct LineTaker {
    // Whole lines, each with its line feed; the last of all may lack it.
    std::function<void(std::string_view lines)> lines;
    // A line that was dropped because it is longer than `longest`, by its first 4 KiB.
    std::function<void(std::string_view beginning)> too_long;
    // All lines have been given; not when reading failed or ended before.
    std::function<void()> end;
    // Nothing behind this is wanted; asked before each piece.
    std::function<bool()> ended;
    std::size_t longest = 16UL << 10;
};

// Errors: `source_missing` (3), `source_unreadable`, `read_failed` (5), `source_is_special` (2),
// `archive_damaged`, `archive_encrypted`, `archive_too_large`, `archive_of_several` (6: the lines
// of the first have been given). `path` "-" is standard input.
[[nodiscard]] Result<void> read_line_file(const std::string& path, const LineTaker& taker);

// Whether it can be opened at all, before anything is said about it. Errors as above.
[[nodiscard]] Result<void> check_line_file(const std::string& path);

// SHA-256 of a file, which names it however it is called. Errors as above, and `source_read_once`
// (2): standard input.
[[nodiscard]] Result<std::string> hash_line_file(const std::string& path);

}  // namespace usagectl::app
