// SPDX-License-Identifier: MIT
// The layout of a rule pack. Which keys a rule has depends on its kind: see figures_of().
#pragma once

#include "layout/format.hpp"

namespace usagectl::rules {

[[nodiscard]] const layout::Format& format();

// The keys of [[rule]] that hold the figures of a kind; the ones that `must` be there come first.
struct FigureKeys {
    std::string_view kind;
    std::vector<std::string_view> must;
    std::vector<std::string_view> may = {};
};
[[nodiscard]] const std::vector<FigureKeys>& figure_keys();

}  // namespace usagectl::rules
