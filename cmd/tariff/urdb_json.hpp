// SPDX-License-Identifier: MIT
// The JSON of the U.S. Utility Rate Database as values; numbers stay as they are written.
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "tariff/urdb.hpp"

namespace usagectl {

struct UrdbFile {
    tariff::UrdbRate rate;
    std::vector<tariff::LeftOut> left_out;  // keys that no tariff here has a place for
};

// The rate itself, or the first of an answer's `items`. Error code `urdb_malformed`, exit 6.
[[nodiscard]] Result<UrdbFile> read_urdb(std::string_view text);

}  // namespace usagectl
