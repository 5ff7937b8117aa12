// SPDX-License-Identifier: MIT
#include "net/raw_server.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

namespace usagectl::test {

RawServer::RawServer(Handler handler, std::string greeting, std::string end_of_head)
    : handler_(std::move(handler))
    , greeting_(std::move(greeting))
    , end_(std::move(end_of_head))
    , listener_(listen_anywhere(port_))
    , thread_([this] {
        for (;;) {
            Socket client = accept_from(listener_);
            if (client.get() < 0)
                return;
            ++connections_;
            const std::lock_guard lock(mutex_);
            open_.push_back(client.get());
            clients_.emplace_back([this, served = std::move(client)]() mutable {
                serve(std::move(served));
            });
        }
    }) {}

RawServer::~RawServer() {
    listener_.shut_down();
    thread_.join();
    {
        const std::lock_guard lock(mutex_);
        for (const int descriptor : open_)
            ::shutdown(descriptor, SHUT_RDWR);
    }
    for (auto& client : clients_)
        client.join();
}

std::vector<std::string> RawServer::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

void RawServer::serve(Socket client) {
    client.write(greeting_);
    std::string text;
    for (bool more = true; more;) {
        const std::size_t end = text.find(end_);
        if (end == std::string::npos) {
            const std::string piece = client.read();
            more = !piece.empty();
            text += piece;
            continue;
        }
        const std::string head = text.substr(0, end);
        text.erase(0, end + end_.size());
        {
            const std::lock_guard lock(mutex_);
            requests_.push_back(head);
        }
        more = handler_(head, client);
    }
    const std::lock_guard lock(mutex_);
    open_.erase(std::find(open_.begin(), open_.end(), client.get()));
    client.close();
}

bool hang(const Socket& client) {
    while (!client.read().empty()) {
    }
    return false;
}

}  // namespace usagectl::test
