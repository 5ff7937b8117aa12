// SPDX-License-Identifier: MIT
// A run over many files that a person ends.
#pragma once

namespace usagectl::app {

// Thrown out of the run: every finished file is kept, the open one is not.
struct Interrupted {};

}  // namespace usagectl::app
