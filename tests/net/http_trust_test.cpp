// SPDX-License-Identifier: MIT
// Whom the program speaks to, and whom it does not.
#include <catch2/catch.hpp>

#include "net/connection.hpp"
#include "net/raw_server.hpp"
#include "net/web_server.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::Authority;
using test::RawServer;
using test::Socket;
using test::WebAnswer;
using test::WebRequest;
using test::WebServer;

namespace {

// A server's port differs each time a case is run; what GENERATE gave the first time stays.
std::string with_port(std::string form, int port) {
    const auto at = form.find("PORT");
    return at == std::string::npos ? form : form.replace(at, 4, std::to_string(port));
}

WebAnswer nothing(const WebRequest&) {
    return {};
}

void check_refused(
    const WebServer& server,
    const ConnectionOptions& options,
    const std::string& why,
    const std::string& cure
) {
    const auto client = make_http_client(options);
    const auto answer = client->send(
        {.method = "POST",
         .url = server.url(),
         .secret_headers = {{"Authorization", Secret("Bearer t0ken")}},
         .body = Secret("x")}
    );
    REQUIRE_FALSE(answer);
    const auto& none = answer.error();
    CHECK(none.error.code == "certificate_refused");
    CHECK(none.error.exit == Exit::refused);
    CHECK_FALSE(none.error.retryable);
    CHECK_FALSE(none.sent);
    CAPTURE(none.error.message);
    CHECK(none.error.message.find(why) != std::string::npos);
    CHECK(none.error.message.find("nothing was sent") != std::string::npos);
    CAPTURE(none.error.hint);
    CHECK(none.error.hint.find(cure) != std::string::npos);
    CHECK(server.requests() == 0);
}

}  // namespace

TEST_CASE("a certificate of an authority of our own is taken when its file is given") {
    Authority authority;
    const WebServer server(authority.issue(), nothing);
    const auto client = make_http_client({.ca_file = authority.file()});
    REQUIRE(client->send({.url = server.url()}));
    CHECK(server.requests() == 1);
}

TEST_CASE("an authority that is not known is refused") {
    Authority authority;
    const WebServer server(authority.issue(), nothing);
    check_refused(server, {}, "unable to get local issuer certificate", "as ca_file");
}

TEST_CASE("the authority given is the only one") {
    Authority authority;
    const Authority other("Another authority");
    const WebServer server(authority.issue(), nothing);
    check_refused(server, {.ca_file = other.file()}, "certificate", "as ca_file");
}

TEST_CASE("an expired certificate is refused") {
    Authority authority;
    const WebServer server(authority.issue("DNS:localhost", true), nothing);
    check_refused(server, {.ca_file = authority.file()}, "expired", "renew");
}

TEST_CASE("another host's certificate is refused") {
    Authority authority;
    const WebServer server(authority.issue("DNS:other.example,IP:127.0.0.1"), nothing);
    check_refused(
        server,
        {.ca_file = authority.file()},
        "no alternative certificate subject name matches target host name 'localhost'",
        "use the name in the address that the certificate is for"
    );
}

TEST_CASE("a file of authorities that is not there is no trust at all") {
    Authority authority;
    const WebServer server(authority.issue(), nothing);
    check_refused(server, {.ca_file = "/nonexistent/ca.pem"}, "/nonexistent/ca.pem", "can be read");
}

TEST_CASE("only hosts on the list are spoken to, whatever way their name is written") {
    Authority authority;
    const WebServer server(authority.issue(), nothing);
    const auto client =
        make_http_client({.ca_file = authority.file(), .allowed_hosts = {"localhost"}});
    REQUIRE(client->send({.url = server.url()}));
    // PORT stands for the server's.
    const std::string form = GENERATE(
        "https://127.0.0.1:PORT/",
        "https://2130706433:PORT/",
        "https://0x7f.1:PORT/",
        "https://localhost.evil.test:PORT/",
        "https://evil.test:PORT/localhost",
        "https://evil.test:PORT#@localhost/",
        "https://evil.test:PORT?@localhost/"
    );
    const std::string url = with_port(form, server.port());
    CAPTURE(url);
    const auto answer = client->send({.url = url});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().error.code == "host_not_allowed");
    CHECK(answer.error().error.exit == Exit::refused);
    CHECK_FALSE(answer.error().sent);
    CHECK(server.requests() == 1);
}

TEST_CASE("an address that is not https, or holds a password, is not used") {
    RawServer server([](const std::string&, const Socket& client) {
        client.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        return false;
    });
    struct Row {
        const char* form;
        const char* code;
    };
    const auto row = GENERATE(
        Row{"http://example.com:PORT/", "url_malformed"},
        Row{"http://10.0.0.1/", "url_malformed"},
        Row{"http://127.0.0.1.evil.test:PORT/", "url_malformed"},
        Row{"file:///etc/passwd", "url_malformed"},
        Row{"ftp://127.0.0.1:PORT/", "url_malformed"},
        Row{"gopher://127.0.0.1:PORT/", "url_malformed"},
        Row{"127.0.0.1:PORT/", "url_malformed"},
        Row{"", "url_malformed"},
        Row{"https://", "url_malformed"},
        Row{"https://a b/", "url_malformed"},
        Row{"https://h/\r\nX: y", "url_malformed"},
        Row{"http://u:hunter2@127.0.0.1:PORT/", "secret_in_url"},
        Row{"http://hunter2@127.0.0.1:PORT/", "secret_in_url"}
    );
    CAPTURE(row.form);
    const auto client = make_http_client({});
    const auto answer = client->send({.url = with_port(row.form, server.port())});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().error.code == row.code);
    CHECK(answer.error().error.exit == Exit::usage);
    CHECK(answer.error().error.message.find("hunter2") == std::string::npos);
    CHECK_FALSE(answer.error().sent);
    CHECK(server.connections() == 0);
}

TEST_CASE("a header cannot end its line") {
    RawServer server([](const std::string&, const Socket&) { return false; });
    const auto client = make_http_client({});
    CHECK_THROWS(client->send({.url = server.url(), .headers = {{"X", "a\r\nY: b"}}}));
    CHECK_THROWS(client->send({.url = server.url(), .headers = {{"X:\r\nY", "b"}}}));
    CHECK_THROWS(client->send({.method = "GET / HTTP/1.1\r\nX: y\r\n\r\nGET", .url = server.url()})
    );
    const HttpRequest request{
        .url = server.url(), .secret_headers = {{"Authorization", Secret("a\nb")}}};
    CHECK_THROWS(client->send(request));
    CHECK(server.connections() == 0);
}
