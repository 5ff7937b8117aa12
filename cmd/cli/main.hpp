// SPDX-License-Identifier: MIT
// The program from its arguments to its exit code: finds the command, reads the configuration, runs
// it, and reports what went wrong. Nothing is thrown out of here.
#pragma once

#include <string>
#include <vector>

#include "cli/host.hpp"

namespace usagectl::cli {

// `arguments` without the program's name.
[[nodiscard]] int main(const std::vector<std::string>& arguments, Host& host);

}  // namespace usagectl::cli
