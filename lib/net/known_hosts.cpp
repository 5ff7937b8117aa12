// SPDX-License-Identifier: MIT
#include "net/known_hosts.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <system_error>

#include "base/descriptor.hpp"
#include "net/sha1.hpp"

namespace usagectl::net {
namespace {

// Best first.
constexpr std::array<std::string_view, 5> kinds{
    "ssh-ed25519",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "ssh-rsa",
};
constexpr std::size_t longest_file = 16 << 20;

std::string_view take_word(std::string_view& line) {
    constexpr std::string_view blanks = " \t";
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    const std::size_t end = std::min(line.find_first_of(blanks), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end);
    return word;
}

std::string_view take_until(std::string_view& text, char mark) {
    const std::size_t end = std::min(text.find(mark), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

std::optional<std::string> base64(std::string_view text) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    while (text.ends_with('='))
        text.remove_suffix(1);
    std::string bytes;
    unsigned bits = 0;
    int filled = 0;
    for (const char c : text) {
        const std::size_t digit = digits.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6U | static_cast<unsigned>(digit)) & 0xFFFFU;
        filled += 6;
        if (filled < 8)
            continue;
        filled -= 8;
        bytes += static_cast<char>(bits >> static_cast<unsigned>(filled) & 0xFFU);
    }
    return bytes;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// `*`: any text, `?`: any character. Never more than pattern times name steps.
bool matches(std::string_view pattern, std::string_view name) {
    std::size_t at = 0;
    std::size_t n = 0;
    std::size_t star = std::string_view::npos;
    std::size_t retry = 0;
    while (n < name.size()) {
        const char c = at < pattern.size() ? pattern[at] : '\0';
        if (c == '*') {
            star = at++;
            retry = n;
        } else if (at < pattern.size() && (c == '?' || lower(c) == name[n])) {
            ++at;
            ++n;
        } else if (star != std::string_view::npos) {
            at = star + 1;
            n = ++retry;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

// `|1|SALT|HASH`
bool hashed_matches(std::string_view word, std::string_view name) {
    word.remove_prefix(3);
    const auto salt = base64(take_until(word, '|'));
    const auto hash = base64(word);
    return salt && hash && hmac_sha1(*salt, name) == *hash;
}

// `a.example,*.b.example,!c.b.example`, or one name that is hashed.
bool names_match(std::string_view names, std::string_view name) {
    if (names.starts_with("|1|"))
        return hashed_matches(names, name);
    bool found = false;
    while (!names.empty()) {
        std::string_view pattern = take_until(names, ',');
        const bool not_this = pattern.starts_with('!');
        pattern.remove_prefix(not_this ? 1 : 0);
        if (!matches(pattern, name))
            continue;
        if (not_this)
            return false;
        found = true;
    }
    return found;
}

}  // namespace

std::string known_name(std::string_view host, std::uint16_t port) {
    constexpr std::uint16_t usual = 22;
    return port == usual ? std::string(host)
                         : "[" + std::string(host) + "]:" + std::to_string(port);
}

std::vector<HostKey> known_keys(std::string_view text, std::string_view host, std::uint16_t port) {
    const std::string name = known_name(host, port);
    std::vector<HostKey> keys;
    std::vector<std::string> revoked;
    while (!text.empty()) {
        std::string_view line = take_until(text, '\n');
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        std::string_view names = take_word(line);
        const std::string_view marker = names.starts_with('@') ? names : std::string_view();
        if (!marker.empty())
            names = take_word(line);
        HostKey key{std::string(take_word(line)), std::string(take_word(line))};
        if (names.starts_with('#') || key.key.empty() || !names_match(names, name))
            continue;
        if (marker == "@revoked")
            revoked.push_back(std::move(key.key));
        else if (marker.empty() && base64(key.key))
            keys.push_back(std::move(key));
    }
    std::vector<HostKey> usable;
    for (const auto kind : kinds) {
        for (const auto& key : keys) {
            if (key.kind == kind &&
                std::find(revoked.begin(), revoked.end(), key.key) == revoked.end() &&
                std::find(usable.begin(), usable.end(), key) == usable.end())
                usable.push_back(key);
        }
    }
    return usable;
}

Result<std::string> read_known_hosts(const std::string& path) {
    const auto unreadable = [&path](int error) {
        return refuse(
            Exit::unavailable,
            "known_hosts_unreadable",
            path + " cannot be read: " + std::generic_category().message(error),
            "name a file that holds the server's host key, and that you can read"
        );
    };
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.number() < 0 && (errno == ENOENT || errno == ENOTDIR))
        return std::string();
    if (file.number() < 0)
        return unreadable(errno);
    std::string text;
    std::array<char, 4096> piece;
    for (;;) {
        const ssize_t got = ::read(file.number(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return unreadable(errno);
        if (got == 0)
            return text;
        text.append(piece.data(), static_cast<std::size_t>(got));
        if (text.size() > longest_file)
            return unreadable(EFBIG);
    }
}

}  // namespace usagectl::net
