// SPDX-License-Identifier: MIT
// Smart Meter Texas interval data as CSV, from the portal or a subscription: a row per interval,
// columns found by the header row. Times are local; on the day the clock goes forward the skipped
// rows are there, blank; on the day it goes back the repeated hour is told by the order of the
// rows, or by `repeated=first` and `repeated=second` behind the last column of the header.
#include <array>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "meter/csv_row.hpp"
#include "meter/energy_text.hpp"
#include "meter/line_text.hpp"
#include "meter/local_text.hpp"
#include "meter/row_clock.hpp"
#include "meter/row_reader.hpp"
#include "meter/smt_lane.hpp"

namespace usagectl::meter {
namespace {

struct Columns {
    std::size_t count = 0;  // an optional column that is absent has this place
    std::size_t meter = 0;
    std::size_t date = 0;
    std::size_t revision = 0;
    std::size_t start = 0;
    std::size_t end = 0;
    std::size_t kwh = 0;
    std::size_t flag = 0;
    std::size_t direction = 0;

    // The three that change from row to row lie together, as in every file seen.
    [[nodiscard]] bool predictable() const { return end == start + 1 && kwh == end + 1; }
};

struct ColumnName {
    std::size_t Columns::*place;
    const char* name;
    bool may_be_absent;
};
constexpr std::array column_names{
    ColumnName{&Columns::meter, "ESIID", false},
    ColumnName{&Columns::date, "USAGE_DATE", false},
    ColumnName{&Columns::revision, "REVISION_DATE", true},
    ColumnName{&Columns::start, "USAGE_START_TIME", false},
    ColumnName{&Columns::end, "USAGE_END_TIME", false},
    ColumnName{&Columns::kwh, "USAGE_KWH", false},
    ColumnName{&Columns::flag, "ESTIMATED_ACTUAL", false},
    ColumnName{&Columns::direction, "CONSUMPTION_SURPLUSGENERATION", true},
};

[[nodiscard]] Result<Columns> read_columns(const CsvRow& row) {
    Columns columns;
    columns.count = row.size();
    for (const ColumnName& column : column_names) {
        const auto place = column_of(row, column.name, column.may_be_absent);
        if (!place)
            return tl::unexpected(place.error());
        columns.*column.place = *place;
    }
    return columns;
}

// `1.04437E+16`: what a spreadsheet makes of an ESI ID.
[[nodiscard]] bool looks_rounded(std::string_view id) {
    const std::size_t exponent = id.find_first_of("Ee");
    return exponent != std::string_view::npos && exponent > 0 && id.find('.') < exponent &&
           std::all_of(id.begin(), id.begin() + static_cast<std::ptrdiff_t>(exponent), [](char c) {
               return is_digit(c) || c == '.';
           });
}

[[nodiscard]] std::optional<Channel> parse_direction(std::string_view text) {
    if (same_ignoring_case(text, "Consumption"))
        return Channel::consumption;
    if (same_ignoring_case(text, "Surplus Generation"))
        return Channel::generation;
    if (same_ignoring_case(text, "SurplusGeneration"))
        return Channel::generation;
    return {};
}

// TDSPs mark what they estimated; a value without a flag is not called an estimate by anybody.
[[nodiscard]] std::optional<Quality> parse_flag(std::string_view text) {
    if (text.empty() || text == "A")
        return Quality::actual;
    if (text == "E")
        return Quality::estimated;
    return {};
}

class SmtCsvReader final : public RowReader {
public:
    using RowReader::RowReader;

    Result<void> read(std::string_view text, bool last) override;

private:
    Result<Shape> take_header() override;
    Checked take_fields(std::string_view line) override;
    Result<void> take_text(std::string_view text);
    Checked check_fields(SmtInterval& interval);
    Checked check_meter(SmtInterval& interval);
    Checked check_date();
    Checked check_times(SmtInterval& interval);
    Checked check_revision(SmtInterval& interval);
    Checked check_value(SmtInterval& interval);
    void keep(const SmtInterval& interval, std::string_view line);
    void flush(SmtLane& lane);
    [[nodiscard]] std::string_view rule_for(Instant start, const Zone& zone) const;

    // Fields that rarely change from row to row, beside what they were found to mean.
    struct KnownMeter {
        std::string text;
        const Zone* zone = nullptr;
    };
    struct KnownDay {
        std::string text;
        const Zone* zone = nullptr;
        LocalDay day{};
        Instant from{};
        bool plain = false;  // 24 hours without a change of the clock
    };
    struct KnownRevision {
        std::string text;
        const Zone* zone = nullptr;
        std::int64_t seconds = 0;
    };

    LineCutter cutter_;
    Columns columns_;
    RowClock::Reading reading_ = RowClock::Reading::by_order;
    KnownMeter meter_;
    KnownDay day_;
    KnownRevision revision_;
    RowClock clock_;
    std::array<SmtLane, 2> lanes_;  // consumption, generation
    std::size_t lane_ = 0;          // of the row before
};

Result<void> SmtCsvReader::read(std::string_view text, bool last) {
    const LineCutter::Text cut = cutter_.cut(text, last);
    for (const std::string_view part : {cut.body, cut.tail}) {
        if (auto taken = take_text(part); !taken)
            return taken;
    }
    return last && !has_header() ? refuse_empty() : Result<void>();
}

Result<void> SmtCsvReader::take_text(std::string_view text) {
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        const std::uint64_t before = line_;
        at = lanes_[lane_].take(at, end, line_);
        if (at != end && before == line_) {
            const std::size_t other = 1 - lane_;
            at = lanes_[other].take(at, end, line_);
            if (before != line_)
                lane_ = other;
        }
        assembler_.count_records(line_ - before);
        if (at == end || before != line_)
            continue;

        const char* const stop = line_end(at, end);
        const std::string_view line(at, static_cast<std::size_t>(stop - at));
        at = stop;
        if (auto taken = take_line(line); !taken)
            return taken;
    }
    for (SmtLane& lane : lanes_)
        flush(lane);
    return {};
}

Result<RowReader::Shape> SmtCsvReader::take_header() {
    const auto rule = row_.take_rule("repeated");
    if (rule && *rule != "first" && *rule != "second")
        return malformed_header("says repeated=" + quoted(*rule) + ", neither first nor second");
    const auto columns = read_columns(row_);
    if (!columns)
        return tl::unexpected(columns.error());
    columns_ = *columns;
    using Reading = RowClock::Reading;
    reading_ = options_.part ? Reading::must_be_told : Reading::by_order;
    if (rule)
        reading_ = *rule == "first" ? Reading::first : Reading::second;
    return Shape{columns_.count, columns_.kwh};
}

RowReader::Checked SmtCsvReader::take_fields(std::string_view line) {
    SmtInterval interval;
    interval.minutes = 0;
    Checked wrong = check_fields(interval);
    if (!wrong)
        keep(interval, line);
    else if (interval.minutes != 0 && !interval.plain_day)
        wrong->rule = rule_for(interval.start, *day_.zone);
    return wrong;
}

// What the order of the rows has told of a row at `start`, for a header it may stand under alone.
std::string_view SmtCsvReader::rule_for(Instant start, const Zone& zone) const {
    if (reading_ == RowClock::Reading::first || reading_ == RowClock::Reading::second)
        return {};
    const Zone::Readings readings = zone.readings(zone.local(start));
    if (readings.count != 2)
        return {};
    return start == readings.first ? ",repeated=first" : ",repeated=second";
}

RowReader::Checked SmtCsvReader::check_fields(SmtInterval& interval) {
    if (auto wrong = check_meter(interval))
        return wrong;
    if (auto wrong = check_date())
        return wrong;
    if (auto wrong = check_revision(interval))
        return wrong;
    if (auto wrong = check_times(interval))
        return wrong;
    return check_value(interval);
}

RowReader::Checked SmtCsvReader::check_meter(SmtInterval& interval) {
    std::string_view id = row_[columns_.meter];
    if (id.starts_with('\''))
        id.remove_prefix(1);
    if (id != meter_.text || meter_.zone == nullptr) {
        meter_.zone = nullptr;
        if (looks_rounded(id))
            return fault(id, "a spreadsheet has rounded the ESI ID " + quoted(id));
        if (!MeterId::valid(id))
            return fault(id, quoted(id) + " is not an ESI ID");
        meter_.text = id;
        meter_.zone = &options_.zone_for(id);
    }
    interval.meter = meter_.text;
    if (columns_.direction == columns_.count)
        return {};
    const std::string_view direction = row_[columns_.direction];
    const std::optional<Channel> channel = parse_direction(direction);
    if (!channel) {
        return fault(
            direction, quoted(direction) + " is neither Consumption nor Surplus Generation"
        );
    }
    interval.channel = *channel;
    return {};
}

RowReader::Checked SmtCsvReader::check_date() {
    const std::string_view text = row_[columns_.date];
    if (text == day_.text && day_.zone == meter_.zone)
        return {};
    const std::optional<LocalDay> day = parse_date(text);
    if (!day)
        return fault(text, "date " + quoted(text) + " is not a date that exists");
    const Zone& zone = *meter_.zone;
    const Instant from = zone.day_start(*day);
    const Instant to = zone.day_start(*day + std::chrono::days(1));
    const bool plain = to - from == std::chrono::hours(24) &&
                       zone.offset(from) == zone.offset(to - std::chrono::seconds(1));
    day_ = {std::string(text), &zone, *day, from, plain};
    return {};
}

RowReader::Checked SmtCsvReader::check_revision(SmtInterval& interval) {
    if (columns_.revision == columns_.count)
        return {};
    const std::string_view text = row_[columns_.revision];
    if (text.empty())
        return {};
    if (text != revision_.text || revision_.zone != meter_.zone) {
        const std::optional<LocalTime> time = parse_date_time(text);
        if (!time)
            return fault(text, "revision date " + quoted(text) + " is not a time that exists");
        revision_ = {
            std::string(text), meter_.zone, unix_seconds(wall_instant(*time, *meter_.zone))};
    }
    interval.revision = revision_.seconds;
    return {};
}

RowReader::Checked SmtCsvReader::check_times(SmtInterval& interval) {
    const std::string_view start_text = row_[columns_.start];
    const std::string_view end_text = row_[columns_.end];
    const int start = parse_minute(start_text);
    int end = parse_minute(end_text);
    if (start < 0 || start == 24 * 60) {
        return fault(start_text, "start time " + quoted(start_text) + " is not a time of day");
    }
    if (end < 0)
        return fault(end_text, "end time " + quoted(end_text) + " is not a time of day");
    if (end == 0)
        end = 24 * 60;
    interval.day_from = day_.from;
    interval.plain_day = day_.plain;
    if (!day_.plain) {
        const RowClock::Placed placed = clock_.place(
            {interval.meter, interval.channel, interval.revision, day_.day, start, end, reading_},
            *day_.zone
        );
        if (placed.fault != nullptr)
            return fault(start_text, placed.fault);
        interval.start = placed.start;
        interval.minutes = placed.minutes;
        return {};
    }
    if (!valid_interval_minutes(end - start)) {
        return fault(end_text, "end time is not one interval after the start time");
    }
    interval.start = day_.from + std::chrono::minutes(start);
    interval.minutes = end - start;
    return {};
}

RowReader::Checked SmtCsvReader::check_value(SmtInterval& interval) {
    const std::string_view flag = row_[columns_.flag];
    const std::string_view text = row_[columns_.kwh];
    EnergyText energy = read_energy(text, 3);
    if (!energy.fault.empty())
        return fault(text, std::move(energy.fault));
    const std::optional<Quality> quality = parse_flag(flag);
    if (!quality)
        return fault(flag, "flag " + quoted(flag) + " is neither A nor E");
    if (energy.inexact)
        assembler_.count_rounded(1);
    interval.wh = energy.wh;
    interval.quality = *quality;
    return {};
}

void SmtCsvReader::keep(const SmtInterval& interval, std::string_view line) {
    lane_ = interval.channel == Channel::consumption ? 0 : 1;
    SmtLane& lane = lanes_[lane_];
    if (!lane.continues(interval))
        flush(lane);
    lane.add(interval, line_, line);
    if (!columns_.predictable())
        return;
    const std::string_view start = row_[columns_.start];
    const std::string_view value = row_[columns_.kwh];
    const auto place = [&](const char* at) { return static_cast<std::size_t>(at - line.data()); };
    std::size_t times_at = place(start.data());
    while (times_at != 0 && is_blank(line[times_at - 1]))
        --times_at;
    const std::size_t value_at = place(value.data());
    lane.predict(interval, {line, times_at, value_at, value_at + value.size()});
}

void SmtCsvReader::flush(SmtLane& lane) {
    lane.flush(assembler_, [this](const SmtLane::Refusal& refusal) {
        CsvRow row;
        const bool split = row.split(refusal.text) && row.size() == columns_.count;
        const bool misaligned = refusal.status == PutStatus::misaligned;
        const std::size_t column = misaligned ? columns_.start : columns_.date;
        const char* at = split ? row[column].data() : nullptr;
        const Zone& zone = options_.zone_for(refusal.meter);
        reject(
            refusal.line,
            refusal.text,
            {at, std::string(reason(refusal.status)), rule_for(refusal.start, zone)}
        );
    });
}

}  // namespace

std::unique_ptr<Reader> make_smt_csv_reader(const ReaderOptions& options, Assembler& assembler) {
    return std::make_unique<SmtCsvReader>(options, assembler);
}

}  // namespace usagectl::meter
