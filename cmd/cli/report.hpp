// SPDX-License-Identifier: MIT
// Errors as people and scripts read them, on stderr.
#pragma once

#include <iosfwd>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::cli {

struct ReportStyle {
    bool json = false;
    bool color = false;
    bool quiet = false;  // a reader that went away is not worth a line
};

// `usagectl: <command>: <what happened>` and `hint: <cure>`, or one JSON object.
void report(std::ostream& err, std::string_view command, const Error& error, ReportStyle style);

}  // namespace usagectl::cli
