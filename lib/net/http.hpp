// SPDX-License-Identifier: MIT
// HTTP as the rest of the program sees it: one request, one answer, or no answer and how sure it is
// that nothing was done. curl stands behind it in a module; tests put a fake there.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace usagectl::net {

struct HttpRequest {
    std::string method = "GET";
    std::string url = {};  // absolute, https; no user, no password
    std::vector<std::pair<std::string, std::string>> headers = {};    // without secrets
    std::vector<std::pair<std::string, Secret>> secret_headers = {};  // Authorization
    Secret body = {};  // may hold a password; never logged
    // Sending it twice does no more than sending it once: a failed attempt may be repeated even
    // when the first may have arrived. Otherwise only what certainly did not arrive is repeated.
    bool repeatable = false;
    std::chrono::milliseconds total{30'000};  // for one attempt, everything included
    std::string label = {};                   // names the request in the log and in errors
};

struct HttpResponse {
    int status = 0;                                                 // 100 … 599
    std::vector<std::pair<std::string, std::string>> headers = {};  // names in lower case
    std::string body = {};

    // The first header of this lower-case name; empty without one.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

// Why there is no answer. `sent` false: the request certainly did not reach the application (no
// name, no connection, no TLS). True: it may have been carried out.
struct NoAnswer {
    Error error;
    bool sent = false;
};

template <class T>
using Answer = tl::expected<T, NoAnswer>;

class HttpClient {
public:
    HttpClient() = default;
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    virtual ~HttpClient() = default;

    // Any status is an answer, a redirect too. Errors: `url_malformed`, `secret_in_url` (exit 2),
    // `host_not_allowed`, `certificate_refused` (4), `network_unreachable`, `network_timeout`,
    // `network_cut`, `answer_too_large` (5), `interrupted` (130).
    [[nodiscard]] virtual Answer<HttpResponse> send(const HttpRequest& request) = 0;
};

}  // namespace usagectl::net
