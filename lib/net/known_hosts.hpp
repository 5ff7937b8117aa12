// SPDX-License-Identifier: MIT
// The keys that a server may show, by a known_hosts file as ssh keeps it (sshd(8), SSH_KNOWN_HOSTS
// FILE FORMAT): names and patterns, hashed names, keys that are revoked. libcurl is told only what
// is found here, for it misreads the files people have: it asks a server for the kind of key in the
// first hashed line, whosever that is, gives up at the first line it cannot read, and takes a
// revoked key.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace usagectl::net {

struct HostKey {
    std::string kind;  // "ssh-ed25519"
    std::string key;   // base64

    bool operator==(const HostKey&) const = default;
};

// Ed25519 first, then ECDSA, then RSA; kinds that libssh2 cannot read, and keys that any line says
// are revoked, left out. `host` in lower case and without brackets. A line counts for a port but 22
// only when it names it, `[host]:port`; ssh(1) is not so strict. Pure.
[[nodiscard]] std::vector<HostKey>
known_keys(std::string_view text, std::string_view host, std::uint16_t port);

// The name a line has for the host: `host`, or `[host]:port` where that is not 22.
[[nodiscard]] std::string known_name(std::string_view host, std::uint16_t port);

// The file's text, none when there is no such file. Error: `known_hosts_unreadable` (5).
[[nodiscard]] Result<std::string> read_known_hosts(const std::string& path);

}  // namespace usagectl::net
