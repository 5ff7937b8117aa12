// SPDX-License-Identifier: MIT
// SHA-1, for one thing only: to find the names that ssh has hashed in a known_hosts file. Nothing
// is trusted because of it, and nothing else may use it.
#pragma once

#include <string>
#include <string_view>

namespace usagectl::net {

// 20 bytes.
[[nodiscard]] std::string sha1(std::string_view text);
[[nodiscard]] std::string hmac_sha1(std::string_view key, std::string_view text);

}  // namespace usagectl::net
