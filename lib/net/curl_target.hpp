// SPDX-License-Identifier: MIT
// Where a request goes, taken apart by curl itself: what is checked here is what is used.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <span>
#include <string>

#include "base/error.hpp"

namespace usagectl::net {

struct FreeUrl {
    void operator()(CURLU* url) const noexcept { curl_url_cleanup(url); }
};

struct HttpTarget {
    std::unique_ptr<CURLU, FreeUrl> url;
    std::string host;    // printable, cut
    std::string shown;   // host and path, printable, cut
    bool plain = false;  // http, on this machine
};

// Errors, none of which quotes the address: `url_malformed`, `secret_in_url` (exit 2),
// `host_not_allowed` (4).
[[nodiscard]] Result<HttpTarget>
http_target(const std::string& url, std::span<const std::string> allowed_hosts);

}  // namespace usagectl::net
