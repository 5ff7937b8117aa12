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

TEST_CASE("ftps: a full disk stops the transfer, and it goes on when there is room") {
    Authority authority;
    const FtpServer server(authority.issue());
    test::check_full_disk(*open_remote(options(authority, server.port())), server.home());
}

TEST_CASE("ftps: a connection that died between two calls is replaced unnoticed") {
    Authority authority;
    const FtpServer server(authority.issue());
    test::TcpProxy cable(server.port());
    const auto folder = open_remote(options(authority, cable.port()));
    CHECK(folder->list().empty());
    cable.cut();
    CHECK(folder->list().empty());
    CHECK(cable.connections() == 2);
}

TEST_CASE("ftps: one that dies at a call is replaced at the next") {
    Authority authority;
    const FtpServer server(authority.issue());
    test::TcpProxy cable(server.port());
    const auto folder = open_remote(options(authority, cable.port()));
    CHECK(folder->list().empty());
    cable.cut_after(0);
    const auto error = error_of([&] { folder->move("a", "done"); });
    CHECK(error.code == "network_cut");
    CHECK(error.retryable);
    CHECK(error.message.find("it may have been done") != std::string::npos);
    CHECK(folder->list().empty());
    CHECK(cable.connections() == 2);
}

TEST_CASE("ftps: a transfer that stands still is left") {
    Authority authority;
    const FtpServer server(authority.issue());
    server.home().write("big.csv", test::sample(3'000'000));
    test::TcpProxy proxy;
    auto with = options(authority, server.port());
    with.connection.proxy = "http://127.0.0.1:" + std::to_string(proxy.port());
    with.connection.stall = std::chrono::milliseconds(50);
    proxy.hold_after(1'000'000);
    const Scratch here;
    const auto error =
        error_of([&] { open_remote(with)->fetch("big.csv", here.path("part"), {}); });
    CHECK(error.code == "network_timeout");
    CHECK(error.retryable);
    CHECK(error.message.find("not a byte for 50 ms") != std::string::npos);
}

TEST_CASE("ftps: an interruption ends a transfer, and what came is kept") {
    Authority authority;
    const FtpServer server(authority.issue());
    server.home().write("big.csv", test::sample(3'000'000));
    auto with = options(authority, server.port());
    bool interrupted = false;
    with.connection.interrupted = [&interrupted] { return interrupted; };
    const Scratch here;
    const auto error = error_of([&] {
        open_remote(with)->fetch("big.csv", here.path("part"), [&](std::uint64_t bytes) {
            interrupted = bytes > 0;
            return true;
        });
    });
    CHECK(error.code == "interrupted");
    CHECK(error.exit == Exit::interrupted);
    CHECK_FALSE(error.retryable);
    CHECK(std::filesystem::file_size(here.path("part")) > 0);
}
