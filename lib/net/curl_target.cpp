// SPDX-License-Identifier: MIT
#include "net/curl_target.hpp"

#include <new>

#include "net/allowed_hosts.hpp"
#include "net/curl_outcome.hpp"

namespace usagectl::net {
namespace {

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    std::string copy;
    if (curl_url_get(url, part, &text, 0) == CURLUE_OK)
        copy = text;
    curl_free(text);
    return copy;
}

tl::unexpected<Error> malformed(const char* why) {
    return refuse(
        Exit::usage,
        "url_malformed",
        "a request's address " + std::string(why) + "; nothing was sent"
    );
}

}  // namespace

Result<HttpTarget> http_target(const std::string& url, std::span<const std::string> allowed_hosts) {
    HttpTarget target{std::unique_ptr<CURLU, FreeUrl>(curl_url()), {}, {}};
    CURLU* const parts = target.url.get();
    if (parts == nullptr)
        throw std::bad_alloc();
    if (url.find('\0') != std::string::npos ||
        curl_url_set(parts, CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
        return malformed("cannot be read");
    if (!part_of(parts, CURLUPART_USER).empty() || !part_of(parts, CURLUPART_PASSWORD).empty()) {
        return refuse(
            Exit::usage,
            "secret_in_url",
            "a request's address holds a user or a password; nothing was sent",
            "leave it out, and change it; give it where the password belongs"
        );
    }
    const std::string host = part_of(parts, CURLUPART_HOST);
    target.host = printable(host, 100);
    target.shown = printable(host + part_of(parts, CURLUPART_PATH), 200);
    if (!host_allowed(allowed_hosts, host)) {
        return refuse(
            Exit::refused,
            "host_not_allowed",
            target.host + " is not among the hosts that may be spoken to; nothing was sent",
            "if it is the right one, add it to the allowed hosts"
        );
    }
    const std::string scheme = part_of(parts, CURLUPART_SCHEME);
    target.plain = scheme == "http" && is_loopback(host);
    if (scheme != "https" && !target.plain)
        return malformed("must begin with https://");
    return target;
}

}  // namespace usagectl::net
