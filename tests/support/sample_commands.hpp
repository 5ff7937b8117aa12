// SPDX-License-Identifier: MIT
// A registry of small commands that exercise every kind of word, answer and failure, so that the
// command line can be tested without any of the real ones.
#pragma once

#include <span>

#include "cli/context.hpp"

namespace usagectl::test {

// echo show:   METER [EXTRA…], options of every kind; answers with what it was given.
// echo list:   a list of rows, with awkward text; --rows N, --stream.
// echo change: changes = true.
// fail:        WHAT: refusal, failure, bug, throw, interrupted.
// clock:       opens the store and prints the time.
[[nodiscard]] std::span<const cli::Registered> sample_registry();

}  // namespace usagectl::test
