// SPDX-License-Identifier: MIT
// Passwords from a helper that speaks git's credential protocol. No error ever quotes one.
#pragma once

#include <chrono>
#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace usagectl::net {

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
