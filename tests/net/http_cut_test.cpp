// SPDX-License-Identifier: MIT
// How sure it is that nothing was done, when no answer comes, half of one, or two.
#include <future>

#include "net/http_checks.hpp"
#include "net/raw_server.hpp"

using namespace usagectl;
using namespace usagectl::net;
using namespace std::chrono_literals;
using test::no_answer;
using test::ok_answer;
using test::RawServer;
using test::says;
using test::Socket;

TEST_CASE("a connection cut after the request may have done it") {
    const std::string before_the_cut =
        GENERATE("", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
    RawServer server([&](const std::string&, const Socket& client) {
        client.write(before_the_cut);
        return false;
    });
    const auto client = make_http_client({});
    const auto none = no_answer(
        *client, {.method = "POST", .url = server.url(), .body = Secret("x"), .label = "paying"}
    );
    CHECK(none.error.code == "network_cut");
    CHECK(none.error.exit == Exit::unavailable);
    CHECK(none.error.retryable);
    CHECK(none.sent);
    CHECK(says(none, "paying: 127.0.0.1: "));
    CHECK(says(none, "may have been carried out"));
    CHECK(server.requests().size() == 1);
}

TEST_CASE("an answer that is cut is no answer, at whatever byte") {
    struct Row {
        std::string needed;
        const char* rest;  // is not missed
    };
    const auto row = GENERATE(
        Row{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Last: yes\r\n\r\nhello", ""},
        Row{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r", "\n"},
        Row{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Last: yes\r\n\r", "\n"},
        Row{"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nX-Last: yes\r\n\r\n", ""}
    );
    CAPTURE(row.needed);
    std::size_t size = 0;
    RawServer server([&](const std::string&, const Socket& client) {
        client.write((row.needed + row.rest).substr(0, size));
        return false;
    });
    const auto client = make_http_client({});
    for (; size < row.needed.size(); ++size) {
        CAPTURE(size);
        const auto none = no_answer(*client, {.method = "POST", .url = server.url()});
        REQUIRE(none.error.code == "network_cut");
        REQUIRE(none.error.retryable);
        REQUIRE(none.sent);
    }
    size = std::string::npos;
    REQUIRE(client->send({.method = "POST", .url = server.url()}));
    CHECK(server.requests().size() == row.needed.size() + 1);
}

TEST_CASE("a second answer is never taken for the next request's") {
    const bool at_once = GENERATE(true, false);
    CAPTURE(at_once);
    const std::string forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged";
    std::promise<void> asked;
    std::promise<void> said;
    RawServer server([&, number = 0](const std::string&, const Socket& client) mutable {
        if (++number > 1) {
            client.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nmine");
            return false;
        }
        client.write(ok_answer + (at_once ? forged : std::string()));
        asked.get_future().wait();
        if (!at_once)
            client.write(forged);
        said.set_value();
        return true;
    });
    const auto client = make_http_client({});
    const auto first = client->send({.url = server.url(), .repeatable = true});
    asked.set_value();
    said.get_future().wait();
    const auto second = client->send({.url = server.url(), .repeatable = true});
    REQUIRE(first);
    CHECK(first->body == "ok");
    REQUIRE(second);
    CHECK(second->body == "mine");
}

TEST_CASE("a kept connection that has died makes no request arrive twice unasked") {
    // Answers the first request of every connection; closes at the second without a word.
    RawServer server([first = true](const std::string&, const Socket& client) mutable {
        // Before the answer: the next request comes over a connection, and a thread, of its own.
        const bool answers = std::exchange(first, false);
        if (answers)
            client.write(ok_answer);
        return answers;
    });
    const auto client = make_http_client({});
    REQUIRE(client->send({.url = server.url("/first")}));
    const auto none = no_answer(*client, {.method = "POST", .url = server.url("/once")});
    CHECK(none.error.code == "network_cut");
    CHECK(none.sent);
    const auto requests = server.requests();
    REQUIRE(requests.size() == 2);
    CHECK(requests[1].starts_with("POST /once"));
    CHECK(server.connections() == 2);
}

TEST_CASE("an answer that does not come in time may have been given") {
    RawServer server([](const std::string&, const Socket& client) { return test::hang(client); });
    const auto client = make_http_client({});
    const auto none = no_answer(*client, {.method = "POST", .url = server.url(), .total = 50ms});
    CHECK(none.error.code == "network_timeout");
    CHECK(none.error.retryable);
    CHECK(none.sent);
    CHECK(server.requests().size() == 1);
}

TEST_CASE("the shorter of two limits counts") {
    RawServer server([](const std::string&, const Socket& client) { return test::hang(client); });
    const auto client = make_http_client({.total = 50ms});
    const auto none = no_answer(*client, {.url = server.url(), .total = 1h});
    CHECK(none.error.code == "network_timeout");
}

TEST_CASE("a server that stops in the middle is left") {
    RawServer server([](const std::string&, const Socket& client) {
        client.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
        return test::hang(client);
    });
    const auto client = make_http_client({.stall = 50ms});
    const auto none = no_answer(*client, {.url = server.url(), .total = 1h});
    CHECK(none.error.code == "network_timeout");
    CHECK(says(none, "not a byte for 50 ms"));
    CHECK(none.sent);
}

TEST_CASE("an interruption ends the waiting for an answer") {
    RawServer server([](const std::string&, const Socket& client) { return test::hang(client); });
    const auto client = make_http_client({.interrupted = [] { return true; }});
    const auto none = no_answer(*client, {.url = server.url(), .total = 1h});
    CHECK(none.error.code == "interrupted");
    CHECK(none.error.exit == Exit::interrupted);
}

TEST_CASE("what was never connected was never sent") {
    const RawServer silent([](const std::string&, const Socket& client) {
        return test::hang(client);
    });
    const test::HeldPort nobody;
    enum class To { nobody_there, no_such_name, silence, proxy_missing };
    const auto [to, code] = GENERATE(table<To, const char*>({
        {To::nobody_there, "network_unreachable"},
        {To::no_such_name, "network_unreachable"},
        {To::silence, "network_timeout"},
        {To::proxy_missing, "network_unreachable"},
    }));
    CAPTURE(to);
    ConnectionOptions options;
    std::string url = "https://127.0.0.1:" + std::to_string(nobody.number()) + "/";
    if (to == To::no_such_name) {
        url = "https://no-such-host.invalid/";
    } else if (to == To::silence) {
        options.connect = 50ms;
        url = "https://127.0.0.1:" + std::to_string(silent.port()) + "/";
    } else if (to == To::proxy_missing) {
        options.proxy = "http://u:hunter2@127.0.0.1:" + std::to_string(nobody.number());
    }
    const auto client = make_http_client(options);
    const auto none = no_answer(*client, {.method = "POST", .url = url});
    CHECK(none.error.code == code);
    CHECK(none.error.exit == Exit::unavailable);
    CHECK(none.error.retryable);
    CHECK_FALSE(none.sent);
    CHECK(says(none, "nothing was sent"));
    CHECK_FALSE(says(none, "hunter2"));
    CHECK(silent.requests().empty());
}
