// SPDX-License-Identifier: MIT
// A cable between a client and servers on this machine, that a test can cut.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "net/socket.hpp"

namespace usagectl::test {

class TcpProxy {
public:
    // To this port.
    explicit TcpProxy(int target);
    // An HTTP proxy: CONNECT says to which port.
    TcpProxy()
        : TcpProxy(0) {}
    TcpProxy(const TcpProxy&) = delete;
    TcpProxy& operator=(const TcpProxy&) = delete;
    ~TcpProxy();

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] int connections() const;
    // What clients of the HTTP proxy asked it, with their headers.
    [[nodiscard]] std::vector<std::string> requests() const;
    // Cuts once, after so many more bytes from servers, whichever connections they come over.
    void cut_after(std::int64_t bytes);
    // Nothing comes from servers after so many more bytes, and nothing is cut.
    void hold_after(std::int64_t bytes);
    // Cuts every connection there is.
    void cut();

private:
    void accept_all();
    void serve(const Socket& client);
    int asked_port(const Socket& client);
    void carry(const Socket& from, const Socket& to, bool from_server);
    bool held() const;
    // How many of so many bytes pass, and whether the connection is to be cut there.
    std::size_t allowed(std::size_t bytes, bool& cut);

    int target_;
    int port_ = 0;
    Socket listener_;
    mutable std::mutex mutex_;
    std::int64_t left_ = -1;  // below 0: for ever
    bool hold_ = false;       // at the end of those left, instead of cutting
    bool over_ = false;
    int connections_ = 0;
    std::vector<std::string> requests_;
    std::vector<const Socket*> open_;
    std::vector<std::thread> cables_;
    std::thread thread_;
};

}  // namespace usagectl::test
