// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/number.hpp"
#include "tariff/urdb_parts.hpp"

namespace usagectl::tariff {

namespace {

using Hours = std::array<std::size_t, 24>;

constexpr std::array<int, 12> month_days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

std::string two(std::size_t number) {
    return std::to_string(100 + number).substr(1);
}

std::string hours_text(const std::string& season, const char* days, const Hours& hours) {
    std::string text = "\n[[schedule]]\n";
    if (!season.empty())
        text += "seasons = \"" + season + "\"\n";
    text += "days = \"" + std::string(days) + "\"\nhours = [\n";
    for (std::size_t begin = 0; begin < hours.size();) {
        auto end = begin + 1;
        while (end < hours.size() && hours[end] == hours[begin])
            ++end;
        text += "    { from = \"" + two(begin) + ":00\", to = \"" + two(end) +
                ":00\", period = \"" + urdb_period(hours[begin]) + "\" },\n";
        begin = end;
    }
    return text + "]\n";
}

std::string days_text(const std::string& season, const Hours& weekday, const Hours& weekend) {
    if (weekday == weekend)
        return hours_text(season, "all", weekday);
    return hours_text(season, "weekday", weekday) + hours_text(season, "weekend", weekend);
}

}  // namespace

void write_schedules(const UrdbHours& weekday, const UrdbHours& weekend, std::string& toml) {
    std::vector<std::size_t> begins;  // months a season begins in
    for (std::size_t month = 0; month < 12; ++month) {
        const auto before = (month + 11) % 12;
        if (weekday[month] != weekday[before] || weekend[month] != weekend[before])
            begins.push_back(month);
    }
    if (begins.empty()) {
        toml += days_text("", weekday[0], weekend[0]);
        return;
    }
    const auto name = [](std::size_t at) { return "season-" + std::to_string(at + 1); };
    for (std::size_t at = 0; at < begins.size(); ++at) {
        const auto last = (begins[(at + 1) % begins.size()] + 11) % 12;
        toml += "\n[[season]]\nname = \"" + name(at) + "\"\nfrom = \"" + two(begins[at] + 1) +
                "-01\"\nto = \"" + two(last + 1) + "-" +
                two(static_cast<std::size_t>(month_days[last])) + "\"\n";
    }
    for (std::size_t at = 0; at < begins.size(); ++at)
        toml += days_text(name(at), weekday[begins[at]], weekend[begins[at]]);
}

std::optional<std::string> plain_decimal(std::string_view text) {
    const auto mark = std::min(text.find_first_of("eE"), text.size());
    std::int64_t exponent = 0;
    if (mark < text.size()) {
        auto digits = text.substr(mark + 1);
        if (digits.starts_with('+'))
            digits.remove_prefix(1);
        const auto parsed = parse_integer(digits, -18, 18);
        if (!parsed)
            return std::nullopt;
        exponent = *parsed;
    }
    auto mantissa = text.substr(0, mark);
    const bool negative = mantissa.starts_with('-');
    mantissa.remove_prefix(negative ? 1 : 0);
    const auto point = std::min(mantissa.find('.'), mantissa.size());
    std::string digits(mantissa.substr(0, point));
    if (point < mantissa.size())
        digits += mantissa.substr(point + 1);
    if (digits.empty() || digits.size() > 40 ||
        digits.find_first_not_of("0123456789") != std::string::npos)
        return std::nullopt;
    auto whole = static_cast<std::int64_t>(point) + exponent;
    if (whole <= 0) {
        digits.insert(0, static_cast<std::size_t>(1 - whole), '0');
        whole = 1;
    }
    if (static_cast<std::size_t>(whole) >= digits.size())
        digits.resize(static_cast<std::size_t>(whole), '0');
    else
        digits.insert(static_cast<std::size_t>(whole), 1, '.');
    return (negative ? "-" : "") + digits;
}

}  // namespace usagectl::tariff
