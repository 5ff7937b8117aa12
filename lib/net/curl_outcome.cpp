// SPDX-License-Identifier: MIT
#include "net/curl_outcome.hpp"

#include <algorithm>
#include <array>
#include <system_error>

namespace usagectl::net {
namespace {

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string why_not_connected(const CurlHandle& handle) {
    const auto error = static_cast<int>(handle.info<long>(CURLINFO_OS_ERRNO));
    return error == 0 ? "no connection"
                      : "no connection: " + std::generic_category().message(error);
}

// What is the same for every protocol.
Outcome read_common(const CurlHandle& handle, CURLcode code) {
    Outcome outcome{trouble_of(code, handle.stop()), handle.status(), {}, {}};
    if (outcome.trouble != Trouble::none && outcome.trouble != Trouble::stopped)
        outcome.detail = reason(handle, code);
    if (outcome.trouble == Trouble::certificate)
        outcome.cure = certificate_cure(handle, code);
    return outcome;
}

Trouble trouble_of_http_status(int status) {
    constexpr std::array<int, 5> elsewhere{301, 302, 303, 307, 308};
    if (std::find(elsewhere.begin(), elsewhere.end(), status) != elsewhere.end())
        return Trouble::redirected;
    if (status == 401 || status == 403)
        return Trouble::login;
    return status == 404 || status == 410 ? Trouble::missing : Trouble::refused;
}

// "… mismatch sha256 fingerprint. Remote KEY is not equal to KEY"
std::string shown_fingerprint(const std::string& said) {
    constexpr std::string_view before = "Remote ";
    const std::size_t begin = said.find(before);
    const std::size_t end = said.find(" is not equal");
    if (begin == std::string::npos || end == std::string::npos)
        return {};
    return "SHA256:" + said.substr(begin + before.size(), end - begin - before.size());
}

// Of an operation on a file or folder that failed. libssh2 tells a server's refusal from a lost
// connection by its words only.
Trouble trouble_of_sftp_words(const std::string& said) {
    if (has(said, "No such file") || has(said, "File not found"))
        return Trouble::missing;
    for (const auto* refusal :
         {"Permission denied",
          "Operation failed",
          "not supported",
          "already exists",
          "protected",
          "Disk full",
          "quota",
          "not empty",
          "Not a directory",
          "Invalid filename"}) {
        if (has(said, refusal))
            return Trouble::refused;
    }
    return Trouble::cut;
}

}  // namespace

Trouble trouble_of(CURLcode code, Stop stop) {
    switch (stop) {
    case Stop::too_large:
        return Trouble::too_large;
    case Stop::stalled:
        return Trouble::timeout;
    case Stop::interrupted:
        return Trouble::interrupted;
    case Stop::sink:
        return Trouble::stopped;
    case Stop::none:
        break;
    }
    switch (code) {
    case CURLE_OK:
        return Trouble::none;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_PROXY:
    case CURLE_SSL_CONNECT_ERROR:
        return Trouble::unreachable;
    case CURLE_OPERATION_TIMEDOUT:
        return Trouble::timeout;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        return Trouble::certificate;
    case CURLE_USE_SSL_FAILED:
        return Trouble::no_tls;
    case CURLE_LOGIN_DENIED:
        return Trouble::login;
    case CURLE_REMOTE_FILE_NOT_FOUND:
        return Trouble::missing;
    case CURLE_RANGE_ERROR:
    case CURLE_BAD_DOWNLOAD_RESUME:
    case CURLE_FTP_COULDNT_USE_REST:
        return Trouble::not_resumed;
    case CURLE_REMOTE_ACCESS_DENIED:
    case CURLE_QUOTE_ERROR:
        return Trouble::refused;
    default:
        return Trouble::cut;
    }
}

std::string reason(const CurlHandle& handle, CURLcode code) {
    if (handle.stop() == Stop::stalled)
        return "not a byte for " + std::to_string(handle.options().stall.count()) + " ms";
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return "its name cannot be resolved";
    case CURLE_COULDNT_RESOLVE_PROXY:
        return "the proxy's name cannot be resolved";
    case CURLE_COULDNT_CONNECT:
        return why_not_connected(handle);
    case CURLE_PROXY:
        return "the proxy does not connect to it";
    case CURLE_SSL_CONNECT_ERROR:
        return "TLS 1.2 or newer could not be set up";
    case CURLE_GOT_NOTHING:
        return "it closed the connection without an answer";
    case CURLE_OPERATION_TIMEDOUT:
        return "no end after " + std::to_string(handle.elapsed_ms()) + " ms";
    case CURLE_PARTIAL_FILE:
        return "the connection ended before the last byte";
    default:
        return trouble_of(code, handle.stop()) == Trouble::certificate ? handle.said()
                                                                       : curl_easy_strerror(code);
    }
}

std::string certificate_cure(const CurlHandle& handle, CURLcode code) {
    // Of <openssl/x509_vfy.h>, which CURLINFO_SSL_VERIFYRESULT quotes.
    constexpr long unspecified = 1;  // the name is looked at first
    constexpr long not_yet_valid = 9;
    constexpr long expired = 10;
    const auto fault = handle.info<long>(CURLINFO_SSL_VERIFYRESULT);
    if (code == CURLE_SSL_CACERT_BADFILE)
        return "ca_file must name a file of certificates (PEM) that can be read";
    if (fault == expired || fault == not_yet_valid)
        return "its operator has to renew it, unless the clock of this machine is wrong";
    if (fault == unspecified)
        return "use the name in the address that the certificate is for";
    return "if it is of an authority of your own, set that one's certificate as ca_file";
}

Outcome read_ftp(const CurlHandle& handle, CURLcode code) {
    Outcome outcome = read_common(handle, code);
    if (handle.stop() != Stop::none)
        return outcome;
    const int status = outcome.status;
    switch (code) {
    case CURLE_REMOTE_ACCESS_DENIED:  // the folder cannot be gone into
        outcome.trouble = Trouble::missing;
        break;
    case CURLE_OPERATION_TIMEDOUT:  // curl's name for status 421, which a busy server says as well
        if (status == 421) {
            outcome.trouble = Trouble::refused;
            outcome.detail = "it answered with 421";
        }
        break;
    case CURLE_FTP_COULDNT_RETR_FILE:
    case CURLE_QUOTE_ERROR:
    case CURLE_WEIRD_SERVER_REPLY:
        if (status < 400)
            break;
        outcome.detail = "it answered with " + std::to_string(status);
        outcome.trouble = status == 500 || status == 502 || status == 504 ? Trouble::unsupported
                          : status == 550 && code == CURLE_FTP_COULDNT_RETR_FILE ? Trouble::missing
                                                                                 : Trouble::refused;
        break;
    default:
        break;
    }
    return outcome;
}

Outcome read_https(const CurlHandle& handle, CURLcode code, int wanted) {
    Outcome outcome = read_common(handle, code);
    const bool answered = code == CURLE_OK || code == CURLE_HTTP_RETURNED_ERROR;
    if (handle.stop() == Stop::none && answered && outcome.status != wanted) {
        outcome.trouble = trouble_of_http_status(outcome.status);
        outcome.detail = "status " + std::to_string(outcome.status);
    }
    return outcome;
}

Outcome read_sftp(const CurlHandle& handle, CURLcode code, curl_khmatch host_key) {
    Outcome outcome = read_common(handle, code);
    if (outcome.trouble == Trouble::none || handle.stop() != Stop::none)
        return outcome;
    const std::string said = handle.said();
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
        outcome.trouble =
            host_key == CURLKHMATCH_MISSING ? Trouble::host_key_unknown : Trouble::host_key_changed;
        outcome.detail = host_key == CURLKHMATCH_OK ? shown_fingerprint(said) : std::string();
        outcome.cure.clear();
        break;
    case CURLE_FAILED_INIT:
        // LIBSSH2_ERROR_KEX_FAILURE; with any other number the connection ended.
        outcome.trouble = has(said, ": -5,") ? Trouble::handshake : Trouble::cut;
        outcome.detail = said;
        break;
    case CURLE_QUOTE_ERROR:
    case CURLE_SSH:
        outcome.trouble = trouble_of_sftp_words(said);
        outcome.detail = said.empty() ? "no more was heard of it" : said;
        break;
    case CURLE_REMOTE_ACCESS_DENIED:
        outcome.detail = said;
        break;
    default:
        break;
    }
    return outcome;
}

std::string printable(std::string_view text, std::size_t most) {
    std::string clean(text.substr(0, most));
    std::replace_if(
        clean.begin(), clean.end(), [](char c) { return c < ' ' || c > '~'; }, '?'
    );
    return clean;
}

}  // namespace usagectl::net
