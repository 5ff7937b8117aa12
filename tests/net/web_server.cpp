// SPDX-License-Identifier: MIT
#include "net/web_server.hpp"

#include <httplib.h>

#include <atomic>
#include <stdexcept>
#include <thread>

namespace usagectl::test {

struct WebServer::State {
    State(const Certificate& certificate, Handler given)
        : handler(std::move(given))
        , server(certificate.certificate.c_str(), certificate.key.c_str()) {}

    Handler handler;
    httplib::SSLServer server;
    std::atomic<int> requests{0};
    int port = 0;
    std::thread thread;
};

std::string WebRequest::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

WebServer::WebServer(const Certificate& certificate, Handler handler)
    : state_(std::make_unique<State>(certificate, std::move(handler))) {
    State& state = *state_;
    const auto serve = [&state](const httplib::Request& request, httplib::Response& response) {
        ++state.requests;
        WebRequest asked{request.method, request.path, {}, request.body};
        for (const auto& [name, value] : request.headers)
            asked.headers.emplace(name, value);
        const WebAnswer answer = state.handler(asked);
        // Ranges are the handler's business: cpp-httplib would cut an answer of status 200 as well.
        const_cast<httplib::Request&>(request).ranges.clear();
        response.status = answer.status;
        for (const auto& [name, value] : answer.headers)
            response.set_header(name, value);
        response.set_content(answer.body, answer.type);
    };
    state.server.set_keep_alive_timeout(1);
    const std::string any = ".*";
    state.server.Get(any, serve);
    state.server.Post(any, serve);
    state.server.Put(any, serve);
    state.server.Delete(any, serve);
    state.port = state.server.bind_to_any_port("127.0.0.1");
    if (state.port <= 0)
        throw std::runtime_error("the web server has no port");
    state.thread = std::thread([&state] { state.server.listen_after_bind(); });
    while (!state.server.is_running())
        std::this_thread::yield();
}

WebServer::~WebServer() {
    state_->server.stop();
    state_->thread.join();
}

int WebServer::port() const {
    return state_->port;
}

std::string WebServer::url(const std::string& path) const {
    return "https://localhost:" + std::to_string(port()) + path;
}

int WebServer::requests() const {
    return state_->requests;
}

}  // namespace usagectl::test
