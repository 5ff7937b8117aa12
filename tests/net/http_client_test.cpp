// SPDX-License-Identifier: MIT
// What is sent and what comes back.
#include "net/http_checks.hpp"
#include "net/raw_server.hpp"
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

TEST_CASE("a request arrives as it was made, and its answer comes back whole") {
    test::Authority authority;
    WebRequest seen;
    const WebServer server(authority.issue(), [&](const WebRequest& request) {
        seen = request;
        return WebAnswer{201, "made\0it", {{"X-Made", "yes"}}};
    });
    const auto client = make_http_client(trusting(authority));
    const auto answer = client->send(
        {.method = "POST",
         .url = server.url("/a/b?c=d"),
         .headers = {{"Content-Type", "application/json"}},
         .secret_headers = {{"Authorization", Secret("Bearer t0ken")}},
         .body = Secret(R"({"x":1})")}
    );
    REQUIRE(answer);
    CHECK(answer->status == 201);
    CHECK(answer->body == "made\0it");
    CHECK(answer->header("x-made") == "yes");
    CHECK(answer->header("X-Made").empty());
    CHECK(seen.method == "POST");
    CHECK(seen.path == "/a/b");
    CHECK(seen.body == R"({"x":1})");
    CHECK(seen.header("Content-Type") == "application/json");
    CHECK(seen.header("Authorization") == "Bearer t0ken");
    CHECK(seen.headers.count("Expect") == 0);
    CHECK(seen.header("User-Agent") == "usagectl");
}

TEST_CASE("a header without a value is sent without one") {
    RawServer server([](const std::string&, const Socket& client) {
        client.write(ok_answer);
        return false;
    });
    const auto client = make_http_client({});
    REQUIRE(client->send({.url = server.url(), .headers = {{"X-Empty", ""}, {"Accept", ""}}}));
    const auto head = server.requests().at(0) + "\r\n";
    CHECK(head.find("\r\nX-Empty:\r\n") != std::string::npos);
    CHECK(head.find("\r\nAccept:\r\n") != std::string::npos);
}

TEST_CASE("each request has its own method, headers and body") {
    test::Authority authority;
    WebRequest seen;
    const WebServer server(authority.issue(), [&](const WebRequest& request) {
        seen = request;
        return WebAnswer{};
    });
    const auto client = make_http_client(trusting(authority));
    const auto send = [&](HttpRequest request) {
        request.url = server.url();
        REQUIRE(client->send(request));
    };
    send(
        {.method = "POST",
         .secret_headers = {{"Authorization", Secret("Bearer t0ken")}},
         .body = Secret("abc")}
    );
    CHECK(seen.body == "abc");
    send({});
    CHECK(seen.method == "GET");
    CHECK(seen.body.empty());
    CHECK(seen.headers.count("Authorization") == 0);
    send({.method = "PUT"});
    CHECK(seen.method == "PUT");
    CHECK(seen.body.empty());
    CHECK(seen.header("Content-Length") == "0");
    send({.method = "HEAD"});
    CHECK(seen.method == "HEAD");
    send({.method = "DELETE"});
    CHECK(seen.method == "DELETE");
    send({});
    CHECK(seen.method == "GET");
    CHECK(server.requests() == 6);
}

TEST_CASE("a redirect is an answer, and nobody else gets the password") {
    test::Authority authority;
    const WebServer other(authority.issue(), [](const WebRequest&) { return WebAnswer{}; });
    const int status = GENERATE(301, 302, 303, 307, 308);
    const WebServer server(authority.issue(), [&](const WebRequest&) {
        return WebAnswer{status, "", {{"Location", other.url("/")}}};
    });
    const auto client = make_http_client(trusting(authority));
    const auto answer = client->send(
        {.url = server.url(), .secret_headers = {{"Authorization", Secret("Bearer t0ken")}}}
    );
    REQUIRE(answer);
    CHECK(answer->status == status);
    CHECK(answer->header("location") == other.url("/"));
    CHECK(server.requests() == 1);
    CHECK(other.requests() == 0);
}

TEST_CASE("an answer is never longer than allowed") {
    RawServer server([](const std::string& head, const Socket& client) {
        if (head.starts_with("GET /headers"))
            client.write("HTTP/1.1 200 OK\r\nX-Long: " + std::string(2000, 'x') + "\r\n\r\n");
        else if (head.starts_with("GET /endless"))
            client.write("HTTP/1.1 200 OK\r\n\r\n" + std::string(100'000, 'x'));
        else
            client.write(ok_answer);
        return false;
    });
    const auto client = make_http_client({.max_answer = 1000});
    const auto path = GENERATE("/headers", "/endless");
    CAPTURE(path);
    const auto none = no_answer(*client, {.url = server.url(path)});
    CHECK(none.error.code == "answer_too_large");
    CHECK(none.error.exit == Exit::unavailable);
    CHECK_FALSE(none.error.retryable);
    CHECK(none.sent);
    CHECK(client->send({.url = server.url("/small")}));
}

TEST_CASE("repeatable requests share a connection") {
    test::Authority authority;
    const WebServer server(authority.issue(), [](const WebRequest& request) {
        return WebAnswer{200, request.header("REMOTE_PORT")};
    });
    const auto client = make_http_client(trusting(authority));
    const HttpRequest request{.url = server.url(), .repeatable = true};
    const auto first = client->send(request);
    const auto second = client->send(request);
    REQUIRE(first);
    REQUIRE(second);
    CHECK_FALSE(first->body.empty());
    CHECK(first->body == second->body);
}

TEST_CASE("a line is logged for each request, without what must not be seen") {
    RawServer server([](const std::string& head, const Socket& client) {
        if (head.starts_with("GET /cut"))
            return false;
        client.write(
            "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nX-Request-Id: r-77\x1b[31m\r\n\r\nSECRET"
        );
        return false;
    });
    std::vector<std::string> log;
    const auto client =
        make_http_client({.log = [&](std::string line) { log.push_back(std::move(line)); }});
    const auto send = [&](const char* path) {
        return client->send(
            {.url = server.url(path),
             .headers = {{"X-Plain", "SECRET"}},
             .secret_headers = {{"Authorization", Secret("SECRET")}},
             .body = {},
             .label = "reading"}
        );
    };
    CHECK(send("/a/b?key=SECRET"));
    CHECK_FALSE(send("/cut?key=SECRET"));
    REQUIRE(log.size() == 2);
    CHECK(log[0].starts_with("reading: GET 127.0.0.1/a/b 200 "));
    CHECK(log[0].ends_with(" ms request id r-77?[31m"));
    CHECK(log[1].starts_with("reading: GET 127.0.0.1/cut network_cut "));
    for (const auto& line : log)
        CHECK(line.find("SECRET") == std::string::npos);
}
