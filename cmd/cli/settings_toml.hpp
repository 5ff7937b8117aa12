// SPDX-License-Identifier: MIT
// A configuration file as text and as values. Reading tells where each value stands; writing
// changes one value and leaves every other byte, comments included, as it was.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace usagectl::cli {

struct TomlValue {
    std::vector<std::string> path;  // {"profile", "work", "timezone"}
    std::string_view type;          // string, integer, boolean, other
    std::string text;
    std::size_t line = 0;
    std::size_t column = 0;
};

// All values, in the order of the file. Error code `config_malformed`, exit 2: FILE:LINE:COLUMN.
[[nodiscard]] Result<std::vector<TomlValue>>
read_toml(std::string_view text, const std::string& file);

// The text with `path` set to `value` of that type. Error code `config_not_editable`, exit 2, when
// the key lives in a construction (an inline table) that cannot be changed in place.
[[nodiscard]] Result<std::string> set_toml(
    std::string_view text,
    const std::string& file,
    const std::vector<std::string>& path,
    std::string_view type,
    std::string_view value
);

}  // namespace usagectl::cli
