// SPDX-License-Identifier: MIT
// The 300 record of a NEM12 file and the 400 records that belong to it.
#include "base/assert.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "meter/local_text.hpp"
#include "meter/nem12_record.hpp"

namespace usagectl::meter {

namespace {

constexpr std::size_t date_field = 1;
constexpr std::size_t first_value = 2;
// After the values: quality and method, reason code, reason description, update time, load time.
constexpr std::size_t update_after_flag = 3;
constexpr std::size_t load_after_flag = 4;

std::optional<LocalDay> parse_nem12_date(std::string_view text) {
    if (text.size() != 8)
        return {};
    return day_from(
        digits_value(text.substr(0, 4)),
        digits_value(text.substr(4, 2)),
        digits_value(text.substr(6, 2))
    );
}

// 14 digits; Western Power leaves out the seconds.
std::optional<LocalTime> parse_nem12_stamp(std::string_view text) {
    return parse_stamp(text.size() == 12 ? std::string(text) + "00" : std::string(text));
}

// How many fields stand where the values should be.
std::size_t count_places(const Nem12Fields& fields) {
    std::size_t end = first_value;
    while (end < fields.size() && !parse_nem12_flag(fields[end]))
        ++end;
    if (end < fields.size())
        return end - first_value;
    while (end > first_value && fields[end - 1].empty())
        --end;
    return end - first_value;
}

}  // namespace

void Nem12Day::refuse(std::string reason, std::uint32_t column) {
    if (!refusal_.empty())
        return;
    refusal_ = std::move(reason);
    column_ = column;
}

void Nem12Day::begin(const Nem12Fields& fields, const Nem12Stream& stream, const Zone& zone) {
    USAGECTL_ASSERT(stream.refusal.empty());
    refusal_.clear();
    column_ = 0;
    covers_ = 0;
    values_ = count_nem12_values(fields);
    size_ = 1440 / stream.minutes;
    if (check_shape(fields, stream) && read_times(fields, zone))
        read_values(fields, stream.scale);
}

bool Nem12Day::check_shape(const Nem12Fields& fields, const Nem12Stream& stream) {
    const auto expected = static_cast<std::size_t>(size_);
    const std::size_t flag_field = first_value + expected;
    const auto flag = parse_nem12_flag(fields[flag_field]);
    const std::size_t places = count_places(fields);
    if (flag && places == expected) {
        flag_ = *flag;
        return true;
    }
    // A row without any flag may be cut short, even in the midst of its last value.
    if (!fields[flag_field].empty() && !parse_scaled(fields[flag_field], 0) && !flag)
        refuse(
            "quality " + quoted(fields[flag_field]) + " is not known", fields.column(flag_field)
        );
    else if (places == expected)
        refuse("the quality flag after the values is missing", 0);
    else
        refuse(
            std::to_string(places) + " values where " + std::to_string(stream.minutes) +
                "-minute intervals need " + std::to_string(expected),
            0
        );
    return false;
}

bool Nem12Day::read_times(const Nem12Fields& fields, const Zone& zone) {
    const auto day = parse_nem12_date(fields[date_field]);
    if (!day) {
        refuse(
            "date " + quoted(fields[date_field]) + " is not CCYYMMDD", fields.column(date_field)
        );
        return false;
    }
    start_ = zone.from_standard(LocalTime(*day));
    const std::size_t flag_field = first_value + static_cast<std::size_t>(size_);
    const bool updated = !fields[flag_field + update_after_flag].empty();
    const std::size_t field = flag_field + (updated ? update_after_flag : load_after_flag);
    revision_ = 0;
    if (fields[field].empty())
        return true;
    const auto stamp = parse_nem12_stamp(fields[field]);
    if (!stamp) {
        refuse("time " + quoted(fields[field]) + " is not CCYYMMDDhhmmss", fields.column(field));
        return false;
    }
    revision_ = unix_seconds(zone.from_standard(*stamp));
    return true;
}

void Nem12Day::read_values(const Nem12Fields& fields, int scale) {
    for (std::size_t index = 0; index < static_cast<std::size_t>(size_); ++index) {
        Slot& slot = slots_[index] = Slot{};
        const std::string_view text = fields[first_value + index];
        slot.column = fields.column(first_value + index);
        slot.null = flag_ == Nem12Flag::null;
        if (flag_ == Nem12Flag::estimated)
            slot.quality = Quality::estimated;
        if (text.empty())
            continue;
        const auto value = parse_scaled(text, scale);
        slot.text = value ? Text::number : Text::unreadable;
        slot.wh = value ? value->value : 0;
        slot.rounded = value && value->inexact;
    }
}

void Nem12Day::cover(const Nem12Fields& fields) {
    USAGECTL_ASSERT(may_be_covered());
    const std::string where = "its 400 record number " + std::to_string(++covers_);
    const auto first = parse_integer(fields[1], 1, size_);
    const auto last = parse_integer(fields[2], 1, size_);
    if (!first || !last || *first > *last) {
        refuse(
            where + " names intervals " + quoted(fields[1]) + " to " + quoted(fields[2]) + " of " +
                std::to_string(size_),
            0
        );
        return;
    }
    const auto flag = parse_nem12_flag(fields[3]);
    if (!flag || *flag == Nem12Flag::variable) {
        refuse(where + " has no quality of its own: " + quoted(fields[3]), 0);
        return;
    }
    for (std::int64_t interval = *first; interval <= *last; ++interval) {
        Slot& slot = slots_[static_cast<std::size_t>(interval - 1)];
        if (slot.covered)
            refuse(where + " names interval " + std::to_string(interval) + " a second time", 0);
        slot.covered = true;
        slot.null = *flag == Nem12Flag::null;
        slot.quality = *flag == Nem12Flag::estimated ? Quality::estimated : Quality::actual;
    }
}

void Nem12Day::end() {
    if (flag_ != Nem12Flag::variable || !refusal_.empty())
        return;
    for (int index = 0; index < size_; ++index) {
        if (slot(index).covered)
            continue;
        refuse(
            "quality V, but no 400 record covers interval " + std::to_string(index + 1) + " of " +
                std::to_string(size_),
            0
        );
        return;
    }
}

}  // namespace usagectl::meter
