// SPDX-License-Identifier: MIT
#include "tariff/quote_text.hpp"

#include "meter/kwh.hpp"
#include "usage/answer.hpp"

namespace usagectl {

namespace {

// value / 10^scale, exactly, two digits behind the point or as many more as it takes.
std::string exact_text(Int128 value, int scale) {
    const bool negative = value < 0;
    std::string digits;
    for (auto left = negative ? -value : value; left != 0; left /= 10)
        digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(left % 10)));
    const auto behind = static_cast<std::size_t>(scale);
    if (digits.size() <= behind)
        digits.insert(0, behind + 1 - digits.size(), '0');
    digits.insert(digits.size() - behind, 1, '.');
    const auto shortest = digits.size() - behind + 2;
    while (digits.size() > shortest && digits.back() == '0')
        digits.pop_back();
    return (negative ? "-" : "") + digits;
}

std::string product(const app::QuotedLine& quoted) {
    const auto& line = quoted.line;
    const auto& component = quoted.component();
    const auto rate = format_rate(line.rate);
    if (component.kind == tariff::Kind::minimum)
        return rate + " - " + format_money(line.base) + " charged";
    switch (component.basis) {
    case tariff::Basis::per_kwh: {
        const Int128 sign = component.kind == tariff::Kind::generation ? -1 : 1;
        return meter::kwh_text(line.wh) + " kWh x " + rate + " = " +
               exact_text(sign * line.rate.nano() * line.wh, 12);
    }
    case tariff::Basis::percent:
        return rate + " % of " + format_money(line.base) + " = " +
               exact_text(Int128{line.rate.nano()} * line.base.micro(), 17);
    case tariff::Basis::per_day:
    case tariff::Basis::each:
        return std::to_string(line.quantity) + " x " + rate + " = " +
               exact_text(Int128{line.rate.nano()} * line.quantity, 9);
    }
    return {};
}

}  // namespace

std::vector<std::string> derivation(const app::Quote& quote) {
    std::vector<std::string> text;
    for (const auto& quoted : quote.lines) {
        const auto& component = quoted.component();
        auto name = component.name;
        if (component.tiers.size() > 1)
            name += ", tier " + std::to_string(quoted.line.tier + 1);
        text.push_back(
            format_day(quoted.day) + "  " + name + ": " + product(quoted) + ", rounded " +
            std::string(to_string(quoted.version->plan.tariff().rounding)) + " to " +
            format_money(quoted.line.amount)
        );
        for (const auto& part : quoted.parts) {
            text.push_back(
                "    " + local_text(part.start, *quote.zone) + "  " + std::to_string(part.wh) +
                " Wh" + (part.period.empty() ? "" : "  " + part.period)
            );
        }
        if (quoted.line.missing > 0) {
            text.push_back(
                "    " + std::to_string(quoted.line.missing) + " intervals have no value"
            );
        }
    }
    return text;
}

}  // namespace usagectl
