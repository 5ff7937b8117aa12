// SPDX-License-Identifier: MIT
#include "net/socket.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace usagectl::test {
namespace {

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

Socket tcp() {
    Socket socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket.get() < 0)
        throw std::runtime_error("socket");
    return socket;
}

// Small pieces wait for nothing.
void send_at_once(const Socket& socket) {
    const int yes = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

int bind_anywhere(const Socket& socket) {
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(socket.get(), reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("no port on 127.0.0.1");
    return ntohs(address.sin_port);
}

}  // namespace

int Socket::release() {
    return std::exchange(descriptor_, -1);
}

void Socket::close() {
    if (descriptor_ >= 0)
        ::close(release());
}

void Socket::shut_down() const {
    ::shutdown(descriptor_, SHUT_RDWR);
}

void Socket::write(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::string Socket::read() const {
    std::array<char, 16384> buffer;
    const ssize_t got = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    return got > 0 ? std::string(buffer.data(), static_cast<std::size_t>(got)) : std::string();
}

Socket listen_anywhere(int& port) {
    Socket socket = tcp();
    port = bind_anywhere(socket);
    if (::listen(socket.get(), 64) != 0)
        throw std::runtime_error("listen");
    return socket;
}

Socket accept_from(const Socket& listener) {
    Socket socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
    send_at_once(socket);
    return socket;
}

Socket connect_to(int port) {
    Socket socket = tcp();
    const auto address = loopback(port);
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        socket.close();
    send_at_once(socket);
    return socket;
}

bool can_connect(int port) {
    return connect_to(port).get() >= 0;
}

HeldPort::HeldPort()
    : socket_(tcp()) {
    const int yes = 1;
    if (::setsockopt(socket_.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0)
        throw std::runtime_error("SO_REUSEADDR");
    number_ = bind_anywhere(socket_);
}

}  // namespace usagectl::test
