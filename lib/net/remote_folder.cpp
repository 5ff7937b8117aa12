// SPDX-License-Identifier: MIT
#include "net/remote_folder.hpp"

#include <utility>

#include "base/secret_file.hpp"
#include "net/allowed_hosts.hpp"
#include "net/known_hosts.hpp"
#include "net/net_folder.hpp"
#include "net/remote_error.hpp"
#include "net/remote_url.hpp"
#include "net/retrying_folder.hpp"

namespace usagectl::net {
namespace {

[[noreturn]] void fail(Exit exit, const char* code, std::string message, std::string hint) {
    throw Failure(Error{exit, code, std::move(message), std::move(hint), false});
}

template <class T>
T value_or_throw(Result<T> result) {
    if (!result)
        throw Failure(std::move(result.error()));
    return std::move(*result);
}

Protocol protocol_of(const RemoteUrl& url, std::optional<Ftps> ftps) {
    constexpr std::uint16_t implicit_port = 990;
    if (url.scheme == RemoteScheme::sftp)
        return Protocol::sftp;
    if (url.scheme == RemoteScheme::https)
        return Protocol::https;
    const auto usual = url.port == implicit_port ? Ftps::implicit : Ftps::explicit_;
    return ftps.value_or(usual) == Ftps::implicit ? Protocol::ftps_implicit
                                                  : Protocol::ftps_explicit;
}

// As curl compares it: base64, neither SHA256: in front nor = behind.
std::string fingerprint(std::string text) {
    constexpr std::string_view prefix = "SHA256:";
    if (text.starts_with(prefix))
        text.erase(0, prefix.size());
    while (text.ends_with('='))
        text.pop_back();
    const bool sound = text.size() == 43 &&
                       text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                              "0123456789+/") == std::string::npos;
    if (!sound) {
        fail(
            Exit::usage,
            "host_key_malformed",
            "the host key's fingerprint is not a SHA-256 in base64",
            "give it as ssh-keygen -l prints it: SHA256: and 43 characters"
        );
    }
    return text;
}

void require_login(const RemoteUrl& url, const TransferOptions& options) {
    if (url.scheme == RemoteScheme::https)
        return;
    if (url.user.empty()) {
        fail(
            Exit::usage,
            "remote_user_missing",
            "no user is given for " + url.shown(),
            "put it before the host: " + std::string(scheme_name(url.scheme)) + "://USER@" +
                url.host
        );
    }
    if (options.identity_file) {
        if (auto sound = check_secret_file(*options.identity_file); !sound)
            throw Failure(std::move(sound.error()));
    } else if (options.password.empty()) {
        fail(
            Exit::not_found,
            "secret_missing",
            "there is no password for " + url.user + " at " + url.shown(),
            url.scheme == RemoteScheme::sftp ? "name a file that holds it, or a private key"
                                             : "name a file that holds it"
        );
    }
}

// With a fingerprint known_hosts has no say.
void find_host_keys(
    const RemoteUrl& url, const std::optional<std::string>& file, TransferOptions& transfer
) {
    if (transfer.host_key_sha256)
        return;
    if (file)
        transfer.host_keys =
            known_keys(value_or_throw(read_known_hosts(*file)), url.bare_host(), url.port);
    // libssh2 1.10 can use an RSA key with SHA-1 only, which OpenSSH refuses since 8.8; and asked
    // for one, it copies memory over itself.
    const bool rsa = std::erase_if(transfer.host_keys, [](const HostKey& key) {
                         return key.kind == "ssh-rsa";
                     }) > 0;
    if (transfer.host_keys.empty()) {
        const std::string why = rsa ? "its RSA key is of no use here" : "";
        throw Failure(
            remote_error({url, transfer, file, {}, {}}, {Trouble::host_key_unknown, 0, why, {}})
        );
    }
}

void require_allowed(const RemoteUrl& url, const ConnectionOptions& connection) {
    if (!host_allowed(connection.allowed_hosts, url.host)) {
        fail(
            Exit::refused,
            "host_not_allowed",
            url.host + " is not among the hosts that may be spoken to; nothing was sent",
            "if it is the right one, add it to the allowed hosts"
        );
    }
}

}  // namespace

std::unique_ptr<app::RemoteFolder> open_remote(const RemoteOptions& options) {
    auto url = value_or_throw(parse_remote_url(options.url));
    if (url.user.empty())
        url.user = options.user;
    require_allowed(url, options.connection);
    TransferOptions transfer{
        .protocol = protocol_of(url, options.ftps),
        .host = url.host,
        .port = url.port,
        .user = url.user,
        .password = options.password,
        .identity_file = url.scheme == RemoteScheme::sftp ? options.identity_file : std::nullopt,
        .known_as = known_name(url.bare_host(), url.port),
        .connection = options.connection,
    };
    if (options.host_key_sha256)
        transfer.host_key_sha256 = fingerprint(*options.host_key_sha256);
    require_login(url, transfer);
    if (url.scheme == RemoteScheme::sftp)
        find_host_keys(url, options.known_hosts, transfer);
    auto folder = std::make_unique<NetFolder>(NetFolderOptions{
        .url = std::move(url),
        .transfer = std::move(transfer),
        .known_hosts = options.known_hosts,
        .clock = options.clock,
        .durable = options.durable,
    });
    return std::make_unique<RetryingFolder>(
        std::move(folder),
        options.retry,
        system_sleeper(options.connection.interrupted),
        system_random(),
        options.connection.log
    );
}

}  // namespace usagectl::net
