// SPDX-License-Identifier: MIT
// What can go wrong, in two kinds. An expected refusal (unknown meter, malformed argument) is a
// value: Result<T>. A broken world (disk full, connection lost) is the exception Failure, thrown
// by an adapter and caught once, in cli::main. Both carry the same Error.
#pragma once

#include <exception>
#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace usagectl {

// The process exit codes of the whole tool; usagectl(1) documents them once.
enum class Exit : int {
    done = 0,
    check_failed = 1,  // a check answered no
    usage = 2,         // unknown option, malformed argument
    not_found = 3,
    refused = 4,      // a rule says no: state, permission, quota
    unavailable = 5,  // datastore, network, disk
    rejected = 6,     // input rejected in whole or part
    bug = 70,
    interrupted = 130,
};

// `code` is a stable sentence in snake_case that scripts match on; `message` says what happened,
// lower case, without full stop; `hint` is the cure (may be empty); `retryable` is true when the
// same command may succeed later without any change.
struct Error {
    Exit exit = Exit::bug;
    std::string code;
    std::string message;
    std::string hint = {};
    bool retryable = false;
};

template <class T>
using Result = tl::expected<T, Error>;

// Shorthand: `return refuse(Exit::not_found, "meter_unknown", "meter 1 is not in the store")`.
[[nodiscard]] inline tl::unexpected<Error>
refuse(Exit exit, std::string_view code, std::string message, std::string hint = {}) {
    return tl::unexpected<Error>(Error{
        exit, std::string(code), std::move(message), std::move(hint), false});
}

// The broken world. Thrown by adapters only, after translating their library's error once.
class Failure : public std::exception {
public:
    explicit Failure(Error error)
        : error_(std::move(error)) {}
    Failure(
        std::string_view code, std::string message, std::string hint = {}, bool retryable = false
    )
        : error_{
              Exit::unavailable,
              std::string(code),
              std::move(message),
              std::move(hint),
              retryable} {}

    [[nodiscard]] const Error& error() const noexcept { return error_; }
    [[nodiscard]] const char* what() const noexcept override { return error_.message.c_str(); }

private:
    Error error_;
};

}  // namespace usagectl
