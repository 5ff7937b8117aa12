// SPDX-License-Identifier: MIT
// Reads the print file: as it is, or opened with the printer's secret key. What it says passes
// through locked memory, a piece at a time.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl {

class PrintSource {
public:
    // Errors: `print_file_missing` (3), `key_file_missing` (2: it is sealed, and no key is named);
    // of a file that is not sealed those of open_secret_file(), of a key those of
    // crypto::read_secret_key(). Failure `print_file_unreadable`.
    [[nodiscard]] static Result<PrintSource>
    open(const std::string& path, const std::string& key_file);

    [[nodiscard]] bool sealed() const { return sealed_; }

    // Its text in pieces, until `take` refuses. Errors: those of `take`; `print_file_damaged` (6).
    [[nodiscard]] Result<void>
    each_piece(const std::function<Result<void>(std::string_view piece)>& take) const;
    // Its lines without their ends, the header left out. Errors as above; `print_line_malformed`
    // (6) for a header that is none and for a last line without an end.
    [[nodiscard]] Result<void>
    each_line(const std::function<Result<void>(std::string_view line)>& take) const;

private:
    PrintSource(std::string path, std::string key_file, bool sealed)
        : path_(std::move(path))
        , key_file_(std::move(key_file))
        , sealed_(sealed) {}
    [[nodiscard]] Result<void>
    each_opened(const std::function<Result<void>(std::string_view piece)>& take) const;

    std::string path_;
    std::string key_file_;
    bool sealed_ = false;
};

}  // namespace usagectl
