// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "cli/context.hpp"
#include "cli/files.hpp"
#include "cli/values.hpp"

namespace usagectl {

// The text of a file named on the command line, at most 1 MiB. Refuses `file_missing` (3),
// `file_unreadable` (5).
[[nodiscard]] inline std::string read_named_file(cli::Context& context, const std::string& path) {
    auto text = cli::read_small_file(path);
    if (text)
        return std::move(*text);
    auto error = std::move(text.error());
    error.code = error.exit == Exit::not_found ? "file_missing" : "file_unreadable";
    context.fail(std::move(error));
}

template <class O>
[[nodiscard]] cli::Word file_word(std::string O::*member) {
    return cli::bind(
        {.name = "FILE",
         .help = "the tariff, a TOML file",
         .complete = cli::Complete::file,
         .required = true},
        member
    );
}

// The lines of a text, for the heading or footing of a table.
[[nodiscard]] inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace usagectl
