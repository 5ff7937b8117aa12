// SPDX-License-Identifier: MIT
// What the tests of the HTTP client have in common.
#pragma once

#include <catch2/catch.hpp>

#include <string>

#include "net/certificates.hpp"
#include "net/connection.hpp"

namespace usagectl::test {

inline constexpr const char* ok_answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

inline net::ConnectionOptions trusting(const Authority& authority) {
    return {.ca_file = authority.file()};
}

inline net::NoAnswer no_answer(net::HttpClient& client, const net::HttpRequest& request) {
    auto answer = client.send(request);
    REQUIRE_FALSE(answer);
    CHECK_FALSE(answer.error().error.message.empty());
    return answer.error();
}

inline bool says(const net::NoAnswer& none, const std::string& words) {
    return (none.error.message + none.error.hint).find(words) != std::string::npos;
}

}  // namespace usagectl::test
