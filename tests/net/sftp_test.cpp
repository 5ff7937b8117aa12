// SPDX-License-Identifier: MIT
// Folders over SFTP, against OpenSSH.
#include <catch2/catch.hpp>

#include "net/file_servers.hpp"
#include "net/folder_checks.hpp"
#include "net/remote_folder.hpp"
#include "net/tcp_proxy.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::error_of;
using test::Scratch;
using test::SshServer;

namespace {

RemoteOptions options(const SshServer& server, int port = 0) {
    const auto host = "127.0.0.1:" + std::to_string(port == 0 ? server.port() : port);
    return {
        .url = "sftp://" + server.user() + "@" + host + server.files().path(),
        .identity_file = server.key(),
        .host_key_sha256 = server.fingerprint(),
        .retry = {.attempts = 1}};
}

}  // namespace

TEST_CASE("sftp: list, fetch, move and remove") {
    const SshServer server;
    const auto folder = open_remote(options(server));
    CHECK(
        folder->shown() ==
        "sftp://127.0.0.1:" + std::to_string(server.port()) + server.files().path() + "/"
    );
    test::check_whole_life(*folder, server.files(), "remote_missing");
}

TEST_CASE("sftp: a folder below the home directory") {
    const SshServer server;
    server.files().write("in/a.csv", "1");
    auto with = options(server);
    with.url = "sftp://" + server.user() + "@127.0.0.1:" + std::to_string(server.port()) + "/~/in/";
    const auto folder = open_remote(with);
    REQUIRE(folder->list().size() == 1);
    folder->move("a.csv", "old");
    CHECK(server.files().read("in/old/a.csv") == "1");
    server.files().write("in/b.csv", "1");
    folder->move("b.csv", server.files().path("elsewhere"));
    CHECK(server.files().read("elsewhere/b.csv") == "1");
    server.files().write("in/c.csv", "1");
    folder->remove("c.csv");
    CHECK(folder->list().empty());
}

TEST_CASE("sftp: a file that is there already is not replaced by a move") {
    const SshServer server;
    server.files().write("a.csv", "new");
    server.files().write("done/a.csv", "old");
    const auto folder = open_remote(options(server));
    const auto error = error_of([&] { folder->move("a.csv", "done"); });
    CHECK(error.code == "remote_refused");
    CHECK(server.files().read("done/a.csv") == "old");
    CHECK(server.files().read("a.csv") == "new");
}

TEST_CASE("sftp: a part goes on where it ended") {
    const SshServer server;
    test::check_resume(*open_remote(options(server)), server.files());
}

TEST_CASE("sftp: a cut in the middle leaves a part, and the next call goes on with it") {
    const SshServer server;
    test::TcpProxy cable(server.port());
    test::check_cut(*open_remote(options(server, cable.port())), server.files(), [&](auto bytes) {
        if (bytes >= 500'000)
            cable.cut();
    });
    CHECK(cable.connections() == 2);
}

TEST_CASE("sftp: a cut is gone on with unasked, and the log says so") {
    const SshServer server;
    const std::string whole = test::sample(3'000'000);
    server.files().write("big.csv", whole);
    test::TcpProxy cable(server.port());
    auto with = options(server, cable.port());
    with.retry = {.attempts = 2, .base = std::chrono::milliseconds(1)};
    std::vector<std::string> log;
    with.connection.log = [&log](std::string line) { log.push_back(std::move(line)); };
    const Scratch here;
    std::vector<std::uint64_t> heard;
    bool cut = false;
    open_remote(with)->fetch("big.csv", here.path("part"), [&](std::uint64_t bytes) {
        heard.push_back(bytes);
        if (!std::exchange(cut, cut || bytes >= 500'000) && cut)
            cable.cut();
        return true;
    });
    CHECK(here.read("part") == whole);
    CHECK(std::is_sorted(heard.begin(), heard.end()));  // it did not begin again
    CHECK(cable.connections() == 2);
    REQUIRE(log.size() == 3);
    CHECK(log[0].find("/big.csv failed ") != std::string::npos);
    CHECK(log[1].starts_with("fetching 'big.csv': network_cut, again in "));
    CHECK(log[2].find("/big.csv done ") != std::string::npos);
}

TEST_CASE("sftp: all work goes over one connection") {
    const SshServer server;
    test::TcpProxy cable(server.port());
    const auto folder = open_remote(options(server, cable.port()));
    test::check_many(*folder, server.files(), 50);
    CHECK(cable.connections() == 1);
}

TEST_CASE("sftp: a full disk stops the transfer, and it goes on when there is room") {
    const SshServer server;
    test::check_full_disk(*open_remote(options(server)), server.files());
}

TEST_CASE("sftp: what is not there is missing") {
    const SshServer server;
    auto with = options(server);
    const Scratch here;
    const auto file = error_of([&] { open_remote(with)->fetch("none", here.path("x"), {}); });
    CHECK(file.code == "remote_missing");
    CHECK(file.exit == Exit::not_found);
    CHECK(error_of([&] { open_remote(with)->remove("none"); }).code == "remote_missing");
    with.url += "/none/";
    const auto folder = error_of([&] { static_cast<void>(open_remote(with)->list()); });
    CHECK(folder.code == "remote_missing");
}

TEST_CASE("sftp: a connection that died between two calls is replaced unnoticed") {
    const SshServer server;
    test::TcpProxy cable(server.port());
    const auto folder = open_remote(options(server, cable.port()));
    CHECK(folder->list().empty());
    cable.cut();
    CHECK(folder->list().empty());
    CHECK(cable.connections() == 2);
}

TEST_CASE("sftp: a move that is cut may have been made, and is not tried again") {
    const SshServer server;
    server.files().write("a.csv", "1");
    test::TcpProxy cable(server.port());
    auto with = options(server, cable.port());
    with.retry = {};
    const auto folder = open_remote(with);
    CHECK(folder->list().size() == 1);
    cable.cut_after(0);
    const auto error = error_of([&] { folder->move("a.csv", "done"); });
    CHECK(error.code == "network_cut");
    CHECK(error.message.find("it may have been done") != std::string::npos);
    CHECK(cable.connections() == 1);
}

TEST_CASE("sftp: files arrive as well when nobody waits for the disk") {
    const SshServer server;
    auto with = options(server);
    with.durable = false;
    test::check_many(*open_remote(with), server.files(), 5);
}
