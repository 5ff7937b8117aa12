// SPDX-License-Identifier: MIT
#include "net/curl_sockets.hpp"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "base/error.hpp"

namespace usagectl::net {
namespace {

bool any_to_wait_for(CURLM* multi) {
    fd_set in;
    fd_set out;
    fd_set other;
    for (fd_set* set : {&in, &out, &other})
        FD_ZERO(set);
    int highest = -1;
    return curl_multi_fdset(multi, &in, &out, &other, &highest) == CURLM_OK && highest >= 0;
}

}  // namespace

CurlSockets::CurlSockets()
    : arrivals_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (arrivals_.number() < 0) {
        throw Failure(
            "network_library_failed",
            "the network cannot be watched: " + std::generic_category().message(errno)
        );
    }
}

void CurlSockets::serve(CURL* easy) {
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &CurlSockets::open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &CurlSockets::close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);
}

void CurlSockets::wait(CURLM* multi) {
    constexpr int longest_ms = 1000;
    constexpr int soon_ms = 1;  // where curl names no socket it has more to do
    curl_waitfd arrivals{arrivals_.number(), CURL_WAIT_POLLIN, 0};
    curl_multi_poll(multi, &arrivals, 1, any_to_wait_for(multi) ? longest_ms : soon_ms, nullptr);
    if (arrivals.revents != 0) {
        std::array<epoll_event, 16> seen;
        ::epoll_wait(arrivals_.number(), seen.data(), static_cast<int>(seen.size()), 0);
    }
}

bool CurlSockets::input() const {
    return std::any_of(open_.begin(), open_.end(), [](curl_socket_t socket) {
        pollfd readable{socket, POLLIN, 0};
        return ::poll(&readable, 1, 0) > 0;
    });
}

// curl's own sockets would stay open in the programs this one runs.
curl_socket_t CurlSockets::open(void* self, curlsocktype, curl_sockaddr* address) noexcept {
    auto& sockets = *static_cast<CurlSockets*>(self);
    const int socket =
        ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    if (socket < 0)
        return CURL_SOCKET_BAD;
    epoll_event arrival{};
    arrival.events = EPOLLIN | EPOLLET;
    try {
        sockets.open_.push_back(socket);
    } catch (...) {
        ::close(socket);
        return CURL_SOCKET_BAD;
    }
    ::epoll_ctl(sockets.arrivals_.number(), EPOLL_CTL_ADD, socket, &arrival);
    return socket;
}

int CurlSockets::close(void* self, curl_socket_t socket) noexcept {
    auto& open = static_cast<CurlSockets*>(self)->open_;
    open.erase(std::remove(open.begin(), open.end(), socket), open.end());
    return ::close(socket);  // which takes it out of the epoll as well
}

}  // namespace usagectl::net
