// SPDX-License-Identifier: MIT
// Folders on other people's servers, over FTPS, SFTP or HTTPS (app/remote.hpp). Nothing is sent
// before the server has proved who it is: a verified certificate, or a host key known beforehand.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/remote.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"
#include "net/connection.hpp"
#include "net/retry.hpp"

namespace usagectl::net {

// How FTP comes to be under TLS: from the first byte (port 990), or by AUTH TLS, without which
// nothing else is said.
enum class Ftps { implicit, explicit_ };

struct RemoteOptions {
    // ftps://[USER@]HOST[:PORT]/DIR/, sftp://…, https://…; a slash at the end may be left out.
    // With ftps, DIR is below the folder one is put in at login, `//DIR` is absolute. With sftp,
    // DIR is absolute, `/~/DIR` is below the home directory. Blanks and other bytes as %XX.
    std::string url = {};
    std::optional<Ftps> ftps = {};  // none: implicit at port 990, explicit elsewhere
    std::string user = {};          // when the URL names none
    Secret password = {};           // with identity_file: what that is encrypted with
    std::optional<std::string> identity_file = {};  // sftp: private key, Ed25519 or ECDSA
    std::optional<std::string> known_hosts = {};    // sftp: a file as ssh keeps it
    // sftp: as `ssh-keygen -l` prints it, with or without SHA256: in front. Decides when given.
    std::optional<std::string> host_key_sha256 = {};
    ConnectionOptions connection = {};
    RetryRules retry = {};         // see RetryingFolder
    const Clock* clock = nullptr;  // for dates without a year; none: the system's
    // False: fetch() returns without waiting for the disk (some milliseconds a file), but for what
    // a broken transfer leaves. For who has another copy until the content is safe elsewhere.
    bool durable = true;
};

// Loads libcurl, and reads known_hosts; connects at the first call. One connection serves all
// calls. Throws Failure `secret_in_url`, `remote_url_malformed`, `remote_user_missing`,
// `host_key_malformed` (exit 2), `secret_missing` (3), `host_not_allowed`, `host_key_unknown`,
// `secret_file_open` (4), `known_hosts_unreadable` (5).
[[nodiscard]] std::unique_ptr<app::RemoteFolder> open_remote(const RemoteOptions& options);

}  // namespace usagectl::net
