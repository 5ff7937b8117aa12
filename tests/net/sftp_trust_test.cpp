// SPDX-License-Identifier: MIT
// Who lets us in over SSH, and what is said when nobody does.
#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <cstdlib>

#include "net/raw_server.hpp"
#include "net/ssh_checks.hpp"
#include "net/tcp_proxy.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::error_of;
using test::list_error;
using test::Scratch;
using test::ssh_options;
using test::SshServer;

TEST_CASE("who is not let in is told what to look at") {
    const SshServer server;
    const Scratch scratch;
    auto with = ssh_options(server);
    with.known_hosts = server.known_hosts();
    SECTION("a key the server does not know") {
        test::make_ssh_key(scratch.path("other"), "ed25519");
        with.identity_file = scratch.path("other");
    }
    SECTION("a wrong password") {
        with.identity_file.reset();
        with.password = Secret("hunter2");
    }
    SECTION("a key whose password is another one") {
        test::make_ssh_key(scratch.path("locked"), "ed25519", "right one");
        with.identity_file = scratch.path("locked");
        with.password = Secret("hunter2");
    }
    const auto error = list_error(with);
    CHECK(error.code == "login_refused");
    CHECK(error.exit == Exit::refused);
    CHECK_FALSE(error.retryable);
    CHECK((error.message + error.hint).find("hunter2") == std::string::npos);
}

TEST_CASE("a private key that others may read is not used") {
    const SshServer server;
    auto with = ssh_options(server);
    with.known_hosts = server.known_hosts();
    REQUIRE(::chmod(server.key().c_str(), 0644) == 0);
    const auto error = list_error(with);
    CHECK(error.code == "secret_file_open");
    CHECK(error.hint == "chmod 600 " + server.key());
}

TEST_CASE("an SSH server that is not there may come back") {
    const SshServer server;
    auto with = ssh_options(server);
    with.host_key_sha256 = server.fingerprint();
    const test::HeldPort port;
    with.url = "sftp://" + server.user() + "@127.0.0.1:" + std::to_string(port.number()) + "/";
    const auto error = list_error(with);
    CHECK(error.code == "network_unreachable");
    CHECK(error.retryable);
}

TEST_CASE("a server that ends the connection before it has shown a key may come back") {
    const SshServer server;
    test::TcpProxy cable(server.port());
    auto with = ssh_options(server, cable.port());
    with.host_key_sha256 = server.fingerprint();
    const int bytes = GENERATE(0, 10, 100, 1000, 1200);
    CAPTURE(bytes);
    cable.cut_after(bytes);
    const auto error = list_error(with);
    CHECK(error.code == "network_cut");
    CHECK(error.retryable);
    CHECK(open_remote(with)->list().empty());
}

TEST_CASE("what does not speak SSH is left, whether it says something else or nothing") {
    const SshServer server;  // for its keys
    const std::string greeting = GENERATE("220 FTP server ready\r\n", "");
    CAPTURE(greeting);
    test::RawServer other(
        [](const std::string&, const test::Socket& client) { return test::hang(client); }, greeting
    );
    auto with = ssh_options(server, other.port());
    with.host_key_sha256 = server.fingerprint();
    with.connection.connect = std::chrono::milliseconds(200);
    const auto error = list_error(with);
    CHECK(error.code == "network_timeout");
    CHECK(error.retryable);
}

TEST_CASE("sftp goes through a proxy that is configured") {
    const SshServer server;
    const test::TcpProxy proxy;
    auto with = ssh_options(server);
    with.known_hosts = server.known_hosts();
    with.connection.proxy = "http://user:hunter2@127.0.0.1:" + std::to_string(proxy.port());
    ::setenv("no_proxy", "*", 1);  // has no say
    CHECK(open_remote(with)->list().empty());
    ::unsetenv("no_proxy");
    REQUIRE(proxy.requests().size() == 1);
    CHECK(proxy.requests()[0].starts_with("CONNECT 127.0.0.1:" + std::to_string(server.port())));
}
