// SPDX-License-Identifier: MIT
// How a customer wants to be told: by what, where to, at what time of the day and how often
// (source: US 8,095,475, figure 3, steps 68 to 72, and table A).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/service.hpp"
#include "base/zone.hpp"

namespace usagectl::account {

enum class NoticeMethod : std::uint8_t { sms, voice, email, pager, csr };
[[nodiscard]] std::string_view to_string(NoticeMethod method);
[[nodiscard]] std::optional<NoticeMethod> parse_notice_method(std::string_view word);

// How often at most one type of notice comes.
enum class Every : std::uint8_t { event, day, week, month };
[[nodiscard]] std::string_view to_string(Every every);
[[nodiscard]] std::optional<Every> parse_every(std::string_view word);

// Minutes of the local day, [from, to): 0 <= from < to <= 1440.
struct Window {
    int from = 0;
    int to = 1440;

    // `18:00-20:00`; `any` is the whole day. Over midnight there are two windows, not one: refused.
    // Error code `malformed_window`, exit 2.
    [[nodiscard]] static Result<Window> parse(std::string_view text);
    [[nodiscard]] std::string text() const;  // "18:00-20:00", "any"
    bool operator==(const Window&) const = default;
};

struct Preference {
    NoticeType type = NoticeType::low_balance;
    NoticeMethod method = NoticeMethod::sms;
    std::string address;  // E.164, or of e-mail
    Window window = {};
    Every every = Every::event;
    bool primary = true;  // else the secondary contact, asked where the primary was not reached
    bool operator==(const Preference&) const = default;
};

// An address a method can reach: an e-mail address, or a telephone number in E.164 for everything
// else, a call by a representative included. Errors `malformed_email`, `malformed_phone` (2).
[[nodiscard]] Result<void> check_address(NoticeMethod method, const std::string& address);

// Half open.
struct Due {
    Instant from{};
    Instant to{};
    bool operator==(const Due&) const = default;
};
// What is left of the window that holds at `after`, else the next one that begins behind it. On a
// day when clocks change a window is as long as it is: an hour that comes twice belongs to it both
// times, and where the whole window is skipped that day has none.
[[nodiscard]] Due next_window(const Window& window, Instant after, const Zone& zone);

// From when the first, and until when the last of these can be told; none: there are none.
[[nodiscard]] std::optional<Due> due_by(
    const std::vector<Preference>& preferences, NoticeType type, Instant after, const Zone& zone
);

}  // namespace usagectl::account
