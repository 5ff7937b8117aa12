// SPDX-License-Identifier: MIT
// A file a command writes for its user: every error of the disk is an
// OutputFailure, and a file that could
// not be finished is gone again.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::cli {

// The disk's trouble with such a file, apart from that of the store it is filled from: codes
// `file_not_written` and `output_failed` (5).
class OutputFailure : public Failure {
public:
    using Failure::Failure;
};

class OutputFile {
public:
    // Creates or empties the file.
    explicit OutputFile(std::string path);
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    void write(std::string_view text);
    void finish();
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

private:
    [[noreturn]] void fail() const;

    std::string path_;
    int descriptor_ = -1;
    std::uint64_t bytes_ = 0;
};

// A file that other programs wait for: it appears whole, under its name, or not at all.
void write_whole(const std::string& path, const std::function<void(OutputFile&)>& fill);

}  // namespace usagectl::cli
