// SPDX-License-Identifier: MIT
// What the tests of trust over SSH have in common.
#pragma once

#include <string>

#include "net/file_servers.hpp"
#include "net/folder_checks.hpp"
#include "net/remote_folder.hpp"

namespace usagectl::test {

// Nothing says yet which host key is known.
inline net::RemoteOptions ssh_options(const SshServer& server, int port = 0) {
    const auto host = "127.0.0.1:" + std::to_string(port == 0 ? server.port() : port);
    return {
        .url = "sftp://" + server.user() + "@" + host + server.files().path(),
        .identity_file = server.key(),
        .retry = {.attempts = 1}};
}

inline Error list_error(const net::RemoteOptions& with) {
    return error_of([&] { static_cast<void>(net::open_remote(with)->list()); });
}

inline std::string fresh_host_key(const Scratch& scratch, const std::string& kind = "ed25519") {
    make_ssh_key(scratch.path(kind), kind);
    const auto line = scratch.read(kind + ".pub");
    return line.substr(0, line.rfind(' '));
}

}  // namespace usagectl::test
