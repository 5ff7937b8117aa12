// SPDX-License-Identifier: MIT
// The migrations this program carries: the text of lib/store/migrations/<engine>/*.sql and the
// SHA-256 of each, embedded at build by embed.cmake. Ascending and without hole from version 1.
#pragma once

#include <span>
#include <string_view>

#include "store/session.hpp"

namespace usagectl::store {

struct Migration {
    int version = 0;
    std::string_view name;    // "0001_meter_data"
    std::string_view sha256;  // lower-case hex of the file
    std::string_view sql;
};

[[nodiscard]] std::span<const Migration> migrations(Dialect dialect);

}  // namespace usagectl::store
