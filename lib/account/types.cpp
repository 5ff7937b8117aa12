// SPDX-License-Identifier: MIT
#include "account/types.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace usagectl::account {

namespace {

constexpr std::size_t longest_id = 32;

constexpr bool letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

Error disordered(const char* what) {
    return {
        Exit::refused,
        "thresholds_disordered",
        what,
        "the order is disconnection, grace, low; connection is not below disconnection",
    };
}

}  // namespace

Result<AccountId> AccountId::parse(std::string_view text) {
    const bool sound = !text.empty() && text.size() <= longest_id &&
                       letter_or_digit(text.front()) && std::ranges::all_of(text, [](char c) {
                           return letter_or_digit(c) || c == '.' || c == '_' || c == '-';
                       });
    if (!sound) {
        return refuse(
            Exit::usage,
            "malformed_account",
            quoted(text) + " is not an account number",
            "1 to 32 characters of A-Z a-z 0-9 . _ - that begin with a letter or digit"
        );
    }
    return AccountId(std::string(text));
}

Result<Phone> Phone::parse(std::string_view text) {
    const bool sound =
        text.size() >= 9 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
        std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
    if (sound)
        return Phone{std::string(text)};
    return refuse(
        Exit::usage,
        "malformed_phone",
        quoted(text) + " is not a telephone number",
        "write it in E.164, with country and area: +19725551234"
    );
}

Result<Email> Email::parse(std::string_view text) {
    const auto at = text.find('@');
    const bool sound = text.size() <= 254 && at != std::string_view::npos && at > 0 &&
                       text.find('@', at + 1) == std::string_view::npos &&
                       text.find('.', at + 2) != std::string_view::npos && text.back() != '.' &&
                       std::ranges::all_of(text, [](char c) { return c > ' ' && c != 0x7f; });
    if (sound)
        return Email{std::string(text)};
    return refuse(
        Exit::usage,
        "malformed_email",
        quoted(text) + " is not an e-mail address",
        "name@example.org"
    );
}

std::vector<std::string_view> MeterFacts::missing() const {
    std::vector<std::string_view> names;
    if (!number)
        names.emplace_back("meter number");
    if (!begin_reading_wh)
        names.emplace_back("begin reading");
    if (!installed_on)
        names.emplace_back("install date");
    if (!last_read_on)
        names.emplace_back("last read date");
    return names;
}

Result<void> check_thresholds(const Thresholds& thresholds) {
    if (thresholds.grace < thresholds.disconnection)
        return tl::unexpected(disordered("the grace balance is below the disconnection balance"));
    if (thresholds.low < thresholds.grace)
        return tl::unexpected(disordered("the low balance is below the grace balance"));
    if (thresholds.connection < thresholds.disconnection) {
        return tl::unexpected(disordered("the connection balance is below the disconnection balance"
        ));
    }
    return {};
}

}  // namespace usagectl::account
