// SPDX-License-Identifier: MIT
// Files and archives made on the spot for the tests of the input room.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "input/input.hpp"

namespace usagectl::input {

// A directory that is gone at the end of the test.
class ScratchDirectory {
public:
    ScratchDirectory();
    ~ScratchDirectory();
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    // Writes a file below the directory, making directories as needed; gives its full path.
    std::string write(const std::string& name, std::string_view content) const;

private:
    std::string path_;
};

using Members = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] std::string gzip(std::string_view text);
[[nodiscard]] std::string zstandard(std::string_view text);
// A name that ends in a slash makes a directory. With a password the members are encrypted.
[[nodiscard]] std::string zip(const Members& members, const char* password = nullptr);

// `size` bytes that do not compress.
[[nodiscard]] std::string noise(std::size_t size);

// Everything an input gives, until its end or its error.
struct Content {
    Members members;
    std::string error_code;  // empty when all was read
};
[[nodiscard]] Content read_all(Input& input);
[[nodiscard]] Content read_all(const std::string& path, const ExpansionLimit& limit = {});

}  // namespace usagectl::input
