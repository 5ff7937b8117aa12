// SPDX-License-Identifier: MIT
// Host keys: nothing is said to a server that has not shown the one known beforehand.
#include <catch2/catch.hpp>

#include <sys/stat.h>

#include "net/file_servers.hpp"
#include "net/folder_checks.hpp"
#include "net/remote_folder.hpp"
#include "net/socket.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::error_of;
using test::Scratch;
using test::SshServer;

namespace {

RemoteOptions options(const SshServer& server) {
    return {
        .url = "sftp://" + server.user() + "@127.0.0.1:" + std::to_string(server.port()) +
               server.files().path(),
        .identity_file = server.key(),
        .retry = {.attempts = 1}};
}

Error list_error(const RemoteOptions& with) {
    return error_of([&] { static_cast<void>(open_remote(with)->list()); });
}

std::string fresh_host_key(const Scratch& scratch, const std::string& kind = "ed25519") {
    test::make_ssh_key(scratch.path(kind), kind);
    const auto line = scratch.read(kind + ".pub");
    return line.substr(0, line.rfind(' '));
}

}  // namespace

TEST_CASE("a host whose key is in known_hosts is spoken to") {
    const SshServer server;
    auto with = options(server);
    with.known_hosts = server.known_hosts();
    CHECK(open_remote(with)->list().empty());
}

TEST_CASE("known_hosts decides which of a server's keys is shown") {
    const SshServer server("ed25519 ecdsa rsa");
    auto with = options(server);
    const std::string kind = GENERATE("ed25519", "ecdsa");
    with.known_hosts = server.known_hosts(server.host_key(kind));
    CHECK(open_remote(with)->list().empty());
}

TEST_CASE("a host whose fingerprint is known is spoken to, with and without SHA256:") {
    const SshServer server;
    auto with = options(server);
    const auto fingerprint = server.fingerprint();
    REQUIRE(fingerprint.starts_with("SHA256:"));
    for (const auto& text : {fingerprint, fingerprint.substr(7), fingerprint + "="}) {
        CAPTURE(text);
        with.host_key_sha256 = text;
        CHECK(open_remote(with)->list().empty());
    }
}

TEST_CASE("a host that is not in known_hosts is refused, and the error says how to add it") {
    const SshServer server;
    const Scratch scratch;
    auto with = options(server);
    for (const auto& file :
         {scratch.write("empty", ""),
          scratch.path("none"),
          scratch.write("other-port", "127.0.0.1 " + server.host_key() + "\n"),
          scratch.write("other-host", "h.example " + server.host_key() + "\n")}) {
        CAPTURE(file);
        with.known_hosts = file;
        const auto error = list_error(with);
        CHECK(error.code == "host_key_unknown");
        CHECK(error.exit == Exit::refused);
        CHECK_FALSE(error.retryable);
        const auto port = std::to_string(server.port());
        CHECK(error.message.find("[127.0.0.1]:" + port) != std::string::npos);
        CHECK(
            error.hint.find(
                "ssh-keyscan -t ed25519,ecdsa -p " + port + " 127.0.0.1 >> " + *with.known_hosts
            ) != std::string::npos
        );
        CHECK(error.hint.find("known_hosts") != std::string::npos);
    }
}

TEST_CASE("a host with another key than known_hosts has is refused") {
    const SshServer server;
    const Scratch scratch;
    auto with = options(server);
    with.known_hosts = server.known_hosts(fresh_host_key(scratch));
    const auto error = list_error(with);
    CHECK(error.code == "host_key_changed");
    CHECK(error.exit == Exit::refused);
    CHECK(error.message.find("nothing was sent") != std::string::npos);
    CHECK(error.hint.find("ssh-keygen -R") != std::string::npos);
}

TEST_CASE("a host with another fingerprint is refused, whatever known_hosts says") {
    const SshServer server;
    const SshServer other;
    auto with = options(server);
    with.host_key_sha256 = other.fingerprint();
    if (GENERATE(false, true))
        with.known_hosts = server.known_hosts();
    const auto error = list_error(with);
    CHECK(error.code == "host_key_changed");
    CHECK(error.message.find(server.fingerprint()) != std::string::npos);
    CHECK(error.message.find(other.fingerprint()) != std::string::npos);
}

TEST_CASE("an RSA line in known_hosts is a dead end, and the error says so") {
    const SshServer server("ed25519 rsa");
    auto with = options(server);
    with.known_hosts = server.known_hosts(server.host_key("rsa"));
    const auto error = list_error(with);
    CHECK(error.code == "host_key_unknown");
    CHECK(error.hint.find("RSA") != std::string::npos);
}

TEST_CASE("who is not let in is told what to look at") {
    const SshServer server;
    const Scratch scratch;
    auto with = options(server);
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
    auto with = options(server);
    with.known_hosts = server.known_hosts();
    REQUIRE(::chmod(server.key().c_str(), 0644) == 0);
    const auto error = list_error(with);
    CHECK(error.code == "secret_file_open");
    CHECK(error.hint == "chmod 600 " + server.key());
}

TEST_CASE("an SSH server that is not there may come back") {
    const SshServer server;
    auto with = options(server);
    with.host_key_sha256 = server.fingerprint();
    const test::HeldPort port;
    with.url = "sftp://" + server.user() + "@127.0.0.1:" + std::to_string(port.number()) + "/";
    const auto error = list_error(with);
    CHECK(error.code == "network_unreachable");
    CHECK(error.retryable);
}
