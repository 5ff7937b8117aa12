// SPDX-License-Identifier: MIT
// A new file that holds secrets: ours alone from its first byte, whole under its name or not there
// at all, and never in the place of another file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace usagectl::cli {

class SecretOutput {
public:
    // Error `file_exists` (4). Nothing is written before open().
    [[nodiscard]] static Result<void> check_free(const std::string& path);

    explicit SecretOutput(std::string path)
        : path_(std::move(path)) {}
    // What was not kept is gone, under either name.
    ~SecretOutput();
    SecretOutput(const SecretOutput&) = delete;
    SecretOutput& operator=(const SecretOutput&) = delete;

    // Failures of what follows: OutputFailure `file_not_written` (5).
    void write(std::string_view bytes);
    // Durable, under its name. Error `file_exists` (4).
    [[nodiscard]] Result<void> place();
    // It stays.
    void keep() { kept_ = true; }

private:
    enum class State : std::uint8_t { none, part, placed };
    void open();
    [[noreturn]] void fail(int error) const;

    std::string path_;
    std::string part_;  // its name while it is written
    Descriptor file_;
    State state_ = State::none;
    bool kept_ = false;
};

}  // namespace usagectl::cli
