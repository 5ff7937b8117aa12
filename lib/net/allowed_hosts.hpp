// SPDX-License-Identifier: MIT
// Which hosts the program may speak to, whatever an address in a file or an answer says.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace usagectl::net {

// `allowed`: exact names, or `*.example.com` for every name below example.com but not itself; empty
// means any. Letter case and a dot at the end do not count. Addresses match exactly only.
[[nodiscard]] bool host_allowed(std::span<const std::string> allowed, std::string_view host);

// 127.x.y.z, ::1 (with or without brackets) or localhost: this machine.
[[nodiscard]] bool is_loopback(std::string_view host);

}  // namespace usagectl::net
