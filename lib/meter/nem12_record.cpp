// SPDX-License-Identifier: MIT
#include "meter/nem12_record.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "base/text.hpp"
#include "meter/line_text.hpp"

namespace usagectl::meter {

namespace {

struct Unit {
    std::string_view name;
    int scale;
};
// Units come in every letter case: kWh, KWH, Wh, WH.
constexpr std::array units{Unit{"wh", 0}, Unit{"kwh", 3}, Unit{"mwh", 6}};

std::optional<int> scale_of(std::string_view unit) {
    for (const Unit& known : units) {
        if (same_ignoring_case(unit, known.name))
            return known.scale;
    }
    return {};
}

bool is_energy_suffix(std::string_view suffix) {
    const bool letter = suffix.size() == 2 && (suffix[0] == 'E' || suffix[0] == 'B');
    return letter && (is_digit(suffix[1]) || (suffix[1] >= 'A' && suffix[1] <= 'Z'));
}

}  // namespace

void Nem12Fields::split(std::string_view line) {
    line_ = line;
    fields_.clear();
    for (std::size_t at = 0; at <= line.size() && fields_.size() < most;) {
        const std::size_t comma = std::min(line.find(',', at), line.size());
        fields_.push_back(trim(line.substr(at, comma - at)));
        at = comma + 1;
    }
}

std::string_view Nem12Fields::operator[](std::size_t field) const {
    return field < fields_.size() ? fields_[field] : std::string_view();
}

std::uint32_t Nem12Fields::column(std::size_t field) const {
    if (field >= fields_.size())
        return 0;
    return static_cast<std::uint32_t>(fields_[field].data() - line_.data()) + 1;
}

std::optional<Nem12Flag> parse_nem12_flag(std::string_view text) {
    if (text == "A")
        return Nem12Flag::actual;
    if (text == "N")
        return Nem12Flag::null;
    if (text == "V")
        return Nem12Flag::variable;
    const bool method = text.size() == 3 && is_digit(text[1]) && is_digit(text[2]);
    if ((method || text.size() == 1) && (text[0] == 'E' || text[0] == 'F' || text[0] == 'S'))
        return Nem12Flag::estimated;
    return {};
}

Nem12Stream parse_nem12_stream(const Nem12Fields& fields) {
    enum : std::size_t { nmi = 1, suffix = 4, unit = 7, interval_length = 8 };
    Nem12Stream stream;
    const auto malformed = [&](std::size_t field, std::string reason) {
        stream.refusal = std::move(reason);
        stream.malformed = true;
        stream.column = fields.column(field);
        return stream;
    };
    const auto minutes = parse_integer(fields[interval_length], 1, 60);
    if (!minutes || !valid_interval_minutes(*minutes))
        return malformed(
            interval_length,
            "interval length " + quoted(fields[interval_length]) +
                " is not 5, 10, 15, 30 or 60 minutes"
        );
    stream.minutes = static_cast<std::int32_t>(*minutes);
    stream.meter = fields[nmi];
    if (fields[suffix].size() == 2 && fields[suffix][1] != '1')
        stream.meter += "/" + std::string(fields[suffix]);
    const auto scale = scale_of(fields[unit]);
    if (!is_energy_suffix(fields[suffix])) {
        stream.refusal = "NMI suffix " + quoted(fields[suffix]) + " (unit " + quoted(fields[unit]) +
                         ") is not active energy: only E and B are stored";
    } else if (!scale) {
        stream.refusal = "unit " + quoted(fields[unit]) + " of suffix " + quoted(fields[suffix]) +
                         " is not Wh, kWh or MWh";
    } else if (!MeterId::valid(stream.meter)) {
        return malformed(nmi, "NMI " + quoted(fields[nmi]) + " cannot name a meter");
    }
    stream.scale = scale.value_or(0);
    if (fields[suffix].starts_with('B'))
        stream.channel = Channel::generation;
    return stream;
}

std::uint32_t count_nem12_values(const Nem12Fields& fields) {
    std::uint32_t count = 0;
    for (std::size_t field = 2; field < fields.size(); ++field) {
        if (const auto flag = parse_nem12_flag(fields[field]))
            return flag == Nem12Flag::null ? 0 : count;
        if (!fields[field].empty())
            ++count;
    }
    return count;
}

}  // namespace usagectl::meter
