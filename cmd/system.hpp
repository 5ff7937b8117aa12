// SPDX-License-Identifier: MIT
// The parts of the operating system that a run needs: signals, the terminal, who the user is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/host.hpp"
#include "cli/streams.hpp"

namespace usagectl {

// SIGPIPE becomes a failed write. SIGINT and SIGTERM end the process with 130 until somebody asks
// interrupted(); from then on the first only sets what it answers, and the second ends it.
void install_signals();
[[nodiscard]] bool interrupted();

void look_at_terminal(cli::Streams& streams);
[[nodiscard]] std::optional<std::string> environment_variable(std::string_view name);
[[nodiscard]] std::string os_user();
[[nodiscard]] std::chrono::milliseconds steady_time();

// Replaces this process; throws Failure `program_failed` when that cannot be done.
[[nodiscard]] int become(const cli::Program& program);

}  // namespace usagectl
