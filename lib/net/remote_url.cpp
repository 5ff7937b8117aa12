// SPDX-License-Identifier: MIT
#include "net/remote_url.hpp"

#include <algorithm>
#include <optional>

#include "base/number.hpp"

namespace usagectl::net {
namespace {

tl::unexpected<Error> malformed(std::string message) {
    return refuse(
        Exit::usage,
        "remote_url_malformed",
        std::move(message),
        "give ftps://USER@HOST/DIR/, sftp://USER@HOST/DIR/ or https://HOST/DIR/"
    );
}

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return std::nullopt;
}

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    });
}

// Takes scheme:// off.
std::optional<RemoteScheme> take_scheme(std::string_view& url) {
    for (const auto scheme : {RemoteScheme::ftps, RemoteScheme::sftp, RemoteScheme::https}) {
        const std::string begins = std::string(scheme_name(scheme)) + "://";
        if (url.starts_with(begins)) {
            url.remove_prefix(begins.size());
            return scheme;
        }
    }
    return std::nullopt;
}

bool sound_host(std::string_view host) {
    if (host.starts_with('[')) {
        return host.size() > 3 && host.ends_with(']') && host.find(':') != std::string_view::npos &&
               host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdef:.") ==
                   std::string_view::npos;
    }
    return !host.empty() && host.size() <= 253 && host.front() != '-' && host.front() != '.' &&
           std::all_of(host.begin(), host.end(), [](char c) {
               return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
           });
}

Result<void> take_host(std::string_view text, RemoteUrl& url) {
    const std::size_t bracket = text.rfind(']');
    const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
    url.port = usual_port(url.scheme);
    if (colon != std::string_view::npos) {
        const auto port = parse_integer(text.substr(colon + 1), 1, 65535);
        if (!port)
            return malformed("the port of the remote folder is not a number from 1 to 65535");
        url.port = static_cast<std::uint16_t>(*port);
    }
    url.host = text.substr(0, colon);
    for (char& c : url.host)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!sound_host(url.host))
        return malformed("the host of the remote folder is not a host name or address");
    return {};
}

Result<void> take_path(std::string_view text, RemoteUrl& url) {
    // An unescaped @ here is more likely the end of a password that holds a slash.
    if (text.find('@') != std::string_view::npos)
        return malformed("the path of the remote folder holds @: write it as %40");
    if (text.find_first_of("?#") != std::string_view::npos)
        return malformed("the URL of a remote folder has no query: write ? as %3F and # as %23");
    url.path = percent_decoded(text);
    if (url.path.empty() || url.path.back() != '/')
        url.path += '/';
    if (has_control(url.path))
        return malformed("the path of the remote folder holds a control character");
    if (url.path.find("/../") != std::string::npos || url.path.find("/./") != std::string::npos)
        return malformed("the path of the remote folder holds . or ..");
    return {};
}

}  // namespace

std::string_view scheme_name(RemoteScheme scheme) {
    switch (scheme) {
    case RemoteScheme::ftps:
        return "ftps";
    case RemoteScheme::sftp:
        return "sftp";
    case RemoteScheme::https:
        break;
    }
    return "https";
}

std::uint16_t usual_port(RemoteScheme scheme) {
    switch (scheme) {
    case RemoteScheme::ftps:
        return 21;
    case RemoteScheme::sftp:
        return 22;
    case RemoteScheme::https:
        break;
    }
    return 443;
}

std::string RemoteUrl::bare_host() const {
    return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

std::string RemoteUrl::shown() const {
    std::string text(scheme_name(scheme));
    text.append("://").append(host);
    if (port != usual_port(scheme))
        text.append(":").append(std::to_string(port));
    return text.append(percent_encoded(path));
}

Result<RemoteUrl> parse_remote_url(std::string_view url) {
    RemoteUrl parsed;
    const auto scheme = take_scheme(url);
    if (!scheme)
        return malformed("the URL of a remote folder begins with ftps://, sftp:// or https://");
    parsed.scheme = *scheme;
    const std::size_t slash = std::min(url.find('/'), url.size());
    std::string_view authority = url.substr(0, slash);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        const std::string_view user = authority.substr(0, at);
        if (user.find(':') != std::string_view::npos) {
            return refuse(
                Exit::usage,
                "secret_in_url",
                "the URL of the remote folder holds a password",
                "leave it out, and change it: command lines are seen by others; keep it in a file "
                "only you can read, or ask a credential helper"
            );
        }
        parsed.user = percent_decoded(user);
        if (parsed.user.empty() || has_control(parsed.user))
            return malformed("the user of the remote folder is empty or holds control characters");
        authority.remove_prefix(at + 1);
    }
    if (auto taken = take_host(authority, parsed); !taken)
        return tl::unexpected(taken.error());
    if (auto taken = take_path(url.substr(slash), parsed); !taken)
        return tl::unexpected(taken.error());
    return parsed;
}

std::string percent_encoded(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : path) {
        if (is_letter_or_digit(c) || std::string_view("-._~/").find(c) != std::string_view::npos) {
            encoded += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        encoded.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
    return encoded;
}

std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size();
        const auto high = escape ? hex_digit(text[i + 1]) : std::nullopt;
        const auto low = escape ? hex_digit(text[i + 2]) : std::nullopt;
        if (!high || !low) {
            decoded += text[i];
            continue;
        }
        decoded += static_cast<char>(*high * 16 + *low);
        i += 2;
    }
    return decoded;
}

}  // namespace usagectl::net
