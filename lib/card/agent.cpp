// SPDX-License-Identifier: MIT
#include "card/agent.hpp"

#include "base/text.hpp"
#include "base/words.hpp"

namespace usagectl::card {

namespace {

constexpr Words<Basis::activated> basis_words{"used", "activated"};
constexpr Words<Period::month> period_words{"week", "month"};

}  // namespace

std::string_view to_string(Basis basis) {
    return basis_words.word(basis);
}

std::string_view to_string(Period period) {
    return period_words.word(period);
}

std::optional<Basis> parse_basis(std::string_view word) {
    return basis_words.parse(word);
}

std::optional<Period> parse_period(std::string_view word) {
    return period_words.parse(word);
}

Result<AgentId> AgentId::parse(std::string_view text) {
    if (is_short_name(text))
        return AgentId(std::string(text));
    return refuse(
        Exit::usage,
        "malformed_agent",
        "no agent can be called " + quoted(text),
        "1 to 32 letters, digits, dots, hyphens and underscores, the first a letter or digit"
    );
}

std::optional<Money> commission_of(Money face, std::int64_t commission) {
    constexpr std::int64_t nano_per_hundredth = 10'000'000;  // of a percent
    const auto percent = Rate::from_nano(commission * nano_per_hundredth);
    return price_percent(percent, face, Rounding::half_even);
}

std::vector<Money> shares_of(Money whole, const std::vector<Money>& parts) {
    Int128 all = 0;
    for (const auto part : parts)
        all += part.micro();
    std::vector<Money> shares;
    Int128 before = 0;
    Money given;
    for (const auto part : parts) {
        before += part.micro();
        const auto cents =
            all == 0
                ? Int128(0)
                : divide(before * whole.micro(), all * Money::micro_per_cent, Rounding::half_even);
        const auto through = Money::from_cents(static_cast<std::int64_t>(cents));
        shares.push_back(through - given);
        given = through;
    }
    return shares;
}

Days last_whole(Period period, LocalDay today) {
    using std::chrono::days;
    if (period == Period::week) {
        const std::chrono::weekday weekday(today);
        const auto monday = today - days(static_cast<int>(weekday.iso_encoding()) - 1);
        return {monday - days(7), monday - days(1)};
    }
    const std::chrono::year_month_day date(today);
    const std::chrono::year_month month(date.year(), date.month());
    const LocalDay first(month / 1);
    return {LocalDay((month - std::chrono::months(1)) / 1), first - days(1)};
}

}  // namespace usagectl::card
