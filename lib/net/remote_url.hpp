// SPDX-License-Identifier: MIT
// The address of a remote folder, taken apart strictly: what libcurl is given is put together from
// these parts again, so that nobody reads an address in two ways.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::net {

enum class RemoteScheme { ftps, sftp, https };

struct RemoteUrl {
    RemoteScheme scheme = RemoteScheme::sftp;
    std::string user = {};  // decoded; may be empty
    std::string host = {};  // lower case; an IPv6 address stands in brackets
    std::uint16_t port = 0;
    std::string path = {};  // decoded, between two slashes

    // The host without brackets.
    [[nodiscard]] std::string bare_host() const;
    // scheme://host[:port]/path/, without the user.
    [[nodiscard]] std::string shown() const;
};

// Errors (exit 2), none of which quotes the address: `secret_in_url`, `remote_url_malformed`.
[[nodiscard]] Result<RemoteUrl> parse_remote_url(std::string_view url);

[[nodiscard]] std::string_view scheme_name(RemoteScheme scheme);
[[nodiscard]] std::uint16_t usual_port(RemoteScheme scheme);  // ftps: 21, for AUTH TLS

// Every byte but letters, digits and `-._~/` as %XX.
[[nodiscard]] std::string percent_encoded(std::string_view path);
// %XX as bytes; a malformed one stays as it is.
[[nodiscard]] std::string percent_decoded(std::string_view text);

}  // namespace usagectl::net
