// SPDX-License-Identifier: MIT
#include "store/url.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace usagectl::store {
namespace {

constexpr std::string_view mask = "****";

bool is_scheme(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '+' || c == '-' || c == '.';
    });
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// libpq decodes parameter names, so `pass%77ord` is one more way to write it.
std::string percent_decoded(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low < 0) {
            decoded += text[i];
        } else {
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return decoded;
}

// `user:secret@` at the head. A password may hold unescaped `/`, `@` or `?`: everything from the
// first colon to the last @ goes.
std::string mask_credentials(std::string_view rest) {
    const std::size_t at = rest.rfind('@');
    if (at == std::string_view::npos)
        return std::string(rest);
    const std::size_t colon = rest.substr(0, at).find(':');
    if (colon == std::string_view::npos)
        return std::string(rest);
    return std::string(rest.substr(0, colon + 1)).append(mask).append(rest.substr(at));
}

std::string mask_parameters(std::string_view query) {
    std::string masked;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view parameter = query.substr(0, end);
        const std::size_t equals = parameter.find('=');
        const std::string name = percent_decoded(parameter.substr(0, equals));
        const bool secret = name == "password" || name == "sslpassword";
        if (secret && equals != std::string_view::npos) {
            masked.append(parameter.substr(0, equals + 1)).append(mask);
        } else {
            masked.append(parameter);
        }
        if (end < query.size())
            masked += '&';
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return masked;
}

}  // namespace

bool is_remote(std::string_view url) {
    return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

Result<Location> parse_url(std::string_view url) {
    if (is_remote(url))
        return Location{true, {}, std::string(url)};
    constexpr std::string_view sqlite = "sqlite:";
    const bool named = url.starts_with(sqlite);
    const std::string_view path = named ? url.substr(sqlite.size()) : url;
    if (path.empty() || path.find('\0') != std::string_view::npos) {
        return refuse(
            Exit::usage,
            "store_url_empty",
            "the datastore URL names no file",
            "give a path, sqlite:PATH or postgresql://HOST/DATABASE"
        );
    }
    const std::size_t scheme = url.find("://");
    if (!named && scheme != std::string_view::npos && is_scheme(url.substr(0, scheme))) {
        return refuse(
            Exit::usage,
            "store_url_unknown",
            "no datastore is spoken to as " + std::string(url.substr(0, scheme)) + "://",
            "give a path, sqlite:PATH or postgresql://HOST/DATABASE"
        );
    }
    // SQLite reads `:memory:` and `file:…` as more than names; a path is only a path.
    return Location{false, path.front() == '/' ? std::string(path) : "./" + std::string(path), {}};
}

std::string mask_url(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return std::string(url);
    const std::size_t start = scheme + 3;
    const std::string masked = mask_credentials(url.substr(start));
    const std::size_t query = std::min(masked.find('?'), masked.size());
    std::string shown(url.substr(0, start));
    shown.append(masked, 0, query);
    if (query < masked.size()) {
        shown.append("?").append(mask_parameters(std::string_view(masked).substr(query + 1)));
    }
    return shown;
}

}  // namespace usagectl::store
