// SPDX-License-Identifier: MIT
// What module "net" does for remote folders, and no more: single operations on one connection, and
// what became of them. Names, listings, files and messages are remote_folder.cpp's.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "net/connection.hpp"
#include "net/known_hosts.hpp"

namespace usagectl::net {

enum class Protocol { ftps_implicit, ftps_explicit, sftp, https };

struct TransferOptions {
    Protocol protocol = Protocol::sftp;
    std::string host = {};  // as a URL has it
    std::uint16_t port = 0;
    std::string user = {};
    Secret password = {};
    std::optional<std::string> identity_file = {};
    std::string known_as = {};                        // SFTP: the host as known_hosts names it
    std::vector<HostKey> host_keys = {};              // SFTP: any of these; not none, but with
    std::optional<std::string> host_key_sha256 = {};  // this, without its prefix, which decides
    ConnectionOptions connection = {};
};

enum class Trouble {
    none,
    unreachable,       // no name, no connection, no TLS
    timeout,           // one of the limits of ConnectionOptions
    cut,               // the connection ended in the middle
    certificate,       // not what it should be
    no_tls,            // the server does not go over to TLS
    host_key_unknown,  // none is known
    host_key_changed,  // another one than is known, or another fingerprint
    handshake,         // SSH: no algorithm in common, nor a kind of host key
    login,
    missing,      // the file or the folder
    not_resumed,  // the server cannot go on at the offset
    refused,      // a command; `detail` says what the server answered
    unsupported,  // a command the server does not know
    redirected,   // HTTP: to another address
    too_large,    // more than max_answer
    stopped,      // by the sink
    interrupted,  // by ConnectionOptions::interrupted
};

struct Outcome {
    Trouble trouble = Trouble::none;
    int status = 0;           // FTP's or HTTP's, where there was one
    std::string detail = {};  // for people: printable, without secrets; may be empty
    std::string cure = {};    // of a refused certificate
};

// Paths are percent-encoded and begin with a slash, as in the URL.
class Transfer {
public:
    Transfer() = default;
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;
    virtual ~Transfer() = default;

    // The server's listing of `folder`, as it says it: by MLSD when asked to, else LIST; `ls -l`
    // lines over SFTP; the index page over HTTPS.
    virtual Outcome list(const std::string& folder, bool mlsd, std::string& text) = 0;
    // Bytes from `offset` on go to `sink`, which also gets an empty piece about once a second;
    // false stops. What `sink` throws comes out of fetch().
    virtual Outcome fetch(
        const std::string& file,
        std::uint64_t offset,
        const std::function<bool(std::string_view)>& sink
    ) = 0;
    // FTP or SFTP commands, in the folder with FTP, at home with SFTP. One that begins with `*` may
    // fail.
    virtual Outcome command(const std::string& folder, const std::vector<std::string>& lines) = 0;
};

inline constexpr const char* transfer_symbol = "usagectl_open_transfer";
inline constexpr const char* http_client_symbol = "usagectl_open_http_client";

// The caller owns what they give. They do not connect yet.
using OpenTransfer = Transfer*(const TransferOptions& options);
using OpenHttpClient = HttpClient*(const ConnectionOptions& options);

}  // namespace usagectl::net
