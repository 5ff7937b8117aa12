// SPDX-License-Identifier: MIT
// The lines that move and remove files on a server, whatever their names hold. FTP has no quoting:
// the name is the rest of the line. libcurl reads SFTP's as words, quoted where they must be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace usagectl::net {

// `archive`, `archive/2026`, `/srv/archive`; no `.` or `..`, no control character, not empty.
[[nodiscard]] bool sound_folder(std::string_view folder);

// Makes `folder` and those above it; may fail, since they may be there.
[[nodiscard]] std::vector<std::string> ftp_make(std::string_view folder);
// `base` is the folder's decoded path in the URL: absolute, or `/~/…` below the home directory.
[[nodiscard]] std::vector<std::string> sftp_make(std::string_view base, std::string_view folder);

[[nodiscard]] std::vector<std::string> ftp_move(const std::string& name, std::string_view folder);
[[nodiscard]] std::vector<std::string>
sftp_move(std::string_view base, const std::string& name, std::string_view folder);
[[nodiscard]] std::string sftp_remove(std::string_view base, const std::string& name);

}  // namespace usagectl::net
