// SPDX-License-Identifier: MIT
// What servers say of a folder, as files. Pure functions over hostile text: a name that is not a
// plain file name in one folder is passed over, as are folders, links and devices.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "app/remote.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"

namespace usagectl::net {

inline constexpr std::size_t most_listed = 1'000'000;

// 1 to 255 bytes, no slash, no control character, not `.` or `..`.
[[nodiscard]] bool plain_name(std::string_view name);

// All give files in byte order of their names, each name once. Errors (exit 5): `listing_too_large`
// above `limit` files, `listing_unknown` for text of a kind nobody here reads.
using Files = Result<std::vector<app::RemoteFile>>;

// MLSD (RFC 3659): sizes and times exact.
[[nodiscard]] Files parse_mlsd(std::string_view text, std::size_t limit = most_listed);

// LIST, and what libcurl gives for SFTP: lines of `ls -l`, or of the Windows servers' `dir`. Times
// are the server's own and taken as UTC; a date without year is the last such one up to a day after
// `now`.
[[nodiscard]] Files
parse_long_listing(std::string_view text, Instant now, std::size_t limit = most_listed);

// The links of an index page as nginx and Apache make it; `folder` is the page's own path, decoded,
// with a slash at its end. Names only.
[[nodiscard]] Files
parse_index_page(std::string_view html, std::string_view folder, std::size_t limit = most_listed);

}  // namespace usagectl::net
