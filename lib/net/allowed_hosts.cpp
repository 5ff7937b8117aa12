// SPDX-License-Identifier: MIT
#include "net/allowed_hosts.hpp"

#include <algorithm>

namespace usagectl::net {
namespace {

std::string plain(std::string_view host) {
    if (host.size() > 1 && host.ends_with('.'))
        host.remove_suffix(1);
    if (host.starts_with('[') && host.ends_with(']'))
        host = host.substr(1, host.size() - 2);
    std::string name(host);
    for (char& c : name)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return name;
}

bool is_address(std::string_view host) {
    return host.find(':') != std::string_view::npos ||
           host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool matches(std::string_view pattern, std::string_view host) {
    if (!pattern.starts_with("*."))
        return pattern == host;
    const std::string_view below = pattern.substr(1);  // with its dot
    return !is_address(host) && host.size() > below.size() && host.ends_with(below);
}

}  // namespace

bool host_allowed(std::span<const std::string> allowed, std::string_view host) {
    const std::string name = plain(host);
    return allowed.empty() ||
           std::any_of(allowed.begin(), allowed.end(), [&name](const std::string& pattern) {
               return matches(plain(pattern), name);
           });
}

bool is_loopback(std::string_view host) {
    if (host == "localhost" || host == "::1" || host == "[::1]")
        return true;
    return host.starts_with("127.") && std::count(host.begin(), host.end(), '.') == 3 &&
           is_address(host);
}

}  // namespace usagectl::net
