// SPDX-License-Identifier: MIT
// Host keys: nothing is said to a server that has not shown one known beforehand.
#include <catch2/catch.hpp>

#include "net/ssh_checks.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::Child;
using test::fresh_host_key;
using test::list_error;
using test::Scratch;
using test::ssh_options;
using test::SshServer;

namespace {

// known_hosts of these lines, with every name hashed.
std::string hashed(const Scratch& scratch, const std::string& lines) {
    const auto file = scratch.write("hashed", lines);
    REQUIRE(Child({"ssh-keygen", "-q", "-H", "-f", file}).wait() == 0);
    REQUIRE(scratch.read("hashed").find("127.0.0.1") == std::string::npos);
    return file;
}

}  // namespace

TEST_CASE("a host whose key is in known_hosts is spoken to") {
    const SshServer server;
    auto with = ssh_options(server);
    with.known_hosts = server.known_hosts();
    CHECK(open_remote(with)->list().empty());
}

TEST_CASE("known_hosts decides which of a server's keys is shown") {
    const SshServer server("ed25519 ecdsa rsa");
    auto with = ssh_options(server);
    const std::string kind = GENERATE("ed25519", "ecdsa");
    with.known_hosts = server.known_hosts(server.host_key(kind));
    CHECK(open_remote(with)->list().empty());
}

TEST_CASE("a host is known by the files that people have") {
    const SshServer server;
    const Scratch scratch;
    const std::string name = "[127.0.0.1]:" + std::to_string(server.port());
    const std::string line = name + " " + server.host_key() + "\n";
    const std::string rsa = " " + fresh_host_key(scratch, "rsa") + "\n";
    const std::string ecdsa = " " + fresh_host_key(scratch, "ecdsa") + "\n";
    auto with = ssh_options(server);
    for (const auto& file :
         {hashed(scratch, "other.example" + rsa + "another.example" + ecdsa + line),
          scratch.write("others", "other.example" + rsa + "# a comment\n\ngarbage\n" + line),
          scratch.write("keyscan", name + rsa + name + ecdsa + line),
          scratch.write("pattern", "other.example,[127.0.0.*]:* " + server.host_key()),
          scratch.write("windows", name + " " + server.host_key() + "\r\n")}) {
        CAPTURE(file);
        with.known_hosts = file;
        CHECK(open_remote(with)->list().empty());
    }
}

TEST_CASE("where a server has no key of the best kind known, the next is asked for") {
    const SshServer server("ecdsa");
    const Scratch scratch;
    const std::string name = "[127.0.0.1]:" + std::to_string(server.port()) + " ";
    auto with = ssh_options(server);
    with.known_hosts = scratch.write(
        "two", name + fresh_host_key(scratch) + "\n" + name + server.host_key("ecdsa") + "\n"
    );
    CHECK(open_remote(with)->list().empty());
    with.known_hosts = scratch.write("one", name + scratch.read("ed25519.pub"));
    const auto error = list_error(with);
    CHECK(error.code == "host_key_unknown");
    CHECK(error.message.find("nothing was sent") != std::string::npos);
    CHECK(error.hint.find("ssh-keyscan") != std::string::npos);
}

TEST_CASE("a key that was revoked is refused") {
    const SshServer server;
    const Scratch scratch;
    auto with = ssh_options(server);
    const std::string line =
        "[127.0.0.1]:" + std::to_string(server.port()) + " " + server.host_key() + "\n";
    with.known_hosts = scratch.write("revoked", line + "@revoked * " + server.host_key() + "\n");
    CHECK(list_error(with).code == "host_key_unknown");
    with.known_hosts = scratch.write(
        "replaced",
        line + "@revoked * " + server.host_key() +
            "\n[127.0.0.1]:" + std::to_string(server.port()) + " " + fresh_host_key(scratch) + "\n"
    );
    CHECK(list_error(with).code == "host_key_changed");
}

TEST_CASE("a known_hosts that cannot be read is no trust at all") {
    const SshServer server;
    auto with = ssh_options(server);
    with.known_hosts = server.files().path();
    CHECK(list_error(with).code == "known_hosts_unreadable");
}

TEST_CASE("a host that is not in known_hosts is refused, and the error says how to add it") {
    const SshServer server;
    const Scratch scratch;
    auto with = ssh_options(server);
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
    auto with = ssh_options(server);
    with.known_hosts = server.known_hosts(fresh_host_key(scratch));
    const auto error = list_error(with);
    CHECK(error.code == "host_key_changed");
    CHECK(error.exit == Exit::refused);
    CHECK(error.message.find("nothing was sent") != std::string::npos);
    CHECK(error.hint.find("ssh-keygen -R") != std::string::npos);
}

TEST_CASE("an RSA key in known_hosts is of no use, and the error says what is") {
    const SshServer server("rsa");
    auto with = ssh_options(server);
    with.known_hosts = server.known_hosts(server.host_key("rsa"));
    const auto error = list_error(with);
    CHECK(error.code == "host_key_unknown");
    CHECK(error.message.find("RSA") != std::string::npos);
    CHECK(error.hint.find("ssh-keyscan -t ed25519,ecdsa") != std::string::npos);
    CHECK(error.hint.find("host_key_sha256") != std::string::npos);
}

TEST_CASE("a host whose fingerprint is known is spoken to, with and without SHA256:") {
    const SshServer server;
    auto with = ssh_options(server);
    const auto fingerprint = server.fingerprint();
    REQUIRE(fingerprint.starts_with("SHA256:"));
    for (const auto& text : {fingerprint, fingerprint.substr(7), fingerprint + "="}) {
        CAPTURE(text);
        with.host_key_sha256 = text;
        CHECK(open_remote(with)->list().empty());
    }
}

TEST_CASE("a fingerprint may be of any of a server's keys") {
    const SshServer server("ed25519 ecdsa");
    auto with = ssh_options(server);
    with.host_key_sha256 = server.fingerprint(GENERATE("ed25519", "ecdsa"));
    CHECK(open_remote(with)->list().empty());
}

TEST_CASE("a host with another fingerprint is refused, whatever known_hosts says") {
    const SshServer server;
    const SshServer other;
    auto with = ssh_options(server);
    with.host_key_sha256 = other.fingerprint();
    if (GENERATE(false, true))
        with.known_hosts = server.known_hosts();
    const auto error = list_error(with);
    CHECK(error.code == "host_key_changed");
    CHECK(error.message.find(server.fingerprint()) != std::string::npos);
    CHECK(error.message.find(other.fingerprint()) != std::string::npos);
}
