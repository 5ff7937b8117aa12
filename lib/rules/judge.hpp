// SPDX-License-Identifier: MIT
// May this customer be cut off now? What is not known holds as much as what is forbidden: a fact
// nobody gave never lets a suspension through.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "rules/types.hpp"

namespace usagectl::rules {

// An emergency in force: not one that was withdrawn.
struct Emergency {
    std::string state;   // two letters
    std::string county;  // as people write it; compared by county_key()
    LocalDay day{};
    Weather weather = Weather::any;
};

// What is known of an account at a moment of the account's local day. The views are borrowed.
struct Facts {
    LocalDay day{};
    int minute = 0;  // of the local day, 0 to 1439
    bool critical_care = false;
    bool chronic_condition = false;
    bool medical = false;
    bool residential = true;
    // What the account must pay up to before it is connected again, and the balance below which it
    // is cut off, in the pack's currency.
    std::optional<Money> connection_balance{};
    std::optional<Money> disconnection_balance{};
    std::optional<LocalDay> warned_on{};  // local day of the last low-balance or suspend warning
    std::span<const Emergency> emergencies{};
    std::string_view county{};  // empty: not known
    std::string_view state{};   // two letters; empty: not known
    std::optional<bool> payments_open{};
};

// One reason why not. `id` is the id of a rule of the pack, or one of our own where something is
// not known: no_rule_pack, pack_not_in_force, state_unknown, state_not_covered, county_unknown,
// no_warning_given, balance_unknown, payments_unknown, protection_unknown, time_unknown.
struct Hold {
    std::string id;
    std::string rule;  // id of the rule of the pack behind it; empty: none
    std::string citation;
    std::string text;            // one sentence
    std::optional<Mark> mark{};  // of the rule behind it
    // The earliest local time at which this hold alone would let go, where that can be known by
    // what is entered today.
    std::optional<LocalTime> until{};
};

// The ids of our own; no rule of a pack may be called so.
[[nodiscard]] std::span<const std::string_view> own_holds();

struct Verdict {
    std::vector<Hold> holds;  // in the order of the pack; what it has no rule for comes first
    [[nodiscard]] bool allowed() const { return holds.empty(); }
};

[[nodiscard]] Verdict judge_suspension(const Pack& pack, const Facts& facts);
// The same where there may be no pack: null holds with `no_rule_pack`.
[[nodiscard]] Verdict judge_suspension(const Pack* pack, const Facts& facts);

// The figures an account is set up with, in the pack's currency.
struct Thresholds {
    Money connection;
    Money disconnection;
    bool residential = true;
};
// The rules that forbid them on this local day; empty: they may be used. A pack that is not in
// force refuses with `pack_not_in_force`.
[[nodiscard]] std::vector<Hold>
check_thresholds(const Pack& pack, LocalDay day, const Thresholds& thresholds);

// How soon after the reason is gone power must be back; none: the pack does not say.
[[nodiscard]] std::optional<std::chrono::minutes>
reconnect_deadline(const Pack& pack, LocalDay day, bool residential = true);

// How many months of usage and payments a customer may ask for; none: the pack does not say.
[[nodiscard]] std::optional<int> summary_months(const Pack& pack, LocalDay day);

// A county as it is compared: small letters, single blanks, without "county" behind it. Harris,
// HARRIS and "Harris County" are one; "Richmond city" is not "Richmond County".
[[nodiscard]] std::string county_key(std::string_view county);
// Two letters, in any case.
[[nodiscard]] bool same_state(std::string_view left, std::string_view right);
// The same county by county_key().
[[nodiscard]] bool lists_county(const Pack& pack, std::string_view county);

}  // namespace usagectl::rules
