// SPDX-License-Identifier: MIT
// A tariff from its text, a day of readings, and lines as one can read them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

#include "tariff/rating.hpp"
#include "tariff/reader.hpp"

namespace usagectl::test {

inline const char* const head = "name = \"t\"\neffective = 2026-01-01\ncurrency = \"USD\"\n";

inline tariff::Tariff tariff_of(const std::string& text) {
    auto read = tariff::read_tariff(text);
    for (const auto& mistake : read.mistakes)
        UNSCOPED_INFO(mistake.place.line << ":" << mistake.place.column << " " << mistake.message);
    REQUIRE(read.tariff);
    return std::move(*read.tariff);
}

inline LocalDay date(const char* text) {
    return *parse_day(text);
}

inline const Zone& central() {
    return **Zone::find("America/Chicago");
}

// The same energy in every interval of the day.
inline std::vector<tariff::Reading>
readings(LocalDay day, std::int64_t wh, int minutes = 60, const Zone& zone = central()) {
    std::vector<tariff::Reading> made;
    const auto end = zone.day_start(day + std::chrono::days(1));
    for (auto at = zone.day_start(day); at < end; at += std::chrono::minutes(minutes))
        made.push_back({at, wh, false});
    return made;
}

inline std::string line_text(const tariff::Plan& plan, const tariff::Line& line) {
    const auto& component = plan.components()[line.component];
    std::string text = component.name;
    if (component.tiers.size() > 1)
        text += "/" + std::to_string(line.tier + 1);
    if (component.basis == tariff::Basis::per_kwh)
        text += " " + std::to_string(line.wh) + " Wh";
    text += " at " + format_rate(line.rate) + " = " + format_money(line.amount);
    if (line.missing > 0)
        text += " missing " + std::to_string(line.missing);
    return text;
}

struct Rated {
    std::vector<std::string> lines;
    Money total;
    tariff::DayCharge charge;
};

inline Rated rated(
    const tariff::Plan& plan,
    LocalDay day,
    const tariff::DayFacts& facts,
    const Zone& zone = central()
) {
    Rated rated;
    const auto planned = tariff::plan_day(plan, day, zone);
    REQUIRE(tariff::rate_day(planned, facts, rated.charge));
    rated.total = rated.charge.total;
    for (const auto& line : rated.charge.lines)
        rated.lines.push_back(line_text(plan, line));
    return rated;
}

using Lines = std::vector<std::string>;

}  // namespace usagectl::test
