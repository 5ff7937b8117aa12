// SPDX-License-Identifier: MIT
// Where a PIN comes from: standard input, a file or a descriptor, never the command line. On a
// terminal it is asked for, and not shown.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "crypto/locked_bytes.hpp"

namespace usagectl {

struct PinOptions {
    bool from_stdin = false;
    std::string file;
    std::optional<std::int64_t> descriptor;
};

// One line of 12 to 16 digits. Errors: `pin_missing` (2: no source, or nothing in it),
// `malformed_pin` (2), those of open_secret_file() for a file; Failure `pin_unreadable`.
// `interrupted` is asked when a signal came while the terminal was: it shows again what is typed.
[[nodiscard]] Result<crypto::LockedBytes>
read_pin(const PinOptions& options, bool may_ask, const std::function<bool()>& interrupted);

// A file with PINs, ours alone to read, or a pipe; none for -, which is standard input. Errors:
// those of open_secret_file(), and `pin_shown` (2): standard input is a terminal.
[[nodiscard]] Result<Descriptor> open_secret_input(const std::string& path);

// What somebody is told who puts a PIN among the arguments.
[[nodiscard]] Error pin_in_argv();

}  // namespace usagectl
