// SPDX-License-Identifier: MIT
// What a command over several files says when not all of them were taken.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace usagectl {

struct NotTaken {
    std::string path;
    std::optional<Error> error;  // none: parts of it were taken
};

// None when everything was taken. One failed file speaks for itself; several share their exit code
// when they failed alike, else it is 6, and `reasons` gets a line for each that failed as a whole.
[[nodiscard]] std::optional<Error> refusal_of(
    const std::vector<NotTaken>& failed, std::size_t files, std::vector<std::string>& reasons
);

}  // namespace usagectl
