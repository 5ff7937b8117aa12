// SPDX-License-Identifier: MIT
// The sockets of one handle, and waiting for them. libcurl 7.88 does not look at an FTP control
// connection while it opens one for data, and at no socket at all before it opens that: on its own
// it goes on after a time-out, of 200 ms or of a second, for every file. Here whatever arrives on
// any socket is noticed at once.
#pragma once

#include <curl/curl.h>

#include <vector>

#include "base/descriptor.hpp"

namespace usagectl::net {

class CurlSockets {
public:
    CurlSockets();
    CurlSockets(const CurlSockets&) = delete;
    CurlSockets& operator=(const CurlSockets&) = delete;
    ~CurlSockets() = default;

    // `easy` opens and closes its sockets here; this must outlive its connections.
    void serve(CURL* easy);
    // Returns when `multi` has something to do, or something arrived, or after a second.
    void wait(CURLM* multi);
    // Whether anything is there to be read.
    [[nodiscard]] bool input() const;

private:
    static curl_socket_t open(void* self, curlsocktype, curl_sockaddr* address) noexcept;
    static int close(void* self, curl_socket_t socket) noexcept;

    Descriptor arrivals_;  // epoll, edge-triggered: what curl leaves unread does not wake it twice
    std::vector<curl_socket_t> open_;
};

}  // namespace usagectl::net
