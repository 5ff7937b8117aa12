// SPDX-License-Identifier: MIT
#include "rules/types.hpp"

#include <array>

#include "base/words.hpp"
#include "rules/calendar.hpp"

namespace usagectl::rules {

namespace {

// In the order of the alternatives of Figures.
constexpr std::array<std::string_view, std::variant_size_v<Figures>> kinds{
    "connection_balance_at_most",
    "disconnection_balance_at_most",
    "warning_days",
    "no_suspension_on",
    "hours",
    "extreme_weather",
    "protected_customer",
    "reconnect_within_minutes",
    "summary_months",
    "payment_channels_open",
};

constexpr Words<Mark::unsure> marks{"verified", "secondary", "unsure"};
constexpr Words<Weather::any> weathers{"cold", "heat", "any"};
constexpr Words<Protection::medical> protected_by{"critical_care", "chronic_condition", "medical"};

std::string clock_text(int minute) {
    const auto two = [](int number) { return std::to_string(100 + number).substr(1); };
    return two(minute / 60) + ":" + two(minute % 60);
}

void append(std::string& list, std::string_view word) {
    list += (list.empty() ? "" : ", ") + std::string(word);
}

struct InWords {
    const Pack& pack;

    [[nodiscard]] std::string money(Money amount) const {
        return "at most " + format_money(amount) + " " + pack.currency;
    }
    std::string operator()(const ConnectionBalance& rule) const { return money(rule.at_most); }
    std::string operator()(const DisconnectionBalance& rule) const { return money(rule.at_most); }
    std::string operator()(const WarningDays& rule) const {
        return std::to_string(rule.least) + " to " + std::to_string(rule.most) + " days before";
    }
    std::string operator()(const NoSuspensionOn& rule) const {
        std::string words;
        for (std::size_t day = 0; day < rule.weekdays.size(); ++day) {
            if (rule.weekdays[day])
                append(words, weekday_name(day));
        }
        if (rule.holidays)
            append(words, "holidays");
        if (rule.before_holiday)
            append(words, "the day before a holiday");
        return words;
    }
    std::string operator()(const Hours& rule) const {
        return clock_text(rule.earliest) + " to " + clock_text(rule.latest);
    }
    std::string operator()(const ExtremeWeather& rule) const {
        std::string words(to_string(rule.weather));
        words += rule.lookback_days == 0
                     ? ", its own day"
                     : ", its own day and " + std::to_string(rule.lookback_days) + " after it";
        return words;
    }
    std::string operator()(const ProtectedCustomer& rule) const {
        std::string words;
        for (std::size_t at = 0; at < protections; ++at) {
            if (rule.protections[at])
                append(words, to_string(static_cast<Protection>(at)));
        }
        return words;
    }
    std::string operator()(const ReconnectWithin& rule) const {
        return "within " + std::to_string(rule.minutes.count()) + " minutes";
    }
    std::string operator()(const SummaryMonths& rule) const {
        return std::to_string(rule.months) + " months";
    }
    std::string operator()(const PaymentsOpen&) const { return "payments can be taken"; }
};

}  // namespace

std::string_view kind_of(const Rule& rule) {
    return kinds.at(rule.figures.index());
}

std::string_view to_string(Mark mark) {
    return marks.word(mark);
}

std::string_view to_string(Weather weather) {
    return weathers.word(weather);
}

std::optional<Mark> parse_mark(std::string_view text) {
    return marks.parse(text);
}

std::optional<Weather> parse_weather(std::string_view text) {
    return weathers.parse(text);
}

std::string_view to_string(Protection protection) {
    return protected_by.word(protection);
}

std::string figures_text(const Pack& pack, const Rule& rule) {
    return std::visit(InWords{pack}, rule.figures);
}

bool in_force(const Pack& pack, LocalDay day) {
    return pack.effective <= day && (!pack.until || day <= *pack.until);
}

bool in_force(const Rule& rule, LocalDay day) {
    return (!rule.from || *rule.from <= day) && (!rule.until || day <= *rule.until);
}

}  // namespace usagectl::rules
