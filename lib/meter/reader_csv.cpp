// SPDX-License-Identifier: MIT
// usagectl's own CSV: a row per interval, columns found by the header row, in any order:
//
//   meter      as MeterId; a leading apostrophe is dropped
//   start      RFC 3339 with `Z` or an offset; local times are not taken, they can be ambiguous
//   wh or kwh  one of the two
//   quality    actual (also A, or blank), estimated (also E), raw (only into the raw layer)
//   channel    4 or consumption (also blank), 1 or generation
//   minutes    the interval length
//
// The last three are optional.
//
// Without `minutes` all intervals of the file have one length: what the header says behind its last
// column (`meter,start,wh,minutes=30`), else the shortest step between starts of the file's first
// meter and channel within its first 64 KiB, when that is 5, 10, 15, 30 or 60 minutes, else 15.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/number.hpp"
#include "base/text.hpp"
#include "meter/csv_row.hpp"
#include "meter/energy_text.hpp"
#include "meter/line_text.hpp"
#include "meter/row_reader.hpp"

namespace usagectl::meter {
namespace {

constexpr std::size_t head_size = 64 * 1024;
constexpr std::int32_t usual_minutes = 15;

struct Columns {
    std::size_t count = 0;  // an optional column that is absent has this place
    std::size_t meter = 0;
    std::size_t start = 0;
    std::size_t energy = 0;
    int scale = 0;  // of the energy column: 0 for Wh, 3 for kWh
    std::size_t quality = 0;
    std::size_t channel = 0;
    std::size_t minutes = 0;

    [[nodiscard]] bool has(std::size_t column) const { return column != count; }
};

struct ColumnName {
    std::size_t Columns::*place;
    const char* name;
    bool may_be_absent;
};

[[nodiscard]] Result<Columns> read_columns(const CsvRow& row) {
    Columns columns;
    columns.count = row.size();
    columns.scale = row.has("kwh") ? 3 : 0;
    if (row.has("kwh") && row.has("wh"))
        return malformed_header("has both wh and kwh");
    const std::array names{
        ColumnName{&Columns::meter, "meter", false},
        ColumnName{&Columns::start, "start", false},
        ColumnName{&Columns::energy, columns.scale == 3 ? "kwh" : "wh", false},
        ColumnName{&Columns::quality, "quality", true},
        ColumnName{&Columns::channel, "channel", true},
        ColumnName{&Columns::minutes, "minutes", true},
    };
    for (const ColumnName& column : names) {
        const auto place = column_of(row, column.name, column.may_be_absent);
        if (!place)
            return tl::unexpected(place.error());
        columns.*column.place = *place;
    }
    return columns;
}

[[nodiscard]] std::optional<std::int32_t> parse_minutes(std::string_view text) {
    const auto minutes = parse_integer(text, 1, 60);
    if (!minutes || !valid_interval_minutes(*minutes))
        return {};
    return static_cast<std::int32_t>(*minutes);
}

[[nodiscard]] std::string not_minutes(std::string_view text) {
    return "minutes " + quoted(text) + " is not 5, 10, 15, 30 or 60";
}

[[nodiscard]] std::string_view without_apostrophe(std::string_view id) {
    return id.starts_with('\'') ? id.substr(1) : id;
}

[[nodiscard]] std::optional<Channel> parse_channel(std::string_view text) {
    if (text.empty() || text == "4" || same_ignoring_case(text, "consumption")) {
        return Channel::consumption;
    }
    if (text == "1" || same_ignoring_case(text, "generation"))
        return Channel::generation;
    return {};
}

// The interval length the rows of `text` show, as the head of this file describes.
[[nodiscard]] std::int32_t infer_minutes(std::string_view text, const Columns& columns) {
    CsvRow row;
    std::string series;  // meter and channel of the first row
    std::optional<Instant> before;
    std::int64_t shortest = 0;
    while (!text.empty()) {
        const std::size_t size = text.find('\n') + 1;
        const bool split = row.split(text.substr(0, size));
        text.remove_prefix(size);
        if (!split || row.size() != columns.count)
            continue;
        std::string name(row[columns.meter]);
        if (columns.has(columns.channel))
            name.append(",").append(row[columns.channel]);
        const Result<Instant> start = parse_instant(row[columns.start]);
        if (!start || (before && name != series))
            continue;
        const std::int64_t step = before ? std::abs((*start - *before).count()) : 0;
        if (step != 0 && (shortest == 0 || step < shortest))
            shortest = step;
        series = std::move(name);
        before = *start;
    }
    const bool usable = shortest % 60 == 0 && valid_interval_minutes(shortest / 60);
    return usable ? static_cast<std::int32_t>(shortest / 60) : usual_minutes;
}

struct Interval {
    Channel channel = Channel::consumption;
    std::int32_t minutes = usual_minutes;
    Instant start{};
    std::int64_t wh = 0;
    Quality quality = Quality::actual;
};

class CsvReader final : public RowReader {
public:
    using RowReader::RowReader;

    Result<void> read(std::string_view text, bool last) override;
    void skip_line(std::string_view beginning) override;

private:
    Result<Shape> take_header() override;
    Checked take_fields(std::string_view line) override;
    Result<void> take_head();
    Result<void> take_text(std::string_view text);
    void settle_minutes(std::string_view text);
    Checked check_fields(Interval& interval);
    Checked check_series(Interval& interval);
    Checked check_quality(Interval& interval) const;
    void put(const Interval& interval, std::string_view line);

    LineCutter cutter_;
    // The interval length is inferred from the head, so the head is gathered first.
    std::string head_;
    bool in_head_ = true;
    std::optional<Error> failed_;  // what the head of the file was refused for
    Columns columns_;
    std::int32_t minutes_ = usual_minutes;
    bool minutes_stated_ = false;  // by the header, for all rows
    // The series rows were last put into; good until another is opened.
    Assembler::Series* series_ = nullptr;
    std::string meter_;
    Channel channel_ = Channel::consumption;
    std::int32_t series_minutes_ = 0;
};

Result<void> CsvReader::read(std::string_view text, bool last) {
    if (failed_)
        return tl::unexpected(*failed_);
    const LineCutter::Text cut = cutter_.cut(text, last);
    Result<void> taken;
    if (in_head_) {
        head_ += cut.body;
        head_ += cut.tail;
        if (head_.size() >= head_size || last)
            taken = take_head();
    } else {
        taken = take_text(cut.body);
        if (taken)
            taken = take_text(cut.tail);
    }
    if (!taken)
        return taken;
    return last && !has_header() ? refuse_empty() : Result<void>();
}

Result<void> CsvReader::take_head() {
    in_head_ = false;
    Result<void> taken = take_text(head_);
    head_ = {};
    return taken;
}

Result<void> CsvReader::take_text(std::string_view text) {
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n') + 1);
        text.remove_prefix(line.size());
        const bool under_header = has_header();
        if (auto taken = take_line(line); !taken)
            return taken;
        if (!under_header && has_header())
            settle_minutes(text.substr(0, head_size));
    }
    return {};
}

// The length of intervals whose row does not say it; `text` is the first rows.
void CsvReader::settle_minutes(std::string_view text) {
    if (columns_.has(columns_.minutes) || minutes_stated_)
        return;
    minutes_ = infer_minutes(text.substr(0, text.rfind('\n') + 1), columns_);
    rule_ = ",minutes=" + std::to_string(minutes_);
}

void CsvReader::skip_line(std::string_view beginning) {
    if (in_head_) {
        if (auto taken = take_head(); !taken)
            failed_ = taken.error();
    }
    RowReader::skip_line(beginning);
}

Result<RowReader::Shape> CsvReader::take_header() {
    const auto rule = row_.take_rule("minutes");
    const auto stated = rule ? parse_minutes(*rule) : std::nullopt;
    if (rule && !stated)
        return malformed_header("says: " + not_minutes(*rule));
    const auto columns = read_columns(row_);
    if (!columns)
        return tl::unexpected(columns.error());
    columns_ = *columns;
    minutes_ = stated.value_or(minutes_);
    minutes_stated_ = stated.has_value();
    const bool told = minutes_stated_ || columns_.has(columns_.minutes);
    rule_ = told ? "" : ",minutes=" + std::to_string(minutes_);
    return Shape{columns_.count, columns_.energy};
}

RowReader::Checked CsvReader::take_fields(std::string_view line) {
    Interval interval;
    Checked wrong = check_fields(interval);
    if (!wrong)
        put(interval, line);
    return wrong;
}

RowReader::Checked CsvReader::check_fields(Interval& interval) {
    if (auto wrong = check_series(interval))
        return wrong;
    const std::string_view start = row_[columns_.start];
    const Result<Instant> instant = parse_instant(start);
    if (!instant) {
        return fault(
            start, "start " + quoted(start) + " is not an RFC 3339 time with Z or an offset"
        );
    }
    interval.start = *instant;
    const std::string_view text = row_[columns_.energy];
    EnergyText energy = read_energy(text, columns_.scale);
    if (!energy.fault.empty())
        return fault(text, std::move(energy.fault));
    interval.wh = energy.wh;
    if (auto wrong = check_quality(interval))
        return wrong;
    if (energy.inexact)
        assembler_.count_rounded(1);
    return {};
}

RowReader::Checked CsvReader::check_series(Interval& interval) {
    const std::string_view id = without_apostrophe(row_[columns_.meter]);
    const bool known = series_ != nullptr && id == meter_;
    if (!known && !MeterId::valid(id))
        return fault(id, quoted(id) + " is not a meter identifier");
    if (columns_.has(columns_.channel)) {
        const std::string_view text = row_[columns_.channel];
        const std::optional<Channel> channel = parse_channel(text);
        if (!channel) {
            return fault(
                text, "channel " + quoted(text) + " is neither consumption nor generation"
            );
        }
        interval.channel = *channel;
    }
    interval.minutes = minutes_;
    if (!columns_.has(columns_.minutes))
        return {};
    const std::string_view text = row_[columns_.minutes];
    const auto minutes = parse_minutes(text);
    if (!minutes)
        return fault(text, not_minutes(text));
    interval.minutes = *minutes;
    return {};
}

RowReader::Checked CsvReader::check_quality(Interval& interval) const {
    if (!columns_.has(columns_.quality))
        return {};
    const std::string_view text = row_[columns_.quality];
    if (text.empty() || same_ignoring_case(text, "actual") || text == "A")
        return {};
    if (same_ignoring_case(text, "estimated") || text == "E") {
        interval.quality = Quality::estimated;
        return {};
    }
    if (!same_ignoring_case(text, "raw")) {
        return fault(text, "quality " + quoted(text) + " is neither actual nor estimated");
    }
    if (options_.layer == Layer::raw)
        return {};
    return fault(text, "a raw value is not validated; it belongs into the raw layer");
}

void CsvReader::put(const Interval& interval, std::string_view line) {
    const std::string_view id = without_apostrophe(row_[columns_.meter]);
    const bool same = series_ != nullptr && id == meter_ && interval.channel == channel_ &&
                      interval.minutes == series_minutes_;
    if (!same) {
        meter_ = id;
        channel_ = interval.channel;
        series_minutes_ = interval.minutes;
        series_ = &assembler_.open(meter_, channel_, series_minutes_, 0);
    }
    const PutStatus status =
        assembler_.put(*series_, interval.start, interval.wh, interval.quality, line_);
    if (status == PutStatus::taken)
        return;
    reject(line, fault(row_[columns_.start], std::string(reason(status))));
}

}  // namespace

std::unique_ptr<Reader> make_csv_reader(const ReaderOptions& options, Assembler& assembler) {
    return std::make_unique<CsvReader>(options, assembler);
}

}  // namespace usagectl::meter
