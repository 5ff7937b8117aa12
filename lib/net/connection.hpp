// SPDX-License-Identifier: MIT
// How the program goes out: time-outs, trust, the hosts it may speak to. The same for requests over
// HTTP and for files. TLS is always verified, 1.2 or newer; redirects are answers, never followed;
// neither the environment's proxy settings nor .netrc is read.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/http.hpp"

namespace usagectl::net {

struct ConnectionOptions {
    std::chrono::milliseconds connect{10'000};  // name, connection and TLS together
    // Of one call, everything included; 0: as long as bytes come. An HTTP request has a limit of
    // its own as well, and the shorter one counts.
    std::chrono::milliseconds total{0};
    std::chrono::milliseconds stall{60'000};  // without a byte; 0: any silence is suffered
    std::optional<std::string> ca_file = {};  // PEM, instead of the system's authorities
    // [SCHEME://][USER:PASSWORD@]HOST:PORT, scheme http, https, socks5 or socks5h. Never shown.
    std::optional<std::string> proxy = {};
    // Exact names or `*.example.com` (any name below, not itself); none: any host.
    std::vector<std::string> allowed_hosts = {};
    std::uint64_t max_answer = std::uint64_t{64} << 20;  // bytes of headers and body in memory
    std::string user_agent = "usagectl";
    // One line for each request or file: label, method, host and path without query, status,
    // milliseconds, the server's request id. No secret is ever in it. None: no log.
    std::function<void(std::string)> log = {};
    // Asked about once a second: true ends the call with code `interrupted` (exit 130).
    std::function<bool()> interrupted = {};
};

// Loads libcurl (Failure `module_missing` without it). One connection is kept and used again, but
// not for a request that is not repeatable: on a kept connection that turns out to be dead, libcurl
// would send it twice. http:// is taken for this machine's loopback only. Not for two threads.
[[nodiscard]] std::unique_ptr<HttpClient> make_http_client(const ConnectionOptions& options);

}  // namespace usagectl::net
