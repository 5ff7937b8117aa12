// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace usagectl::paper_test {

// The bytes of a PNG of stripes with a transparent corner, so many pixels large.
[[nodiscard]] std::string sample_png(int width, int height);

}  // namespace usagectl::paper_test
