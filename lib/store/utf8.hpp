// SPDX-License-Identifier: MIT
// Text from outside on its way into the store. PostgreSQL refuses bytes that are not UTF-8 and the
// zero byte, SQLite takes anything; a path on disk may hold any byte. Both engines keep the same.
#pragma once

#include <string>
#include <string_view>

namespace usagectl::store {

// `text` with U+FFFD for every byte that belongs to no well-formed character, and for zero bytes.
[[nodiscard]] std::string sound_text(std::string_view text);

}  // namespace usagectl::store
