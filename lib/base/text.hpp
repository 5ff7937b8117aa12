// SPDX-License-Identifier: MIT
// Text from outside, on its way into a message: what is quoted here can be printed on a terminal
// and does not grow with hostile input; and what the writer may have meant.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

// `text` in single quotes, cut after 48 bytes with `...`; bytes that are not printable ASCII are
// shown as `?`, so that the message is sound in every character set and in JSON.
[[nodiscard]] std::string quoted(std::string_view text);

// The candidates most like `text`, best first, at most `limit`; none when nothing is close. Letter
// case costs nothing. A candidate's last part (after `/` or a space) counts as well, so that
// `chicago` finds `America/Chicago`.
[[nodiscard]] std::vector<std::string_view>
nearest(std::string_view text, std::span<const std::string_view> candidates, std::size_t limit);

}  // namespace usagectl
