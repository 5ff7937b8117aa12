// SPDX-License-Identifier: MIT
// Where passwords and keys come from: a file nobody else can read, a descriptor, or a helper that
// speaks git's credential protocol. No error ever quotes what was read.
#pragma once

#include <chrono>
#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace usagectl::net {

// Errors: `secret_missing` (3) when there is no such file; `secret_file_open` (4) when it is not a
// regular file, not ours or root's, or not ours alone to read; `secret_unreadable` (5).
[[nodiscard]] Result<void> check_secret_file(const std::string& path);

// One line of 1 byte to 64 KiB; the line's end is dropped. Errors as above, and `secret_malformed`
// (4) for anything but one line.
[[nodiscard]] Result<Secret> read_secret_file(const std::string& path);

// The same from an open descriptor, which stays open: all up to its end. Errors:
// `secret_unreadable` (5), `secret_malformed` (4).
[[nodiscard]] Result<Secret> read_secret_descriptor(int descriptor);

struct CredentialQuestion {
    std::string protocol = {};  // sftp, ftps, https
    std::string host = {};      // with :PORT where it is not the usual one
    std::string path = {};      // may be empty
    std::string user = {};      // may be empty: the helper may name one
};

struct Credentials {
    std::string user = {};
    Secret password = {};
};

// Runs `command get` by /bin/sh -c, as git-credential(1) runs a helper: the question on its
// standard input, the answer from its standard output; standard error is left to it. Errors:
// `credential_helper_failed` (4): it failed, was too slow, or knows no password;
// `credential_question_malformed` (2): a line break in the question would ask another one.
[[nodiscard]] Result<Credentials> ask_helper(
    const std::string& command,
    const CredentialQuestion& question,
    std::chrono::milliseconds timeout = std::chrono::seconds(60)
);

}  // namespace usagectl::net
