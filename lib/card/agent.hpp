// SPDX-License-Identifier: MIT
// Those who sell cards, and what they owe for them (source: US 8,095,475, figure 10, step 248).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "card/card.hpp"

namespace usagectl::card {

// What an agent owes for: cards that were spent, or all cards put on sale with him.
enum class Basis : std::uint8_t { used, activated };
enum class Period : std::uint8_t { week, month };
[[nodiscard]] std::string_view to_string(Basis basis);
[[nodiscard]] std::string_view to_string(Period period);
[[nodiscard]] std::optional<Basis> parse_basis(std::string_view word);
[[nodiscard]] std::optional<Period> parse_period(std::string_view word);

// As a batch is named. Error `malformed_agent` (2).
class AgentId {
public:
    [[nodiscard]] static Result<AgentId> parse(std::string_view text);
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    explicit AgentId(std::string text)
        : text_(std::move(text)) {}
    std::string text_;
};

struct Agent {
    std::int64_t number = 0;  // the store's own
    std::string id;
    std::string name;
    std::string contact;
    std::int64_t commission = 0;  // hundredths of a percent of the face value
    Basis basis = Basis::used;
    Period period = Period::month;
    Money credit;  // for cards that became void after he was invoiced for them
    Instant created_at{};
    bool operator==(const Agent&) const = default;
};

// The agent's share of a face value, to the cent, half-even. None when it is beyond 10^9 units.
[[nodiscard]] std::optional<Money> commission_of(Money face, std::int64_t commission);

// The parts' shares of a whole that was worked out for all of them together: in proportion, to the
// cent, and together the whole. `parts` are not negative.
[[nodiscard]] std::vector<Money> shares_of(Money whole, const std::vector<Money>& parts);

// Local days, the last inclusive.
struct Days {
    LocalDay first{};
    LocalDay last{};
    bool operator==(const Days&) const = default;
};
// The last whole period before `today`: Monday to Sunday, or a calendar month.
[[nodiscard]] Days last_whole(Period period, LocalDay today);

struct Invoice {
    std::int64_t number = 0;  // 1, 2, 3 ... without gaps
    std::int64_t agent = 0;
    LocalDay first{};
    LocalDay last{};  // inclusive
    Basis basis = Basis::used;
    std::int64_t cards = 0;
    Money face;
    Money commission;
    Money credit;  // the agent had, and is taken off
    Deed made;
    Deed paid;

    [[nodiscard]] Money net() const { return face - commission; }
    [[nodiscard]] Money due() const { return net() - credit; }
};

}  // namespace usagectl::card
