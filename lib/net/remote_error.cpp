// SPDX-License-Identifier: MIT
#include "net/remote_error.hpp"

#include <utility>

#include "base/assert.hpp"

namespace usagectl::net {
namespace {

std::string file_of(const RemoteWork& work) {
    return work.known_hosts.value_or("FILE");
}

std::string keyscan(const RemoteWork& work) {
    const std::string port = work.url.port == usual_port(RemoteScheme::sftp)
                                 ? std::string()
                                 : "-p " + std::to_string(work.url.port) + " ";
    return "ssh-keyscan -t ed25519,ecdsa " + port + work.url.bare_host() + " >> " + file_of(work);
}

Error unknown_key(const RemoteWork& work, const std::string& why) {
    const std::string key = "no host key of " + work.options.known_as;
    const std::string message =
        work.known_hosts ? key + " that can be used is in " + *work.known_hosts : key + " is known";
    // There is a reason when there is a key.
    const std::string other =
        why.empty() ? "" : ", or give its fingerprint as host_key_sha256 if it has no other key";
    return {
        Exit::refused,
        "host_key_unknown",
        message + why + "; nothing was sent",
        keyscan(work) +
            ", check the fingerprint (ssh-keygen -lf) against what its operator says, "
            "and name the file in setting known_hosts" +
            other};
}

Error changed_key(const RemoteWork& work, const std::string& shown) {
    if (work.options.host_key_sha256) {
        return {
            Exit::refused,
            "host_key_changed",
            work.url.host + " shows a host key whose fingerprint is " +
                (shown.empty() ? "another one" : shown) +
                ", not SHA256:" + *work.options.host_key_sha256 + "; nothing was sent",
            "ask its operator for the fingerprint of its Ed25519 or ECDSA key"};
    }
    return {
        Exit::refused,
        "host_key_changed",
        work.url.host + " shows another host key than the one known; nothing was sent",
        "ask its operator whether the key was changed; if so, take the old one out (ssh-keygen -R "
        "'" +
            work.options.known_as + "' -f " + file_of(work) + ") and add the new one"};
}

Error failed_handshake(const RemoteWork& work, const std::string& detail) {
    return {
        Exit::refused,
        "host_key_unknown",
        work.url.host + " and this program agree on no way to speak SSH (" + detail +
            "); nothing was sent",
        "it may have a host key of another kind now: ask its operator, and add its Ed25519 or "
        "ECDSA key (" +
            keyscan(work) + ")"};
}

// The server says itself that it may do later what it refuses now.
bool passes(const RemoteUrl& url, int status) {
    if (url.scheme == RemoteScheme::ftps)
        return status >= 400 && status < 500;
    return status == 408 || status == 429 || status >= 500;
}

std::string login_hint(const TransferOptions& options) {
    return options.identity_file
               ? "check the user, and that the server knows the key; it must be Ed25519 or ECDSA, "
                 "for RSA keys do not work"
               : "check the user and the password";
}

std::string why_of(const Outcome& outcome) {
    return outcome.detail.empty() ? std::string() : ": " + outcome.detail;
}
std::string state_of(const RemoteWork& work) {
    return work.state.empty() ? std::string() : "; " + work.state;
}

// The network's doing: it may pass.
Error network_error(const RemoteWork& work, const Outcome& outcome) {
    const std::string& host = work.url.host;
    const std::string why = why_of(outcome);
    const auto error = [](const char* code, std::string message, std::string hint) {
        return Error{Exit::unavailable, code, std::move(message), std::move(hint), true};
    };
    if (outcome.trouble == Trouble::unreachable) {
        return error(
            "network_unreachable",
            host + " cannot be reached" + why + "; nothing was sent",
            "check the address, the network and the proxy"
        );
    }
    if (outcome.trouble == Trouble::timeout) {
        return error(
            "network_timeout",
            work.what + ": " + host + " is too slow" + why + state_of(work),
            "run the command again"
        );
    }
    return error(
        "network_cut",
        work.what + ": the connection to " + host + " ended" + why + state_of(work),
        "run the command again"
    );
}

// Who they are, or who we are, is not proved.
Error trust_error(const RemoteWork& work, const Outcome& outcome) {
    const std::string& host = work.url.host;
    const std::string why = why_of(outcome);
    const auto refused = [](const char* code, std::string message, std::string hint) {
        return Error{Exit::refused, code, std::move(message), std::move(hint)};
    };
    switch (outcome.trouble) {
    case Trouble::certificate:
        return refused(
            "certificate_refused",
            "the certificate of " + host + " is refused" + why + "; nothing was sent",
            outcome.cure
        );
    case Trouble::no_tls:
        return refused(
            "tls_refused",
            host + " does not go over to TLS; no password was sent in the clear",
            "ask its operator for FTP over TLS, or try implicit TLS, often on port 990"
        );
    case Trouble::host_key_unknown:
        return unknown_key(work, why);
    case Trouble::host_key_changed:
        return changed_key(work, outcome.detail);
    case Trouble::handshake:
        return failed_handshake(work, outcome.detail);
    case Trouble::login:
        return refused(
            "login_refused",
            host + " does not let user " + (work.url.user.empty() ? "anonymous" : work.url.user) +
                " in" + why,
            login_hint(work.options)
        );
    default:
        USAGECTL_ASSERT(outcome.trouble == Trouble::login);
        return {};
    }
}

}  // namespace

Error remote_error(const RemoteWork& work, const Outcome& outcome) {
    const std::string& host = work.url.host;
    const std::string state = state_of(work);
    switch (outcome.trouble) {
    case Trouble::none:
        break;
    case Trouble::unreachable:
    case Trouble::timeout:
    case Trouble::cut:
        return network_error(work, outcome);
    case Trouble::certificate:
    case Trouble::no_tls:
    case Trouble::host_key_unknown:
    case Trouble::host_key_changed:
    case Trouble::handshake:
    case Trouble::login:
        return trust_error(work, outcome);
    case Trouble::missing:
        return {
            Exit::not_found,
            "remote_missing",
            work.what + ": it is not there, or not for this user to see" + state,
            "check the folder in the address"};
    case Trouble::not_resumed:
        return {
            Exit::unavailable,
            "resume_refused",
            work.what + ": there is more of it here than on " + host + state,
            "remove the local part and run the command again"};
    case Trouble::refused:
    case Trouble::unsupported:
        return {
            Exit::unavailable,
            "remote_refused",
            work.what + ": " + host + " refused" + why_of(outcome) + state,
            "check what the user may do there",
            passes(work.url, outcome.status)};
    case Trouble::redirected:
        return {
            Exit::refused,
            "remote_redirected",
            work.what + ": " + host + " sends elsewhere, which is not followed",
            "give the address it sends to, if you trust it"};
    case Trouble::too_large:
        return {
            Exit::unavailable,
            "listing_too_large",
            "the listing of " + work.url.shown() + " is longer than " +
                std::to_string(work.options.connection.max_answer) + " bytes",
            "move what was taken to another folder"};
    case Trouble::stopped:
    case Trouble::interrupted:
        return {Exit::interrupted, "interrupted", work.what + ": interrupted" + state};
    }
    USAGECTL_ASSERT(outcome.trouble != Trouble::none);
    return {};
}

}  // namespace usagectl::net
