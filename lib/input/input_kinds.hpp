// SPDX-License-Identifier: MIT
// The two kinds of Input behind open_file and open_descriptor.
#pragma once

#include <memory>

#include "input/input.hpp"
#include "input/outside.hpp"
#include "input/unpacker.hpp"

namespace usagectl::input {

[[nodiscard]] std::unique_ptr<Input> make_plain_input(std::unique_ptr<Outside> outside);

// Throws Failure when the archive module is not installed.
[[nodiscard]] std::unique_ptr<Input>
make_archive_input(std::unique_ptr<Outside> outside, Packing packing, const ExpansionLimit& limit);

}  // namespace usagectl::input
