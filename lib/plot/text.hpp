// SPDX-License-Identifier: MIT
// Text measured in terminal columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace usagectl::plot {

// Columns that UTF-8 text takes: none for combining marks and escape sequences, two for East Asian
// wide characters and emoji, else one.
[[nodiscard]] int display_width(std::string_view text);

// As much of the beginning as fits; control characters and broken UTF-8 become question marks, so
// that a title cannot steer the terminal.
[[nodiscard]] std::string clip(std::string_view text, int width);

// Parts side by side, two spaces apart, on as many lines as it takes; a part that is too wide by
// itself is clipped.
[[nodiscard]] std::vector<std::string> wrap(const std::vector<std::string>& parts, int width);

}  // namespace usagectl::plot
