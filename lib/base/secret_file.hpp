// SPDX-License-Identifier: MIT
// Passwords and keys from a file nobody else can read, or from a descriptor. No error ever quotes
// what was read.
#pragma once

#include <string>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"

namespace usagectl {

// Errors: `secret_missing` (3) when there is no such file; `secret_file_open` (4) when it is not a
// regular file, not ours or root's, or not ours alone to read; `secret_unreadable` (5).
[[nodiscard]] Result<Descriptor> open_secret_file(const std::string& path);
[[nodiscard]] Result<void> check_secret_file(const std::string& path);

// One line of 1 byte to 64 KiB; the line's end is dropped. Errors as above, and `secret_malformed`
// (4) for anything but one line.
[[nodiscard]] Result<Secret> read_secret_file(const std::string& path);

// The same from an open descriptor, which stays open: all up to its end. Errors:
// `secret_unreadable` (5), `secret_malformed` (4).
[[nodiscard]] Result<Secret> read_secret_descriptor(int descriptor);

}  // namespace usagectl
