// SPDX-License-Identifier: MIT
// The text of a rule pack to a pack and the cases it brings, or to everything that is wrong with
// it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "layout/mistake.hpp"
#include "rules/cases.hpp"
#include "rules/types.hpp"

namespace usagectl::rules {

using layout::Mistake;
using layout::Place;

// A pack and what it must say to given facts.
struct PackFile {
    Pack pack;
    std::vector<Case> cases;
};

// Exactly one of the two: a pack that can be judged by, or mistakes in the order of the file.
struct ReadPack {
    std::optional<PackFile> file;
    std::vector<Mistake> mistakes;
};
[[nodiscard]] ReadPack read_pack(std::string_view text);

}  // namespace usagectl::rules
