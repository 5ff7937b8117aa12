// SPDX-License-Identifier: MIT
#include "net/market_reads.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "base/number.hpp"
#include "base/text.hpp"
#include "market/interval_text.hpp"
#include "meter/row_clock.hpp"
#include "net/market_answer.hpp"
#include "net/market_text.hpp"

namespace usagectl::net {
namespace {

using market::Failed;
using market::IntervalRead;
using meter::Channel;

constexpr std::int32_t interval_minutes = 15;

// One revision of one local day.
struct DayValues {
    std::int64_t revision = 0;
    std::map<Instant, IntervalRead> intervals;
    std::uint32_t blanks = 0;
    std::uint32_t duplicates = 0;
    std::uint32_t rounded = 0;
};
using SeriesKey = std::pair<std::string, Channel>;

[[nodiscard]] std::optional<Channel> channel_of(std::string_view text) {
    if (text.empty() || text == "C" || text == "c" || text == "Consumption")
        return Channel::consumption;
    if (text == "G" || text == "g" || text.starts_with("Surplus") || text == "Generation")
        return Channel::generation;
    return {};
}

// The letter of a quality that may be written out.
[[nodiscard]] std::string_view quality_letter(std::string_view text) {
    constexpr std::string_view actual = "Actual";
    constexpr std::string_view estimated = "Estimated";
    if (text == "a" || text == actual || text == "ACTUAL" || text == "actual")
        return "A";
    if (text == "e" || text == estimated || text == "ESTIMATED" || text == "estimated")
        return "E";
    return text;
}

// What a row's place in the day is told by.
struct RowTimes {
    std::string_view start;
    std::string_view end;
    std::string_view interval;  // a number from 1, or a time
};

[[nodiscard]] RowTimes times_of(const Json& row) {
    return {
        row.word({"startTime", "usageStartTime", "intervalStart", "readTime", "time", "start"}),
        row.word({"endTime", "usageEndTime", "intervalEnd", "end"}),
        row.word({"interval", "intervalNumber"})};
}

// A single time is the interval's start, as the first of two is.
[[nodiscard]] std::optional<std::int32_t> start_minutes(const RowTimes& times) {
    const auto minutes = market_minutes(times.start.empty() ? times.interval : times.start);
    return minutes && *minutes < 24 * 60 ? minutes : std::nullopt;
}

class IntervalsReader {
public:
    IntervalsReader(const AskedIntervals& asked, const Reading& reading)
        : asked_(asked)
        , reading_(reading) {}

    // Goes through the answer; false when failed() says why it cannot be used.
    [[nodiscard]] bool walk(const Json& value, std::string_view esi_id);
    [[nodiscard]] bool any_list() const { return any_list_; }
    [[nodiscard]] const std::optional<Failed>& failed() const { return failed_; }
    [[nodiscard]] std::vector<market::MeterReads> take();

private:
    bool malformed(std::string message) {
        failed_ = malformed_answer(reading_.market, std::move(message), true).value();
        return false;
    }
    // Where values of this meter, kind and day go; null when not to be used, or failed.
    [[nodiscard]] DayValues*
    day_of(const Json& item, std::string_view esi_id, LocalDay day, bool& good);
    [[nodiscard]] bool read_day(const Json& item, std::string_view esi_id);
    [[nodiscard]] bool read_row(const Json& item, std::string_view esi_id);
    [[nodiscard]] std::optional<Instant>
    place(const Json& row, std::string_view esi_id, LocalDay day, std::int64_t revision);
    // The row stands for an hour this day does not have.
    [[nodiscard]] bool is_skipped(const Json& row, LocalDay day) const;
    [[nodiscard]] bool put(DayValues& day, const IntervalRead& read);

    const AskedIntervals& asked_;
    const Reading& reading_;
    std::map<SeriesKey, std::map<LocalDay, DayValues>> series_;
    meter::RowClock clock_;
    std::optional<Failed> failed_;
    bool any_list_ = false;
};

bool IntervalsReader::walk(const Json& value, std::string_view esi_id) {
    if (value.is(Json::Kind::list)) {
        any_list_ = true;
        return std::all_of(value.items.begin(), value.items.end(), [&](const Json& item) {
            if (item.is(Json::Kind::object) || item.is(Json::Kind::list))
                return walk(item, esi_id);
            return malformed("a list of the answer holds something that is no object");
        });
    }
    if (const auto named = value.word({"esiid"}); !named.empty())
        esi_id = bare_esi_id(named);
    if (value.find({"DT", "RD"}) != nullptr)
        return read_day(value, esi_id);
    if (value.find({"readDate", "usageDate"}) != nullptr)
        return read_row(value, esi_id);
    return std::all_of(value.items.begin(), value.items.end(), [&](const Json& inner) {
        // A list of ESI IDs is no list of values.
        const bool names = inner.is(Json::Kind::list) && !inner.items.empty() &&
                           inner.items.front().is(Json::Kind::text);
        if (names || (!inner.is(Json::Kind::list) && !inner.is(Json::Kind::object)))
            return true;
        return walk(inner, esi_id);
    });
}

DayValues*
IntervalsReader::day_of(const Json& item, std::string_view esi_id, LocalDay day, bool& good) {
    good = false;
    if (esi_id.empty() && asked_.esi_ids.size() == 1)
        esi_id = asked_.esi_ids.front();
    if (esi_id.empty()) {
        malformed("values without an ESI ID");
        return nullptr;
    }
    if (std::find(asked_.esi_ids.begin(), asked_.esi_ids.end(), esi_id) == asked_.esi_ids.end()) {
        failed_ = foreign_answer(reading_.market, "meter " + quoted(esi_id)).value();
        return nullptr;
    }
    const std::string_view type = item.word({"RT", "readingType", "type"});
    const auto channel = channel_of(type);
    if (!channel) {
        malformed("reading type " + quoted(type) + " is neither C nor G");
        return nullptr;
    }
    good = true;
    if (day < asked_.first || day > asked_.last)
        return nullptr;

    const auto revised =
        market_instant(item.word({"RevTS", "revisionDate"}), reading_.zone, reading_.now);
    const std::int64_t revision = revised ? unix_seconds(*revised) : 0;
    DayValues& values = series_[{std::string(esi_id), *channel}][day];
    if (values.revision > revision)
        return nullptr;
    if (values.revision < revision) {
        values = {};
        values.revision = revision;
    }
    return &values;
}

bool IntervalsReader::read_day(const Json& item, std::string_view esi_id) {
    const std::string_view date = item.word({"DT"});
    const auto day = market_day(date);
    if (!day)
        return malformed(quoted(date) + " is no date of a day of values");
    const Json* text = item.find({"RD"});
    // A day may come without its values; there are none then.
    if (text == nullptr || text->is(Json::Kind::null))
        return true;
    if (!text->is(Json::Kind::text))
        return malformed("the values of " + format_day(*day) + " are no text");
    bool good = false;
    DayValues* values = day_of(item, esi_id, *day, good);
    if (values == nullptr || text->text.empty())
        return good;
    const auto reads = market::read_day_text(text->text, *day, reading_.zone);
    if (!reads)
        return malformed(reads.error().message);
    values->blanks += reads->blanks;
    values->rounded += reads->rounded;
    return std::all_of(reads->intervals.begin(), reads->intervals.end(), [&](const auto& read) {
        return put(*values, read);
    });
}

bool IntervalsReader::read_row(const Json& item, std::string_view esi_id) {
    const std::string_view date = item.word({"readDate", "usageDate"});
    const auto day = market_day(date);
    if (!day)
        return malformed(quoted(date) + " is no date of a value");
    bool good = false;
    DayValues* values = day_of(item, esi_id, *day, good);
    if (values == nullptr)
        return good;
    const std::string_view value =
        item.word({"energyDataKwh", "usageKwh", "usage", "kwh", "value", "reading"});
    if (value.empty()) {
        values->blanks += is_skipped(item, *day) ? 0U : 1U;
        return true;
    }
    const auto start = place(item, esi_id, *day, values->revision);
    if (!start)
        return false;
    const std::string_view quality =
        item.word({"quality", "estimatedActual", "qualityFlag", "flag", "status"});
    const auto read = market::read_value(value, quality_letter(quality));
    if (!read)
        return malformed(
            "value " + quoted(value) + " of " + format_day(*day) + ": " + read.error().message
        );
    values->rounded += read->rounded ? 1U : 0U;
    return put(*values, {*start, interval_minutes, read->wh, read->quality});
}

std::optional<Instant> IntervalsReader::place(
    const Json& row, std::string_view esi_id, LocalDay day, std::int64_t revision
) {
    const RowTimes times = times_of(row);
    const Instant day_start = reading_.zone.day_start(day);
    const Instant day_end = reading_.zone.day_start(day + std::chrono::days(1));
    const auto most = (day_end - day_start) / std::chrono::minutes(interval_minutes);
    if (const auto number = parse_integer(times.interval, 1, most))
        return day_start + std::chrono::minutes((*number - 1) * interval_minutes);

    const auto start = start_minutes(times);
    auto end = start;
    if (start)
        end = times.end.empty() ? *start + interval_minutes : market_minutes(times.end);
    if (!start || !end) {
        malformed("a value of " + format_day(day) + " has no time of day");
        return {};
    }
    const auto placed = clock_.place(
        {esi_id,
         channel_of(row.word({"RT", "readingType", "type"})).value_or(Channel::consumption),
         revision,
         day,
         *start,
         *end == 0 ? 1440 : *end},
        reading_.zone
    );
    if (placed.fault != nullptr || placed.minutes != interval_minutes) {
        malformed(
            "a value of " + format_day(day) + " at " + quoted(times.start) + ": " +
            (placed.fault != nullptr ? placed.fault : "is not of 15 minutes")
        );
        return {};
    }
    return placed.start;
}

bool IntervalsReader::is_skipped(const Json& row, LocalDay day) const {
    const auto start = start_minutes(times_of(row));
    return start &&
           reading_.zone.readings(LocalTime(day) + std::chrono::minutes(*start)).count == 0;
}

bool IntervalsReader::put(DayValues& day, const IntervalRead& read) {
    const auto [at, fresh] = day.intervals.try_emplace(read.start, read);
    if (fresh)
        return true;
    if (at->second.wh != read.wh || at->second.quality != read.quality)
        return malformed(
            "the interval " + format_instant(read.start) + " is given twice, with different values"
        );
    ++day.duplicates;
    return true;
}

std::vector<market::MeterReads> IntervalsReader::take() {
    std::vector<market::MeterReads> all;
    for (auto& [key, days] : series_) {
        market::MeterReads reads;
        reads.esi_id = key.first;
        reads.channel = key.second;
        for (const auto& [day, values] : days) {
            reads.blanks += values.blanks;
            reads.duplicates += values.duplicates;
            reads.rounded += values.rounded;
            for (const auto& [start, read] : values.intervals)
                reads.intervals.push_back(read);
        }
        if (!reads.intervals.empty() || reads.blanks != 0)
            all.push_back(std::move(reads));
    }
    return all;
}

}  // namespace

market::Outcome<std::vector<market::MeterReads>>
read_intervals_answer(const Json& answer, const AskedIntervals& asked, const Reading& reading) {
    if (const auto refusal = refusal_in(answer)) {
        if (refusal->no_data)
            return {};
        return tl::unexpected(Failed{error_of(*refusal, reading.market), false});
    }
    IntervalsReader reader(asked, reading);
    if (!reader.walk(answer, {}))
        return tl::unexpected(*reader.failed());
    if (!reader.any_list())
        return malformed_answer(reading.market, "the answer has no list of values", true);
    return reader.take();
}

}  // namespace usagectl::net
