// SPDX-License-Identifier: MIT
#include "meter/espi_time.hpp"

#include <array>
#include <charconv>

namespace usagectl::meter {

namespace {

constexpr std::uint32_t sunday = 7;
constexpr std::uint32_t last = 5;
constexpr std::uint32_t hour = 3600;

struct Saving {
    EspiDstRule start;
    EspiDstRule end;
};
constexpr Saving north_american{{3, 2, 0, sunday, 2 * hour}, {11, 1, 0, sunday, 2 * hour}};
// All of the European Union changes at 01:00 UTC, which is another hour on each wall clock.
constexpr Saving european(std::uint32_t east) {
    return {
        {3, last, 0, sunday, (1 + east) * hour},
        {10, last, 0, sunday, (2 + east) * hour},
    };
}
constexpr Saving australian{{10, 1, 0, sunday, 2 * hour}, {4, 1, 0, sunday, 3 * hour}};
constexpr Saving new_zealand{{9, last, 0, sunday, 2 * hour}, {4, 1, 0, sunday, 3 * hour}};

struct SavingZone {
    std::int64_t offset;
    Saving saving;
    const char* name;
};
constexpr std::array saving_zones{
    SavingZone{-12'600, north_american, "America/St_Johns"},
    SavingZone{-14'400, north_american, "America/Halifax"},
    SavingZone{-18'000, north_american, "America/New_York"},
    SavingZone{-21'600, north_american, "America/Chicago"},
    SavingZone{-25'200, north_american, "America/Denver"},
    SavingZone{-28'800, north_american, "America/Los_Angeles"},
    SavingZone{-32'400, north_american, "America/Anchorage"},
    SavingZone{-36'000, north_american, "America/Adak"},
    SavingZone{0, european(0), "Europe/London"},
    SavingZone{3'600, european(1), "Europe/Berlin"},
    SavingZone{7'200, european(2), "Europe/Athens"},
    SavingZone{34'200, australian, "Australia/Adelaide"},
    SavingZone{36'000, australian, "Australia/Sydney"},
    SavingZone{43'200, new_zealand, "Pacific/Auckland"},
};

struct FixedZone {
    std::int64_t offset;
    const char* name;
};
// Places that people know by name; any other whole hour has a zone of the Etc area.
constexpr std::array fixed_zones{
    FixedZone{-36'000, "Pacific/Honolulu"},
    FixedZone{-25'200, "America/Phoenix"},
    FixedZone{-21'600, "America/Regina"},
    FixedZone{-14'400, "America/Puerto_Rico"},
    FixedZone{28'800, "Australia/Perth"},
    FixedZone{34'200, "Australia/Darwin"},
    FixedZone{36'000, "Australia/Brisbane"},
};

// Zones of the Etc area count westward: Etc/GMT+5 is five hours behind UTC.
std::string fixed_zone(std::int64_t offset) {
    for (const FixedZone& zone : fixed_zones) {
        if (zone.offset == offset)
            return zone.name;
    }
    const std::int64_t hours = offset / hour;
    if (offset % hour != 0 || hours < -12 || hours > 14)
        return {};
    if (hours == 0)
        return "Etc/GMT";
    return (hours < 0 ? "Etc/GMT+" : "Etc/GMT-") + std::to_string(hours < 0 ? -hours : hours);
}

// A rule that says there is none; zeros are not in the schema and can mean nothing else.
bool is_off(std::string_view rule) {
    return rule.empty() || rule == "00000000" || rule == "FFFFFFFF" || rule == "ffffffff";
}

// "The Sunday on or after the 8th" is the second Sunday; the 25th of a month of 31 days begins the
// last week. Brings both ways of saying it together.
EspiDstRule by_ordinal(EspiDstRule rule) {
    constexpr std::uint32_t long_months =
        1U << 1U | 1U << 3U | 1U << 5U | 1U << 7U | 1U << 8U | 1U << 10U | 1U << 12U;
    if (rule.ordinal != 0 || rule.weekday == 0)
        return rule;
    if (rule.day % 7 == 1 && rule.day <= 22)
        rule.ordinal = rule.day / 7 + 1;
    else if (rule.day == 25 && (long_months >> rule.month & 1U) != 0)
        rule.ordinal = last;
    if (rule.ordinal != 0)
        rule.day = 0;
    return rule;
}

}  // namespace

// Bits of DstRuleType, lowest first: seconds of the hour (12), hour (5), weekday (3), day of month
// (5), operator (3), month (4). Operator 0 is the day of month, 1 the weekday on or after it, 2 to
// 5 the first to fourth weekday of the month, 6 the fifth, 7 the last; a fifth one is always the
// last.
std::optional<EspiDstRule> parse_espi_dst_rule(std::string_view text) {
    std::uint32_t bits = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, bits, 16);
    if (text.size() != 8 || error != std::errc() || stop != end)
        return {};
    const std::uint32_t rule = bits >> 25U & 7U;
    EspiDstRule parsed;
    parsed.month = bits >> 28U;
    parsed.day = rule < 2 ? bits >> 20U & 31U : 0;
    parsed.weekday = rule == 0 ? 0 : bits >> 17U & 7U;
    parsed.second = (bits >> 12U & 31U) * hour + (bits & 0xFFFU);
    parsed.ordinal = rule < 2 ? 0 : (rule > 5 ? last : rule - 1);
    const bool some_day = rule >= 2 || parsed.day > 0;
    const bool some_weekday = rule == 0 || parsed.weekday > 0;
    const bool some_month = parsed.month >= 1 && parsed.month <= 12;
    if (!some_month || !some_day || !some_weekday || parsed.second > 24 * hour)
        return {};
    return by_ordinal(parsed);
}

std::string espi_zone(const EspiLocalTime& time) {
    if (!time.offset)
        return {};
    const std::int64_t saved = time.dst_offset.value_or(hour);
    if (saved == 0 || (is_off(time.dst_start) && is_off(time.dst_end)))
        return fixed_zone(*time.offset);
    const auto start = parse_espi_dst_rule(time.dst_start);
    const auto end = parse_espi_dst_rule(time.dst_end);
    if (saved != hour || !start || !end)
        return {};
    for (const SavingZone& zone : saving_zones) {
        const bool same_rules = zone.saving.start == *start && zone.saving.end == *end;
        if (zone.offset == *time.offset && same_rules)
            return zone.name;
    }
    return {};
}

}  // namespace usagectl::meter
