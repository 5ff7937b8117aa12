// SPDX-License-Identifier: MIT
// The four things a process has around it, passed in and never global, so that every command can
// be run in a test on in-memory streams.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl::cli {

struct Streams {
    std::istream& in;
    std::ostream& out;  // data and nothing else
    std::ostream& err;  // progress, notes, errors
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool in_is_terminal = false;
    int width = 80;   // columns of the terminal; 80 when there is none
    int height = 24;  // its lines
};

// Environment variables, injectable; the process's own in main.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;

}  // namespace usagectl::cli
