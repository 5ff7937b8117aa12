// SPDX-License-Identifier: MIT
// What the commands that check a file answer: every mistake with its place and its cure.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/context.hpp"
#include "layout/mistake.hpp"

namespace usagectl {

// The field `items`: the mistakes in the order of the file.
[[nodiscard]] cli::Json mistakes_json(const std::vector<layout::Mistake>& mistakes);
void append_mistake_fields(std::vector<cli::Field>& fields);

// As compilers write it, so that editors find the place: `PATH:LINE:COLUMN: message`, cures, and
// how many there are. Of a file without any: `PATH: SOUND, no mistakes`.
[[nodiscard]] std::vector<std::string> check_lines(
    const std::string& path, const std::vector<layout::Mistake>& mistakes, const std::string& sound
);

}  // namespace usagectl
