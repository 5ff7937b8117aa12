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

}  // namespace usagectl::card
