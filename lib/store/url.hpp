// SPDX-License-Identifier: MIT
// Where a datastore is: a path, `sqlite:PATH`, or a PostgreSQL URL. What is shown to people goes
// through mask_url first: no password ever leaves this file.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::store {

struct Location {
    bool remote = false;
    std::string path;  // local: as SQLite opens it
    std::string url;   // remote: as given
};

// Errors (exit 2): `store_url_unknown` for a scheme nobody here speaks, `store_url_empty`.
[[nodiscard]] Result<Location> parse_url(std::string_view url);

[[nodiscard]] bool is_remote(std::string_view url);

// The URL with `****` for every password. When in doubt what is a password, more is masked.
[[nodiscard]] std::string mask_url(std::string_view url);

}  // namespace usagectl::store
