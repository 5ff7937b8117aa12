// SPDX-License-Identifier: MIT
// A file a command writes for its user: every error of the disk is a Failure, and a file that could
// not be finished is gone again.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace usagectl::cli {

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
