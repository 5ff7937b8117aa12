// SPDX-License-Identifier: MIT
#include "rules/judge.hpp"

#include <algorithm>
#include <array>

#include "rules/calendar.hpp"

namespace usagectl::rules {

namespace {

using std::chrono::days;
using std::chrono::minutes;
constexpr int minutes_a_day = 24 * 60;
// A rule that forbids so many days in a row forbids all.
constexpr int longest_pause_days = 400;

LocalTime time_of(LocalDay day, int minute = 0) {
    return LocalTime(day) + minutes(minute);
}

char small(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Something is missing that the rule asks for: the hold is ours, the citation the rule's.
Hold unknown(const Rule& rule, std::string_view id, std::string text) {
    return {std::string(id), rule.id, rule.citation, std::move(text), rule.mark, {}};
}

Hold of_pack(const Pack& pack, std::string_view id, std::string text) {
    return {std::string(id), {}, pack.citation, std::move(text), {}, {}};
}

Hold held_by(const Rule& rule, std::optional<LocalTime> until = {}) {
    // A rule that ends lets go on the day after, whatever else it says.
    if (rule.until) {
        const auto end = time_of(*rule.until + days(1));
        until = until ? std::min(*until, end) : end;
    }
    return {rule.id, rule.id, rule.citation, rule.text, rule.mark, until};
}

std::optional<Hold> not_in_force(const Pack& pack, LocalDay day) {
    if (in_force(pack, day))
        return std::nullopt;
    auto hold = of_pack(
        pack,
        "pack_not_in_force",
        "The rule pack " + pack.name + " is not in force on " + format_day(day) + "."
    );
    if (day < pack.effective)
        hold.until = time_of(pack.effective);
    return hold;
}

bool counts_for(const ExtremeWeather& rule, const Emergency& emergency) {
    return rule.weather == Weather::any || emergency.weather == Weather::any ||
           rule.weather == emergency.weather;
}

// Each overload: the hold of one kind of rule, or none.
class Judge {
public:
    Judge(const Pack& pack, const Facts& facts)
        : pack_(pack)
        , facts_(facts)
        , county_(county_key(facts.county))
        , here_(emergencies_here()) {}

    [[nodiscard]] Verdict run() {
        if (auto hold = not_in_force(pack_, facts_.day)) {
            verdict_.holds.push_back(std::move(*hold));
            return std::move(verdict_);
        }
        judge_what_has_no_rule();
        for (const auto& rule : pack_.rules) {
            if (!applies(rule))
                continue;
            rule_ = &rule;
            if (auto hold = std::visit(*this, rule.figures))
                add(std::move(*hold));
        }
        return std::move(verdict_);
    }

    std::optional<Hold> operator()(const ConnectionBalance& figures) const {
        return limit(facts_.connection_balance, figures.at_most, "connection balance");
    }
    std::optional<Hold> operator()(const DisconnectionBalance& figures) const {
        return limit(facts_.disconnection_balance, figures.at_most, "disconnection balance");
    }
    std::optional<Hold> operator()(const WarningDays& figures) const {
        if (!facts_.warned_on)
            return std::nullopt;  // held already, rule or not
        const auto since = facts_.day - *facts_.warned_on;
        if (since < days(figures.least))
            return held_by(*rule_, time_of(*facts_.warned_on + days(figures.least)));
        // Too long ago: when the next warning goes out is not for us to know.
        if (since > days(figures.most))
            return held_by(*rule_);
        return std::nullopt;
    }
    std::optional<Hold> operator()(const NoSuspensionOn& figures) const {
        if (!forbids(figures, pack_.holidays, facts_.day))
            return std::nullopt;
        for (int later = 1; later <= longest_pause_days; ++later) {
            const auto day = facts_.day + days(later);
            if (!forbids(figures, pack_.holidays, day))
                return held_by(*rule_, time_of(day));
        }
        return held_by(*rule_);
    }
    std::optional<Hold> operator()(const Hours& figures) const {
        if (facts_.minute < figures.earliest)
            return held_by(*rule_, time_of(facts_.day, figures.earliest));
        if (facts_.minute > figures.latest)
            return held_by(*rule_, time_of(facts_.day + days(1), figures.earliest));
        return std::nullopt;
    }
    std::optional<Hold> operator()(const ExtremeWeather& figures) const {
        if (county_.empty()) {
            return unknown(
                *rule_,
                "county_unknown",
                "The account's county is not known, so a weather emergency there cannot be ruled "
                "out."
            );
        }
        auto day = facts_.day;
        while (is_extreme(figures, day))
            day += days(1);
        return day == facts_.day ? std::nullopt : std::optional(held_by(*rule_, time_of(day)));
    }
    std::optional<Hold> operator()(const ProtectedCustomer& figures) const {
        return (figures.protections & flags()).any() ? std::optional(held_by(*rule_))
                                                     : std::nullopt;
    }
    std::optional<Hold> operator()(const PaymentsOpen&) const {
        if (!facts_.payments_open) {
            return unknown(
                *rule_, "payments_unknown", "It is not known whether payments can be taken."
            );
        }
        return *facts_.payments_open ? std::nullopt : std::optional(held_by(*rule_));
    }
    // These bind whoever reconnects or answers, not who suspends.
    std::optional<Hold> operator()(const ReconnectWithin&) const { return std::nullopt; }
    std::optional<Hold> operator()(const SummaryMonths&) const { return std::nullopt; }

private:
    [[nodiscard]] bool applies(const Rule& rule) const {
        return in_force(rule, facts_.day) && (facts_.residential || !rule.residential);
    }
    [[nodiscard]] Protections flags() const {
        Protections flags;
        flags[static_cast<std::size_t>(Protection::critical_care)] = facts_.critical_care;
        flags[static_cast<std::size_t>(Protection::chronic_condition)] = facts_.chronic_condition;
        flags[static_cast<std::size_t>(Protection::medical)] = facts_.medical;
        return flags;
    }

    void add(Hold hold) {
        const bool said =
            std::any_of(verdict_.holds.begin(), verdict_.holds.end(), [&hold](const Hold& other) {
                return other.id == hold.id && hold.id != hold.rule;
            });
        if (!said)
            verdict_.holds.push_back(std::move(hold));
    }

    // What must be known whatever the pack says.
    void judge_what_has_no_rule() {
        if (facts_.minute < 0 || facts_.minute >= minutes_a_day)
            add(of_pack(pack_, "time_unknown", "The local time of the account is not known."));
        if (facts_.state.empty())
            add(of_pack(pack_, "state_unknown", "The account's state is not known."));
        else if (!same_state(facts_.state, pack_.jurisdiction))
            add(of_pack(
                pack_,
                "state_not_covered",
                "The rule pack " + pack_.name + " is for " + pack_.jurisdiction +
                    ", where the account is not."
            ));
        judge_protection();
        if (!facts_.warned_on)
            add(no_warning());
    }

    // A customer with a flag that no rule of the pack speaks of.
    void judge_protection() {
        Protections spoken_of;
        for (const auto& rule : pack_.rules) {
            if (const auto* figures = std::get_if<ProtectedCustomer>(&rule.figures);
                figures != nullptr && applies(rule))
                spoken_of |= figures->protections;
        }
        if ((flags() & ~spoken_of).none())
            return;
        add(of_pack(
            pack_,
            "protection_unknown",
            "The customer is marked as protected, and the rule pack " + pack_.name +
                " does not say how."
        ));
    }

    [[nodiscard]] Hold no_warning() const {
        const std::string text = "No low-balance or suspend warning is on record.";
        for (const auto& rule : pack_.rules) {
            if (std::holds_alternative<WarningDays>(rule.figures) && applies(rule))
                return unknown(rule, "no_warning_given", text);
        }
        return of_pack(pack_, "no_warning_given", text);
    }

    [[nodiscard]] std::optional<Hold>
    limit(std::optional<Money> amount, Money at_most, std::string_view noun) const {
        if (!amount) {
            return unknown(
                *rule_, "balance_unknown", "The account's " + std::string(noun) + " is not known."
            );
        }
        return *amount > at_most ? std::optional(held_by(*rule_)) : std::nullopt;
    }

    [[nodiscard]] bool is_extreme(const ExtremeWeather& figures, LocalDay day) const {
        return std::any_of(here_.begin(), here_.end(), [&](const Emergency* emergency) {
            return emergency->day <= day && day <= emergency->day + days(figures.lookback_days) &&
                   counts_for(figures, *emergency);
        });
    }
    // Those of the account's county that may still hold: names are compared once.
    [[nodiscard]] std::vector<const Emergency*> emergencies_here() const {
        int lookback = -1;
        for (const auto& rule : pack_.rules) {
            if (const auto* figures = std::get_if<ExtremeWeather>(&rule.figures))
                lookback = std::max(lookback, figures->lookback_days);
        }
        std::vector<const Emergency*> found;
        if (lookback < 0)
            return found;
        for (const auto& emergency : facts_.emergencies) {
            if (emergency.day + days(lookback) >= facts_.day && is_here(emergency))
                found.push_back(&emergency);
        }
        return found;
    }
    [[nodiscard]] bool is_here(const Emergency& emergency) const {
        const bool state = facts_.state.empty() || emergency.state.empty() ||
                           same_state(emergency.state, facts_.state);
        return state && county_key(emergency.county) == county_;
    }

    const Pack& pack_;
    const Facts& facts_;
    std::string county_;
    std::vector<const Emergency*> here_;
    const Rule* rule_ = nullptr;
    Verdict verdict_;
};

}  // namespace

std::span<const std::string_view> own_holds() {
    static constexpr std::array<std::string_view, 10> ids{
        "no_rule_pack",
        "pack_not_in_force",
        "state_unknown",
        "state_not_covered",
        "county_unknown",
        "no_warning_given",
        "balance_unknown",
        "payments_unknown",
        "protection_unknown",
        "time_unknown",
    };
    return ids;
}

Verdict judge_suspension(const Pack& pack, const Facts& facts) {
    return Judge(pack, facts).run();
}

Verdict judge_suspension(const Pack* pack, const Facts& facts) {
    if (pack != nullptr)
        return judge_suspension(*pack, facts);
    return {{Hold{"no_rule_pack", {}, {}, "No rule pack is in force for this account.", {}, {}}}};
}

std::vector<Hold> check_thresholds(const Pack& pack, LocalDay day, const Thresholds& thresholds) {
    if (auto hold = not_in_force(pack, day))
        return {std::move(*hold)};
    std::vector<Hold> refused;
    for (const auto& rule : pack.rules) {
        if (!in_force(rule, day) || (rule.residential && !thresholds.residential))
            continue;
        const auto* connection = std::get_if<ConnectionBalance>(&rule.figures);
        const auto* disconnection = std::get_if<DisconnectionBalance>(&rule.figures);
        if ((connection != nullptr && thresholds.connection > connection->at_most) ||
            (disconnection != nullptr && thresholds.disconnection > disconnection->at_most))
            refused.push_back(held_by(rule));
    }
    return refused;
}

std::optional<std::chrono::minutes>
reconnect_deadline(const Pack& pack, LocalDay day, bool residential) {
    std::optional<std::chrono::minutes> least;
    for (const auto& rule : pack.rules) {
        const auto* figures = std::get_if<ReconnectWithin>(&rule.figures);
        if (figures == nullptr || !in_force(pack, day) || !in_force(rule, day) ||
            (rule.residential && !residential))
            continue;
        least = least ? std::min(*least, figures->minutes) : figures->minutes;
    }
    return least;
}

std::optional<int> summary_months(const Pack& pack, LocalDay day) {
    std::optional<int> most;
    for (const auto& rule : pack.rules) {
        const auto* figures = std::get_if<SummaryMonths>(&rule.figures);
        if (figures == nullptr || !in_force(pack, day) || !in_force(rule, day))
            continue;
        most = std::max(most.value_or(0), figures->months);
    }
    return most;
}

bool same_state(std::string_view left, std::string_view right) {
    return std::equal(
        left.begin(),
        left.end(),
        right.begin(),
        right.end(),
        [](char one, char other) { return small(one) == small(other); }
    );
}

bool lists_county(const Pack& pack, std::string_view county) {
    const auto key = county_key(county);
    return std::any_of(pack.counties.begin(), pack.counties.end(), [&](const auto& listed) {
        return county_key(listed) == key;
    });
}

std::string county_key(std::string_view county) {
    std::string key;
    bool blank = false;
    for (const char c : county) {
        const bool gap = c == ' ' || c == '\t';
        if (!gap && blank && !key.empty())
            key += ' ';
        if (!gap)
            key += small(c);
        blank = gap;
    }
    constexpr std::string_view suffix = " county";
    if (key.size() > suffix.size() && key.ends_with(suffix))
        key.resize(key.size() - suffix.size());
    return key;
}

}  // namespace usagectl::rules
