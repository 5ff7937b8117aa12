// SPDX-License-Identifier: MIT
// A server that does what no sound one does: cuts, hangs, says too much. Of the web, or of
// whatever else is said in lines.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "net/socket.hpp"

namespace usagectl::test {

class RawServer {
public:
    // Gets each request's head; answers on the socket. False closes the connection, true waits for
    // another request on it.
    using Handler = std::function<bool(const std::string& head, const Socket& client)>;

    // `greeting` is said to every client, `end` ends a head.
    explicit RawServer(Handler handler, std::string greeting = {}, std::string end = "\r\n\r\n");
    RawServer(const RawServer&) = delete;
    RawServer& operator=(const RawServer&) = delete;
    ~RawServer();

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string url(const std::string& path = "/") const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    // Heads of the requests that arrived so far.
    [[nodiscard]] std::vector<std::string> requests() const;
    [[nodiscard]] int connections() const { return connections_; }

private:
    void serve(Socket client);

    Handler handler_;
    std::string greeting_;
    std::string end_;
    int port_ = 0;
    Socket listener_;
    std::atomic<int> connections_{0};
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::vector<int> open_;  // descriptors of clients being served
    std::vector<std::thread> clients_;
    std::thread thread_;
};

// Waits, holding the connection open without a word, until the client or the server goes.
bool hang(const Socket& client);

}  // namespace usagectl::test
