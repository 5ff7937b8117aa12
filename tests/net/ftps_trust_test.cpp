// SPDX-License-Identifier: MIT
// Whom we trust over FTPS, and what those get who are not trusted.
#include <catch2/catch.hpp>

#include "net/file_servers.hpp"
#include "net/folder_checks.hpp"
#include "net/raw_server.hpp"
#include "net/remote_folder.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::Authority;
using test::error_of;
using test::FtpServer;
using test::RawServer;
using test::Scratch;
using test::Socket;

namespace {

std::string url(int port, const std::string& path = "/") {
    return "ftps://localhost:" + std::to_string(port) + path;
}

RemoteOptions options(const Authority& authority, int port) {
    return {
        .url = url(port),
        .ftps = Ftps::explicit_,
        .user = "meter",
        .password = Secret("pass word"),
        .connection = {.ca_file = authority.file()},
        .retry = {.attempts = 1}};
}

Error list_error(const RemoteOptions& with) {
    return error_of([&] { static_cast<void>(open_remote(with)->list()); });
}

}  // namespace

TEST_CASE("ftps: a server that is not trusted gets nothing, and the error says what to do") {
    Authority authority;
    const Authority other("Another authority");
    enum class Fault { expired, unknown, misnamed };
    const auto fault = GENERATE(Fault::expired, Fault::unknown, Fault::misnamed);
    CAPTURE(fault);
    const FtpServer server(authority.issue("DNS:localhost", fault == Fault::expired));
    auto with = options(authority, server.port());
    std::string cure = "renew";
    if (fault == Fault::unknown) {
        with.connection.ca_file = other.file();
        cure = "as ca_file";
    } else if (fault == Fault::misnamed) {
        with.url = "ftps://127.0.0.1:" + std::to_string(server.port()) + "/";
        cure = "use the name in the address";
    }
    const auto error = list_error(with);
    CHECK(error.code == "certificate_refused");
    CHECK(error.exit == Exit::refused);
    CHECK_FALSE(error.retryable);
    CHECK(error.message.find("nothing was sent") != std::string::npos);
    CHECK(error.hint.find(cure) != std::string::npos);
    CHECK(server.log().find("USER") == std::string::npos);
}

TEST_CASE("ftps: a wrong password is refused, and shown to nobody") {
    Authority authority;
    const FtpServer server(authority.issue());
    auto with = options(authority, server.port());
    with.password = Secret("hunter2");
    std::vector<std::string> log;
    with.connection.log = [&log](std::string line) { log.push_back(std::move(line)); };
    const auto error = list_error(with);
    CHECK(error.code == "login_refused");
    CHECK(error.exit == Exit::refused);
    CHECK_FALSE(error.retryable);
    CHECK(error.message.find("meter") != std::string::npos);
    CHECK((error.message + error.hint).find("hunter2") == std::string::npos);
    REQUIRE(log.size() == 1);
    CHECK(log[0].starts_with("ftps localhost/ 530 failed "));
    CHECK(log[0].find("hunter2") == std::string::npos);
}

TEST_CASE("ftps: what is not there is missing") {
    Authority authority;
    const FtpServer server(authority.issue());
    auto with = options(authority, server.port());
    const Scratch here;
    const auto file =
        error_of([&] { open_remote(with)->fetch("none.csv", here.path("none.csv"), {}); });
    CHECK(file.code == "remote_missing");
    CHECK(file.exit == Exit::not_found);
    CHECK(file.message.find("none.csv") != std::string::npos);
    with.url = url(server.port(), "/none/");
    CHECK(list_error(with).code == "remote_missing");
}

TEST_CASE("ftps: nobody there, and TLS at once where the server begins in plain") {
    Authority authority;
    const test::HeldPort nobody;
    const auto error = list_error(options(authority, nobody.number()));
    CHECK(error.code == "network_unreachable");
    CHECK(error.retryable);

    const FtpServer server(authority.issue());
    auto with = options(authority, server.port());
    with.ftps = Ftps::implicit;
    CHECK(list_error(with).code == "network_unreachable");
}

TEST_CASE("ftps: a server without TLS is told neither user nor password") {
    const auto answer = GENERATE("500 what?\r\n", "504 not that\r\n", "431 not now\r\n");
    CAPTURE(answer);
    RawServer server(
        [&](const std::string&, const Socket& client) {
            client.write(answer);
            return true;
        },
        "220 come in\r\n",
        "\r\n"
    );
    Authority authority;
    const auto error = list_error(options(authority, server.port()));
    CHECK(error.code == "tls_refused");
    CHECK(error.exit == Exit::refused);
    CHECK(error.hint.find("990") != std::string::npos);
    const auto said = server.requests();
    REQUIRE_FALSE(said.empty());
    for (const auto& line : said)
        CHECK((line.starts_with("AUTH ") || line == "QUIT"));
}

TEST_CASE("ftps: proftpd without TLS is left as well") {
    Authority authority;
    const FtpServer server(authority.issue(), {.encrypted = false});
    CHECK(list_error(options(authority, server.port())).code == "tls_refused");
}

TEST_CASE("ftps: a server that is too busy to greet us may have time later") {
    RawServer server(
        [](const std::string&, const Socket&) { return false; }, "421 too many\r\n", "\r\n"
    );
    Authority authority;
    const auto error = list_error(options(authority, server.port()));
    CHECK(error.code == "remote_refused");
    CHECK(error.message.find("421") != std::string::npos);
    CHECK(error.retryable);
}

TEST_CASE("ftps: a server that says nothing is left") {
    RawServer server([](const std::string&, const Socket& client) { return test::hang(client); });
    Authority authority;
    auto with = options(authority, server.port());
    with.connection.connect = std::chrono::milliseconds(100);
    with.connection.stall = std::chrono::milliseconds(1);  // counts once there is a connection
    const auto error = list_error(with);
    CHECK(error.code == "network_timeout");
    CHECK(error.message.find("no end after") != std::string::npos);
    CHECK(error.retryable);
}
