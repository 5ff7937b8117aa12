// SPDX-License-Identifier: MIT
// Fills the placeholders of a manual page's template (man/*.scd, scdoc's format) with what the
// declarations know. The prose is the template's own.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "cli/command.hpp"

namespace usagectl::cli {

// `page` is "usagectl", "usagectl-config" (section 5), or "usagectl-NOUN-VERB". Placeholders stand
// alone on a line: @NAME@ @SYNOPSIS@ @OPTIONS@ @FIELDS@ @EXIT_STATUS@ @EXAMPLES@ @SEE_ALSO@ for a
// command, @OPTIONS@ @COMMANDS@ for usagectl, @SETTINGS@ for usagectl-config; any other page is
// prose alone. Error code `placeholder_unknown`: exit 2.
[[nodiscard]] Result<std::string>
fill_page(std::span<const Registered> registry, std::string_view page, std::string_view text);

// "usagectl-usage-show"
[[nodiscard]] std::string page_name(std::string_view path);

}  // namespace usagectl::cli
