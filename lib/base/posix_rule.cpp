// SPDX-License-Identifier: MIT
#include "base/posix_rule.hpp"

#include <algorithm>

namespace usagectl {

using std::chrono::seconds;

// Reads a TZ string from the left; the first thing that does not fit makes it fail for good.
class PosixRuleReader {
public:
    explicit PosixRuleReader(std::string_view text)
        : text_(text) {}

    std::optional<PosixRule> read() {
        PosixRule rule;
        name();
        rule.standard_ = -time(24);  // the string counts westward
        name();
        rule.daylight_ = next() == ',' ? rule.standard_ + 3600 : -time(24);
        take(',');
        rule.start_ = date();
        take(',');
        rule.end_ = date();
        if (failed_ || !text_.empty())
            return std::nullopt;
        return rule;
    }

private:
    [[nodiscard]] char next() const { return text_.empty() ? '\0' : text_.front(); }
    bool skip(char c) {
        if (next() != c)
            return false;
        text_.remove_prefix(1);
        return true;
    }
    void take(char c) {
        if (!skip(c))
            failed_ = true;
    }

    // `CST`, or `<-03>` where the name holds more than letters.
    void name() {
        std::size_t size = 0;
        if (skip('<')) {
            size = text_.find('>');
            if (size == std::string_view::npos)
                size = text_.size();
            text_.remove_prefix(size);
            take('>');
        } else {
            while (size < text_.size() && is_letter(text_[size]))
                ++size;
            text_.remove_prefix(size);
        }
        if (size < 3)
            failed_ = true;
    }
    static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

    std::int32_t number(std::int32_t low, std::int32_t high) {
        std::int32_t value = 0;
        std::size_t digits = 0;
        for (; next() >= '0' && next() <= '9' && digits < 3; ++digits) {
            value = value * 10 + (next() - '0');
            text_.remove_prefix(1);
        }
        if (digits == 0 || value < low || value > high)
            failed_ = true;
        return failed_ ? low : value;
    }

    // [+-]hh[:mm[:ss]]
    std::int32_t time(std::int32_t most_hours) {
        const bool negative = skip('-');
        if (!negative)
            skip('+');
        std::int32_t value = number(0, most_hours) * 3600;
        if (skip(':'))
            value += number(0, 59) * 60;
        if (skip(':'))
            value += number(0, 59);
        return negative ? -value : value;
    }

    PosixRule::Date date() {
        using Kind = PosixRule::Date::Kind;
        PosixRule::Date date;
        if (skip('M')) {
            date.month = number(1, 12);
            take('.');
            date.week = number(1, 5);
            take('.');
            date.day = number(0, 6);
        } else if (skip('J')) {
            date.kind = Kind::julian_without_leap_day;
            date.day = number(1, 365);
        } else {
            date.kind = Kind::day_of_year;
            date.day = number(0, 365);
        }
        if (skip('/'))
            date.seconds = time(167);
        return date;
    }

    std::string_view text_;
    bool failed_ = false;
};

std::optional<PosixRule> PosixRule::parse(std::string_view text) {
    return PosixRuleReader(text).read();
}

LocalTime PosixRule::Date::in(std::chrono::year year) const {
    using namespace std::chrono;
    const local_days new_year(year / January / 1);
    local_days date = new_year + days(day);
    if (kind == Kind::julian_without_leap_day) {
        // Day 60 is the first of March in every year.
        date -= days(year.is_leap() && day >= 60 ? 0 : 1);
    } else if (kind == Kind::month_week_day) {
        const year_month in_month = year / std::chrono::month(static_cast<unsigned>(month));
        const std::chrono::weekday weekday(static_cast<unsigned>(day));
        date = week == 5 ? local_days(in_month / weekday[last])
                         : local_days(in_month / weekday[static_cast<unsigned>(week)]);
    }
    return date + std::chrono::seconds(seconds);
}

std::array<PosixRule::Change, 2> PosixRule::changes(std::chrono::year year) const {
    // Each date is told by the clock that is about to be changed.
    const auto instant_of = [year](const Date& date, std::int32_t offset) {
        return Instant(date.in(year).time_since_epoch() - seconds(offset));
    };
    std::array<Change, 2> both{
        Change{instant_of(start_, standard_), daylight_, true},
        Change{instant_of(end_, daylight_), standard_, false},
    };
    if (both[1].at < both[0].at)
        std::swap(both[0], both[1]);
    return both;
}

}  // namespace usagectl
