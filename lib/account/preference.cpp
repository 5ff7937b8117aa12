// SPDX-License-Identifier: MIT
#include "account/preference.hpp"

#include <algorithm>

#include "account/types.hpp"
#include "base/text.hpp"
#include "base/words.hpp"

namespace usagectl::account {

namespace {

constexpr Words<NoticeMethod::csr> methods{"sms", "voice", "email", "pager", "csr"};
constexpr Words<Every::month> frequencies{"event", "day", "week", "month"};
constexpr int day_minutes = 1440;

// Minutes of `HH:MM`, 00:00 to 24:00.
std::optional<int> read_minutes(std::string_view text) {
    const auto digit = [&](std::size_t at) { return text[at] - '0'; };
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    for (const std::size_t at : {0U, 1U, 3U, 4U}) {
        if (text[at] < '0' || text[at] > '9')
            return std::nullopt;
    }
    const int hours = 10 * digit(0) + digit(1);
    const int minutes = 10 * digit(3) + digit(4);
    if (minutes > 59 || 60 * hours + minutes > day_minutes)
        return std::nullopt;
    return 60 * hours + minutes;
}

std::string write_minutes(int minutes) {
    std::string text = "00:00";
    text[0] = static_cast<char>('0' + minutes / 600);
    text[1] = static_cast<char>('0' + minutes / 60 % 10);
    text[3] = static_cast<char>('0' + minutes % 60 / 10);
    text[4] = static_cast<char>('0' + minutes % 10);
    return text;
}

// When the clock of a day comes to a minute: a minute that is skipped is where the skip ends; of
// one that comes twice the first begins a window, and the second ends it.
Instant instant_of(const Zone& zone, LocalDay day, int minute, bool end) {
    while (minute > 0 && minute < day_minutes) {
        const auto readings = zone.readings(day + std::chrono::minutes(minute));
        if (readings.count > 0)
            return end && readings.count > 1 ? readings.second : readings.first;
        ++minute;
    }
    return zone.day_start(minute == 0 ? day : day + std::chrono::days(1));
}

}  // namespace

std::string_view to_string(NoticeMethod method) {
    return methods.word(method);
}

std::string_view to_string(Every every) {
    return frequencies.word(every);
}

std::optional<NoticeMethod> parse_notice_method(std::string_view word) {
    return methods.parse(word);
}

std::optional<Every> parse_every(std::string_view word) {
    return frequencies.parse(word);
}

Result<Window> Window::parse(std::string_view text) {
    if (text == "any")
        return Window{};
    const auto dash = text.find('-');
    const auto from = read_minutes(text.substr(0, dash));
    const auto to = dash == std::string_view::npos ? from : read_minutes(text.substr(dash + 1));
    if (!from || !to || *from == *to) {
        return refuse(
            Exit::usage,
            "malformed_window",
            quoted(text) + " is not a time of the day",
            "write it as 18:00-20:00, or any"
        );
    }
    if (*from > *to) {
        return refuse(
            Exit::usage,
            "malformed_window",
            quoted(text) + " goes over midnight",
            "name a window that ends by 24:00; nobody is told things at night unasked"
        );
    }
    return Window{*from, *to};
}

std::string Window::text() const {
    if (from == 0 && to == day_minutes)
        return "any";
    return write_minutes(from) + "-" + write_minutes(to);
}

Result<void> check_address(NoticeMethod method, const std::string& address) {
    if (method == NoticeMethod::email) {
        const auto email = Email::parse(address);
        return email ? Result<void>() : tl::unexpected(email.error());
    }
    const auto phone = Phone::parse(address);
    return phone ? Result<void>() : tl::unexpected(phone.error());
}

Due next_window(const Window& window, Instant after, const Zone& zone) {
    auto day = zone.day_of(after);
    while (true) {
        const Due due{
            std::max(after, instant_of(zone, day, window.from, false)),
            instant_of(zone, day, window.to, true)};
        if (due.from < due.to)
            return due;
        day += std::chrono::days(1);
    }
}

std::optional<Due> due_by(
    const std::vector<Preference>& preferences, NoticeType type, Instant after, const Zone& zone
) {
    std::optional<Due> due;
    for (const auto& preference : preferences) {
        if (preference.type != type)
            continue;
        const auto next = next_window(preference.window, after, zone);
        due = due ? Due{std::min(due->from, next.from), std::max(due->to, next.to)} : next;
    }
    return due;
}

}  // namespace usagectl::account
