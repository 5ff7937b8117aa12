// SPDX-License-Identifier: MIT
// Text made safe for XML 1.0 content and attribute values.
#pragma once

#include <string>
#include <string_view>

namespace usagectl::meter {

// `& < > " '` become entities. What XML cannot carry, control characters and malformed UTF-8,
// becomes a question mark per byte.
[[nodiscard]] std::string xml_text(std::string_view text);

}  // namespace usagectl::meter
