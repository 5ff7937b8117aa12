// SPDX-License-Identifier: MIT
// cpp-httplib over TLS, in a thread of the test. The only file that includes it is web_server.cpp.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "net/certificates.hpp"

namespace usagectl::test {

struct WebRequest {
    std::string method;
    std::string path;
    std::multimap<std::string, std::string> headers;
    std::string body;

    // The first header of this name, as it was written; empty without one.
    [[nodiscard]] std::string header(const std::string& name) const;
};

struct WebAnswer {
    int status = 200;
    std::string body = {};
    std::map<std::string, std::string> headers = {};
    std::string type = "text/plain";
};

class WebServer {
public:
    using Handler = std::function<WebAnswer(const WebRequest&)>;  // in a thread of the server

    WebServer(const Certificate& certificate, Handler handler);
    WebServer(const WebServer&) = delete;
    WebServer& operator=(const WebServer&) = delete;
    ~WebServer();

    [[nodiscard]] int port() const;
    [[nodiscard]] std::string url(const std::string& path = "/") const;
    [[nodiscard]] int requests() const;  // that reached the handler

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace usagectl::test
