// SPDX-License-Identifier: MIT
// Folders over FTPS, against proftpd, which wants every data connection to take up the TLS session
// of its control connection.
#include <catch2/catch.hpp>

#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>

#include "net/file_servers.hpp"
#include "net/folder_checks.hpp"
#include "net/raw_server.hpp"
#include "net/remote_folder.hpp"
#include "net/tcp_proxy.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::Authority;
using test::error_of;
using test::FtpServer;
using test::FtpSettings;
using test::Scratch;

namespace {

std::string url(int port, const std::string& path = "/") {
    return "ftps://localhost:" + std::to_string(port) + path;
}

RemoteOptions options(const Authority& authority, int port, bool implicit = false) {
    return {
        .url = url(port),
        .ftps = implicit ? Ftps::implicit : Ftps::explicit_,
        .user = "meter",
        .password = Secret("pass word"),
        .connection = {.ca_file = authority.file()},
        .retry = {.attempts = 1}};
}

}  // namespace

TEST_CASE("ftps: list, fetch, move and remove, with AUTH TLS and without, TLS 1.2 and 1.3") {
    Authority authority;
    const FtpSettings settings{
        .implicit = GENERATE(false, true), .tls = GENERATE("TLSv1.2", "TLSv1.3")};
    CAPTURE(settings.implicit, settings.tls);
    const FtpServer server(authority.issue(), settings);
    const auto folder = open_remote(options(authority, server.port(), settings.implicit));
    CHECK(folder->shown() == url(server.port()));
    test::check_whole_life(*folder, server.home(), "remote_refused");
}

TEST_CASE("ftps: a server without MLSD is listed by LIST") {
    Authority authority;
    const FtpServer server(authority.issue(), {.mlsd = false});
    server.home().write("in/a b.csv", "12345");
    std::filesystem::create_directory(server.home().path("in/sub"));
    auto with = options(authority, server.port());
    with.url = url(server.port(), "/in/");
    const auto folder = open_remote(with);
    for (int i = 0; i < 2; ++i) {
        const auto files = folder->list();
        REQUIRE(files.size() == 1);
        CHECK(files[0].name == "a b.csv");
        CHECK(files[0].size == 5);
        CHECK(files[0].modified);
    }
}

TEST_CASE("ftps: MLSD's times are exact") {
    Authority authority;
    const FtpServer server(authority.issue());
    const auto file = server.home().write("a", "x");
    const timespec at{1'790'000'001, 0};
    const std::array<timespec, 2> times{at, at};
    REQUIRE(::utimensat(AT_FDCWD, file.c_str(), times.data(), 0) == 0);
    const auto files = open_remote(options(authority, server.port()))->list();
    REQUIRE(files.size() == 1);
    CHECK(files[0].modified == instant(1'790'000'001));
}

TEST_CASE("ftps: a part goes on where it ended") {
    Authority authority;
    const FtpServer server(authority.issue());
    test::check_resume(*open_remote(options(authority, server.port())), server.home());
}

TEST_CASE("ftps: a cut in the middle leaves a part, and the next call goes on with it") {
    Authority authority;
    const FtpServer server(authority.issue());
    test::TcpProxy proxy;  // which the connections for data go through as well
    auto with = options(authority, server.port());
    with.connection.proxy = "http://127.0.0.1:" + std::to_string(proxy.port());
    const auto folder = open_remote(with);
    CHECK(folder->list().empty());
    proxy.cut_after(1'000'000);
    test::check_cut(*folder, server.home(), [](auto) {});
}

TEST_CASE("ftps: all work goes over one connection") {
    Authority authority;
    const FtpServer server(authority.issue());
    test::TcpProxy cable(server.port());
    const auto folder = open_remote(options(authority, cable.port()));
    test::check_many(*folder, server.home(), 50);
    CHECK(cable.connections() == 1);
}

TEST_CASE("ftps: a dead connection is replaced at the next call") {
    Authority authority;
    const FtpServer server(authority.issue());
    test::TcpProxy cable(server.port());
    const auto folder = open_remote(options(authority, cable.port()));
    server.home().write("a", "x");
    CHECK(folder->list().size() == 1);
    cable.cut_after(0);
    const auto error = error_of([&] { static_cast<void>(folder->list()); });
    // libcurl may have noticed in time.
    if (!error.code.empty()) {
        CHECK(error.code == "network_cut");
        CHECK(error.retryable);
    }
    CHECK(folder->list().size() == 1);
}

TEST_CASE("ftps: who does not let us in, and whom we do not trust") {
    Authority authority;
    const Authority other("Another authority");
    const bool expired = GENERATE(false, true);
    const FtpServer server(authority.issue("DNS:localhost", expired));
    auto with = options(authority, server.port());
    const auto error = [&] {
        return error_of([&] { static_cast<void>(open_remote(with)->list()); });
    };
    if (expired) {
        CHECK(error().code == "certificate_refused");
        CHECK(error().message.find("expired") != std::string::npos);
        CHECK(server.log().find("USER") == std::string::npos);
        return;
    }
    SECTION("a wrong password") {
        with.password = Secret("hunter2");
        CHECK(error().code == "login_refused");
        CHECK(error().exit == Exit::refused);
        CHECK(error().message.find("meter") != std::string::npos);
        CHECK((error().message + error().hint).find("hunter2") == std::string::npos);
    }
    SECTION("an unknown authority") {
        with.connection.ca_file = other.file();
        CHECK(error().code == "certificate_refused");
        CHECK(error().exit == Exit::refused);
        CHECK_FALSE(error().retryable);
    }
    SECTION("another host's certificate") {
        with.url = "ftps://127.0.0.1:" + std::to_string(server.port()) + "/";
        CHECK(error().code == "certificate_refused");
    }
    SECTION("a folder that is not there") {
        with.url = url(server.port(), "/none/");
        CHECK(error().code == "remote_missing");
        CHECK(error().exit == Exit::not_found);
    }
    SECTION("a file that is not there") {
        const Scratch here;
        const auto missing =
            error_of([&] { open_remote(with)->fetch("none.csv", here.path("none.csv"), {}); });
        CHECK(missing.code == "remote_missing");
        CHECK(missing.message.find("none.csv") != std::string::npos);
    }
    SECTION("nobody there") {
        const test::HeldPort port;
        with.url = url(port.number());
        CHECK(error().code == "network_unreachable");
        CHECK(error().retryable);
    }
    SECTION("implicit TLS where the server begins in plain") {
        with.ftps = Ftps::implicit;
        CHECK(error().code == "network_unreachable");
    }
}

TEST_CASE("ftps: a server without TLS gets no password") {
    Authority authority;
    const FtpServer server(authority.issue(), {.encrypted = false});
    const auto error = error_of([&] {
        static_cast<void>(open_remote(options(authority, server.port()))->list());
    });
    CHECK(error.code == "tls_refused");
    CHECK(error.exit == Exit::refused);
}

TEST_CASE("ftps: a server that says nothing is left") {
    test::RawServer server([](const std::string&, const test::Socket&) { return false; });
    Authority authority;
    auto with = options(authority, server.port());
    with.connection.connect = std::chrono::milliseconds(100);
    const auto error = error_of([&] { static_cast<void>(open_remote(with)->list()); });
    CHECK(error.code == "network_timeout");
    CHECK(error.retryable);
}

TEST_CASE("ftps: a full disk stops the transfer, and it goes on when there is room") {
    Authority authority;
    const FtpServer server(authority.issue());
    test::check_full_disk(*open_remote(options(authority, server.port())), server.home());
}
