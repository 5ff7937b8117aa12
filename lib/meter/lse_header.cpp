// SPDX-License-Identifier: MIT
#include "meter/lse_header.hpp"

#include "base/number.hpp"
#include "base/text.hpp"
#include "meter/csv_row.hpp"
#include "meter/local_text.hpp"

namespace usagectl::meter {
namespace {

constexpr std::size_t row_one_fields = 7;
constexpr std::size_t row_two_fields = 13;
constexpr std::size_t row_two_needed = 9;  // through the unit of measure

[[nodiscard]] LseFault fault(std::string_view field, std::string reason) {
    return {field.data(), std::move(reason)};
}

// From 1, in bytes; the sort code is where the line begins.
[[nodiscard]] std::uint32_t column(const CsvRow& row, std::size_t field) {
    return static_cast<std::uint32_t>(row[field].data() - row[0].data()) + 1;
}

// Padding with more blank fields is harmless; anything in them is not.
[[nodiscard]] std::optional<LseFault>
check_size(const CsvRow& row, std::size_t needed, std::size_t most, const char* name) {
    if (row.size() < needed) {
        return LseFault{
            nullptr,
            std::string(name) + " has " + std::to_string(row.size()) + " fields instead of " +
                std::to_string(most)};
    }
    for (std::size_t i = most; i < row.size(); ++i) {
        if (!row[i].empty()) {
            return fault(
                row[i], std::string(name) + " has more than " + std::to_string(most) + " fields"
            );
        }
    }
    return {};
}

[[nodiscard]] std::optional<LseFault>
read_time(std::string_view text, const char* name, std::optional<LocalTime>& time) {
    time = parse_stamp(text);
    if (time)
        return {};
    const bool shaped = text.size() == 14 && std::all_of(text.begin(), text.end(), is_digit);
    const char* wrong =
        shaped ? " is not a date and time that exists" : " is not 14 digits, YYYYMMDDHHMMSS";
    return fault(text, std::string(name) + " " + quoted(text) + wrong);
}

[[nodiscard]] std::optional<LseFault> read_times(const CsvRow& row, LseHeader& header) {
    std::optional<LocalTime> start;
    std::optional<LocalTime> stop;
    if (auto wrong = read_time(row[3], "start time", start))
        return wrong;
    if (auto wrong = read_time(row[4], "stop time", stop))
        return wrong;
    if (*stop <= *start)
        return fault(row[4], "stop time is not after the start time");
    header.start_column = column(row, 3);
    header.stop_column = column(row, 4);
    header.start = *start;
    header.stop = *stop;
    return {};
}

[[nodiscard]] std::optional<LseFault> read_flags(const CsvRow& row, LseHeader& header) {
    if (row[5] != "Y" && row[5] != "N") {
        return fault(
            row[5], "daylight saving participation " + quoted(row[5]) + " is neither Y nor N"
        );
    }
    header.prevailing = row[5] == "Y";
    if (row[6] != "Y" && row[6] != "N") {
        return fault(row[6], "invalid record flag " + quoted(row[6]) + " is neither Y nor N");
    }
    header.validated = row[6] == "N";
    header.flag_column = column(row, 6);
    return {};
}

// Interval values are in engineering units already; a factor that says otherwise would make every
// value wrong, so it is refused instead of being applied or ignored. Blank and 1 are neutral;
// ERCOT's own extract writes 1 for offsets too.
[[nodiscard]] bool is_neutral(std::string_view field, bool zero_is_neutral) {
    if (field.empty())
        return true;
    const std::optional<Scaled> value = parse_scaled(field, 6);
    if (!value || value->inexact)
        return false;
    return value->value == 1'000'000 || (zero_is_neutral && value->value == 0);
}

[[nodiscard]] std::optional<LseFault> check_factors(const CsvRow& row) {
    if (!is_neutral(row[4], true))
        return fault(row[4], "meter offset " + quoted(row[4]) + " is not 0");
    if (!is_neutral(row[5], false)) {
        return fault(row[5], "pulse multiplier " + quoted(row[5]) + " is not 1");
    }
    if (!is_neutral(row[6], true))
        return fault(row[6], "pulse offset " + quoted(row[6]) + " is not 0");
    return {};
}

[[nodiscard]] std::optional<LseFault> check_unit(std::string_view unit) {
    if (unit.empty() || unit == "01" || unit == "1")
        return {};
    if (unit == "03" || unit == "3") {
        return fault(unit, "unit of measure 03 is reactive energy (kVARh), not kWh");
    }
    return fault(unit, "unit of measure " + quoted(unit) + " is not kWh (01)");
}

}  // namespace

Instant LseHeader::end(Instant from, Instant written) const {
    const auto second = stop.time_since_epoch().count() % 60;
    if (second == 59)
        return written + std::chrono::seconds(1);
    const bool whole = seconds != 0 && (written - from).count() % seconds == 0;
    return second == 0 && !whole ? written + std::chrono::minutes(1) : written;
}

std::optional<LseFault> LseHeaderRows::read_one(std::string_view line, LseHeader& header) {
    constexpr std::size_t id_at = 9;
    header.seconds = 0;
    header.stamp.reset();
    const std::size_t id_end = line.find(',', std::min(line.size(), id_at));
    if (id_end != std::string_view::npos && line.substr(id_end) == last_one_) {
        const std::string_view id = line.substr(id_at, id_end - id_at);
        const auto shift = static_cast<std::uint32_t>(id.size() - header.meter.size());
        header.start_column += shift;  // modulo 2^32, also to the left
        header.stop_column += shift;
        header.flag_column += shift;
        header.meter = id;
        if (MeterId::valid(id))
            return {};
    }
    last_one_.clear();
    if (!row_.split(line))
        return LseFault{row_.fault(), row_.reason()};
    if (auto wrong = check_size(row_, row_one_fields, row_one_fields, "header row one")) {
        return wrong;
    }
    if (!MeterId::valid(row_[1]))
        return fault(row_[1], quoted(row_[1]) + " is not an ESI ID");
    if (row_[2] != "1" && row_[2] != "4") {
        return fault(
            row_[2], "channel " + quoted(row_[2]) + " is neither load (4) nor generation (1)"
        );
    }
    header.meter = row_[1];
    header.channel = row_[2] == "1" ? Channel::generation : Channel::consumption;
    if (auto wrong = read_times(row_, header))
        return wrong;
    if (auto wrong = read_flags(row_, header))
        return wrong;
    if (id_end != std::string_view::npos)
        last_one_ = line.substr(id_end);
    return {};
}

std::optional<LseFault> LseHeaderRows::read_two(std::string_view line, LseHeader& header) {
    if (!last_two_.empty() && line == last_two_) {
        header.seconds = last_seconds_;
        return {};
    }
    if (!row_.split(line))
        return LseFault{row_.fault(), row_.reason()};
    if (auto wrong = check_size(row_, row_two_needed, row_two_fields, "header row two")) {
        return wrong;
    }
    if (auto wrong = check_factors(row_))
        return wrong;
    if (auto wrong = check_unit(row_[8]))
        return wrong;
    const std::string_view text = row_[7];
    const auto seconds = text.empty() ? 900 : parse_integer(text, 60, 86400);
    if (!seconds || *seconds % 60 != 0 || !valid_interval_minutes(*seconds / 60)) {
        return fault(
            text, "intervals of " + quoted(text) + " seconds are not 5, 10, 15, 30 or 60 minutes"
        );
    }
    header.seconds = *seconds;
    last_seconds_ = *seconds;
    last_two_ = line;
    return {};
}

std::optional<LseFault> LseHeaderRows::read_four(std::string_view line, LseHeader& header) {
    if (!last_four_.empty() && line == last_four_) {
        header.stamp = last_stamp_;
        return {};
    }
    if (!row_.split(line))
        return LseFault{row_.fault(), row_.reason()};
    if (row_.size() >= 2 && !row_[1].empty()) {
        if (auto wrong = read_time(row_[1], "time stamp", header.stamp))
            return wrong;
    }
    last_stamp_ = header.stamp;
    last_four_ = line;
    return {};
}

}  // namespace usagectl::meter
