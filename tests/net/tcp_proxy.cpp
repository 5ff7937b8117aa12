// SPDX-License-Identifier: MIT
#include "net/tcp_proxy.hpp"

#include <algorithm>
#include <utility>

namespace usagectl::test {

TcpProxy::TcpProxy(int target)
    : target_(target)
    , listener_(listen_anywhere(port_))
    , thread_([this] { accept_all(); }) {}

TcpProxy::~TcpProxy() {
    listener_.shut_down();
    thread_.join();
    {
        const std::lock_guard lock(mutex_);
        over_ = true;
    }
    cut();
    for (auto& cable : cables_)
        cable.join();
}

int TcpProxy::connections() const {
    const std::lock_guard lock(mutex_);
    return connections_;
}

std::vector<std::string> TcpProxy::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

void TcpProxy::cut_after(std::int64_t bytes) {
    const std::lock_guard lock(mutex_);
    left_ = bytes;
    hold_ = false;
}

void TcpProxy::hold_after(std::int64_t bytes) {
    const std::lock_guard lock(mutex_);
    left_ = bytes;
    hold_ = true;
}

void TcpProxy::cut() {
    const std::lock_guard lock(mutex_);
    for (const Socket* socket : open_)
        socket->shut_down();
}

void TcpProxy::accept_all() {
    for (;;) {
        Socket client = accept_from(listener_);
        if (client.get() < 0)
            return;
        const std::lock_guard lock(mutex_);
        ++connections_;
        cables_.emplace_back([this, held = std::move(client)] { serve(held); });
    }
}

void TcpProxy::serve(const Socket& client) {
    const auto add = [this](const Socket& socket) {
        const std::lock_guard lock(mutex_);
        open_.push_back(&socket);
        if (over_)
            socket.shut_down();
    };
    add(client);
    const Socket server = connect_to(target_ != 0 ? target_ : asked_port(client));
    add(server);
    std::thread back([&] { carry(server, client, true); });
    carry(client, server, false);
    back.join();
    const std::lock_guard lock(mutex_);
    for (const Socket* socket : {&client, &server})
        open_.erase(std::find(open_.begin(), open_.end(), socket));
}

int TcpProxy::asked_port(const Socket& client) {
    std::string head;
    while (head.find("\r\n\r\n") == std::string::npos) {
        const auto piece = client.read();
        if (piece.empty())
            return 0;
        head += piece;
    }
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(head);
    }
    client.write("HTTP/1.1 200 OK\r\n\r\n");
    return std::stoi(head.substr(head.find(':') + 1));
}

void TcpProxy::carry(const Socket& from, const Socket& to, bool from_server) {
    for (;;) {
        const std::string bytes = from.read();
        if (bytes.empty() && from_server && held())
            return;  // the end is kept back as well
        if (bytes.empty())
            break;
        bool cut = false;
        const std::size_t size = from_server ? allowed(bytes.size(), cut) : bytes.size();
        to.write(std::string_view(bytes).substr(0, size));
        if (cut)
            break;
    }
    from.shut_down();
    to.shut_down();
}

bool TcpProxy::held() const {
    const std::lock_guard lock(mutex_);
    return hold_ && left_ == 0;
}

std::size_t TcpProxy::allowed(std::size_t bytes, bool& cut) {
    const std::lock_guard lock(mutex_);
    if (left_ < 0)
        return bytes;
    const auto size = std::min(bytes, static_cast<std::size_t>(left_));
    cut = size < bytes && !hold_;
    left_ = cut ? -1 : left_ - static_cast<std::int64_t>(size);
    return size;
}

}  // namespace usagectl::test
