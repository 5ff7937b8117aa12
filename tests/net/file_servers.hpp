// SPDX-License-Identifier: MIT
// proftpd and sshd on 127.0.0.1, each with a folder of its own, gone with the test. Both run as
// whoever runs the test.
#pragma once

#include <memory>
#include <string>

#include "net/certificates.hpp"
#include "net/child.hpp"
#include "net/socket.hpp"
#include "support/scratch.hpp"

namespace usagectl::test {

struct FtpSettings {
    bool implicit = false;
    std::string tls = "TLSv1.2 TLSv1.3";
    bool mlsd = true;
    bool encrypted = true;  // false: plain FTP only
};

class FtpServer {
public:
    explicit FtpServer(const Certificate& certificate, const FtpSettings& settings = {});

    [[nodiscard]] int port() const { return port_.number(); }
    // The folder the user `meter` with password `pass word` is put in.
    [[nodiscard]] const Scratch& home() const { return home_; }
    [[nodiscard]] std::string log() const { return scratch_.read("log"); }

private:
    Scratch scratch_;
    Scratch home_;
    HeldPort port_;
    std::unique_ptr<Child> child_;
};

class SshServer {
public:
    // `host_keys`: words of "ed25519 ecdsa rsa".
    explicit SshServer(const std::string& host_keys = "ed25519");

    [[nodiscard]] int port() const { return port_.number(); }
    [[nodiscard]] const Scratch& files() const { return files_; }
    [[nodiscard]] const std::string& user() const { return user_; }
    // The private key that is let in.
    [[nodiscard]] std::string key() const { return scratch_.path("client"); }
    // The public host key of a kind, as known_hosts has it: "ssh-ed25519 AAAA…".
    [[nodiscard]] std::string host_key(const std::string& kind = "ed25519") const;
    // A known_hosts file with this line for this server.
    [[nodiscard]] std::string known_hosts(const std::string& key) const;
    [[nodiscard]] std::string known_hosts() const { return known_hosts(host_key()); }
    [[nodiscard]] std::string fingerprint(const std::string& kind = "ed25519") const;

private:
    Scratch scratch_;
    Scratch files_;
    std::string user_;
    HeldPort port_;
    std::unique_ptr<Child> child_;
};

// A fresh key pair: path of the private one, the public one beside it.
void make_ssh_key(
    const std::string& path, const std::string& kind, const std::string& password = {}
);

}  // namespace usagectl::test
