// SPDX-License-Identifier: MIT
// How wide letters are before they are drawn, by libharu's own metrics, so that a layout makes them
// fit. UTF-8; lengths in tenths of a point. Each function may fail with `module_missing`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl::paper {

// Rounded up.
[[nodiscard]] int text_width(std::string_view letters, int size, bool bold);

// The largest size from `most` down to `least` at which `letters` are at most `width` wide.
[[nodiscard]] std::optional<int>
fitting_size(std::string_view letters, bool bold, int most, int least, int width);

// Lines of whole words, each at most `width` wide and as full as it can be. None when a word is
// wider than a line, or there are more than `lines_max`.
[[nodiscard]] std::optional<std::vector<std::string>>
wrap(std::string_view letters, int size, bool bold, int width, std::size_t lines_max);

}  // namespace usagectl::paper
