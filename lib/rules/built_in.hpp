// SPDX-License-Identifier: MIT
// The packs this program carries: the text of lib/rules/packs/*.toml, embedded at build by
// embed.cmake, by name.
#pragma once

#include <span>
#include <string_view>

namespace usagectl::rules {

struct BuiltIn {
    std::string_view name;  // of the file and of the pack: "texas"
    std::string_view text;
};

[[nodiscard]] std::span<const BuiltIn> built_in_packs();

}  // namespace usagectl::rules
