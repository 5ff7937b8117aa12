// SPDX-License-Identifier: MIT
// How a transfer by libcurl ended, in our words: its code, what it says and the server's last
// status, read in one place for every protocol.
#pragma once

#include <curl/curl.h>

#include <string>
#include <string_view>

#include "net/curl_handle.hpp"
#include "net/transfer.hpp"

namespace usagectl::net {

// What code and stop say whatever the protocol; Trouble::cut when nothing more is known.
[[nodiscard]] Trouble trouble_of(CURLcode code, Stop stop);

// Why it failed: "no connection: Connection refused".
[[nodiscard]] std::string reason(const CurlHandle& handle, CURLcode code);

// What to do about a certificate that was refused.
[[nodiscard]] std::string certificate_cure(const CurlHandle& handle, CURLcode code);

// FTP: what the server's last answer adds.
[[nodiscard]] Outcome read_ftp(const CurlHandle& handle, CURLcode code);
// HTTP: any status but `wanted` is a failure.
[[nodiscard]] Outcome read_https(const CurlHandle& handle, CURLcode code, int wanted);
// SFTP: what libssh2's words add.
[[nodiscard]] Outcome read_sftp(const CurlHandle& handle, CURLcode code, curl_khmatch host_key);

// Printable ASCII, at most `most` bytes.
[[nodiscard]] std::string printable(std::string_view text, std::size_t most);

}  // namespace usagectl::net
