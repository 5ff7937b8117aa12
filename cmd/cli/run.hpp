// SPDX-License-Identifier: MIT
// One command, run: its options are filled in, its Context is built, its answer printed.
#pragma once

#include <string>
#include <vector>

#include "cli/globals.hpp"
#include "cli/host.hpp"
#include "cli/locate.hpp"
#include "cli/report.hpp"

namespace usagectl::cli {

// Throws Refusal and Failure. `style` is set as soon as the format of errors is known.
[[nodiscard]] Exit run_command(Located located, Host& host, ReportStyle& style);

// Becomes the external program, with the resolved settings in its environment.
[[nodiscard]] int run_program(const Located& located, Host& host);

}  // namespace usagectl::cli
