// SPDX-License-Identifier: MIT
// Usage as a picture: in the terminal, or as an SVG file.
#pragma once

#include <string>

#include "app/usage.hpp"
#include "cli/context.hpp"

namespace usagectl {

// A load curve and a heat map on standard output, as wide as the terminal.
void draw(const app::UsageAnswer& answer, cli::Context& context);

// The same as an SVG document, written whole or not at all.
void write_picture(const std::string& path, const app::UsageAnswer& answer);

}  // namespace usagectl
