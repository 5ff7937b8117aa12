// SPDX-License-Identifier: MIT
// Through a proxy, when the configuration says so, and never because of anything else.
#include <array>
#include <cstdlib>

#include "net/http_checks.hpp"
#include "net/raw_server.hpp"
#include "net/tcp_proxy.hpp"
#include "net/web_server.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::no_answer;
using test::ok_answer;
using test::RawServer;
using test::says;
using test::Socket;
using test::trusting;
using test::WebAnswer;
using test::WebRequest;
using test::WebServer;

TEST_CASE("a proxy carries the connection, and sees nothing of what is said over it") {
    test::Authority authority;
    const WebServer server(authority.issue(), [](const WebRequest& request) {
        return WebAnswer{
            200, request.header("Authorization") + request.header("Proxy-Authorization")};
    });
    const test::TcpProxy proxy;
    auto options = trusting(authority);
    options.proxy = "http://user:hunter2@127.0.0.1:" + std::to_string(proxy.port());
    std::vector<std::string> log;
    options.log = [&](std::string line) { log.push_back(std::move(line)); };
    const auto client = make_http_client(options);
    const auto answer = client->send(
        {.url = server.url("/in"), .secret_headers = {{"Authorization", Secret("Bearer t0ken")}}}
    );
    REQUIRE(answer);
    CHECK(answer->body == "Bearer t0ken");
    const auto requests = proxy.requests();
    REQUIRE(requests.size() == 1);
    CHECK(requests[0].starts_with("CONNECT localhost:" + std::to_string(server.port())));
    CHECK(requests[0].find("Proxy-Authorization: Basic dXNlcjpodW50ZXIy") != std::string::npos);
    CHECK(requests[0].find("t0ken") == std::string::npos);
    REQUIRE(log.size() == 1);
    CHECK(log[0].find("hunter2") == std::string::npos);
}

TEST_CASE("a proxy that is not there is said to be missing, and nothing was sent") {
    const test::HeldPort nobody;
    const auto client = make_http_client(
        {.proxy = "http://user:hunter2@127.0.0.1:" + std::to_string(nobody.number())}
    );
    const auto none = no_answer(*client, {.method = "POST", .url = "https://h.example/"});
    CHECK(none.error.code == "network_unreachable");
    CHECK_FALSE(none.sent);
    CHECK(says(none, "proxy"));
    CHECK_FALSE(says(none, "hunter2"));
}

TEST_CASE("what is plain stays on this machine: http is never sent through a proxy") {
    RawServer server([](const std::string&, const Socket& client) {
        client.write(ok_answer);
        return false;
    });
    const test::TcpProxy proxy;
    const auto client =
        make_http_client({.proxy = "http://127.0.0.1:" + std::to_string(proxy.port())});
    CHECK(client->send({.url = server.url()}));
    CHECK(proxy.connections() == 0);
    // Nor is the next request kept from it.
    static_cast<void>(client->send({.url = "https://127.0.0.1:1/"}));
    CHECK(proxy.connections() == 1);
}

TEST_CASE("a proxy that refuses has sent nothing on") {
    RawServer proxy([](const std::string&, const Socket& client) {
        client.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
        return false;
    });
    const auto client =
        make_http_client({.proxy = "http://user:hunter2@127.0.0.1:" + std::to_string(proxy.port())}
        );
    const auto none = no_answer(
        *client,
        {.url = "https://h.example/", .secret_headers = {{"Authorization", Secret("t0ken")}}}
    );
    CHECK_FALSE(none.sent);
    CHECK_FALSE(says(none, "hunter2"));
    const auto requests = proxy.requests();
    REQUIRE_FALSE(requests.empty());
    for (const auto& request : requests) {
        CHECK(request.starts_with("CONNECT h.example:443"));
        CHECK(request.find("t0ken") == std::string::npos);
    }
}

TEST_CASE("neither the environment's proxies nor .netrc have a say") {
    test::Authority authority;
    std::string authorization;
    const WebServer server(authority.issue(), [&](const WebRequest& request) {
        authorization = request.header("Authorization");
        return WebAnswer{};
    });
    const test::Scratch home;
    home.write(".netrc", "machine localhost login somebody password hunter2\n");
    const test::HeldPort nobody;
    const auto nowhere = "http://127.0.0.1:" + std::to_string(nobody.number());
    const std::array<const char*, 4> names{"https_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"};
    for (const auto* name : names)
        ::setenv(name, nowhere.c_str(), 1);
    ::setenv("HOME", home.path().c_str(), 1);
    const auto answer = make_http_client(trusting(authority))->send({.url = server.url()});
    for (const auto* name : names)
        ::unsetenv(name);
    REQUIRE(answer);
    CHECK(authorization.empty());
}

TEST_CASE("the environment cannot keep requests from the proxy that is configured") {
    test::Authority authority;
    const WebServer server(authority.issue(), [](const WebRequest&) { return WebAnswer{}; });
    const test::TcpProxy proxy;
    auto options = trusting(authority);
    options.proxy = "http://127.0.0.1:" + std::to_string(proxy.port());
    for (const auto* name : {"no_proxy", "NO_PROXY"})
        ::setenv(name, "*", 1);
    const auto answer = make_http_client(options)->send({.url = server.url()});
    for (const auto* name : {"no_proxy", "NO_PROXY"})
        ::unsetenv(name);
    REQUIRE(answer);
    CHECK(proxy.connections() == 1);
}
