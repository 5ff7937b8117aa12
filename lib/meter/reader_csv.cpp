// SPDX-License-Identifier: MIT
// usagectl's own CSV: a row per interval, columns found by the header row, in any order:
//
//   meter     as MeterId; a leading apostrophe is dropped
//   start     RFC 3339 with `Z` or an offset; local times are not taken, they can be ambiguous
//   wh | kwh  one of the two
//   quality   actual (also A, or blank), estimated (also E), raw (only into the raw layer);
//   optional channel   4 or consumption (also blank), 1 or generation; optional minutes   the
//   interval length; optional
//
// Without `minutes` all intervals of the file have one length: the shortest step between starts of
// the file's first meter and channel within its first 64 KiB, when that is 5, 10, 15, 30 or 60
// minutes, else 15.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/number.hpp"
#include "base/text.hpp"
#include "meter/csv_row.hpp"
#include "meter/energy_text.hpp"
#include "meter/line_text.hpp"
#include "meter/reader.hpp"

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

[[nodiscard]] Result<Columns> read_header(CsvRow& row, std::string_view line) {
    const auto malformed = [](std::string message) {
        return refuse(Exit::rejected, "header_malformed", std::move(message));
    };
    if (!row.split(line))
        return malformed(std::string("in the header row, ") + row.reason());
    Columns columns;
    columns.count = row.size();
    columns.scale = row.has("kwh") ? 3 : 0;
    if (row.has("kwh") && row.has("wh"))
        return malformed("the header row has both wh and kwh");
    struct Name {
        std::size_t Columns::*place;
        const char* name;
        bool may_be_absent;
    };
    const std::array names{
        Name{&Columns::meter, "meter", false},
        Name{&Columns::start, "start", false},
        Name{&Columns::energy, columns.scale == 3 ? "kwh" : "wh", false},
        Name{&Columns::quality, "quality", true},
        Name{&Columns::channel, "channel", true},
        Name{&Columns::minutes, "minutes", true},
    };
    for (const Name& column : names) {
        const auto place = column_of(row, column.name, column.may_be_absent);
        if (!place)
            return tl::unexpected(place.error());
        columns.*column.place = *place;
    }
    return columns;
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

// What is wrong with a row, and where.
struct Fault {
    const char* at = nullptr;
    std::string reason;
};
using Checked = std::optional<Fault>;

[[nodiscard]] Fault fault(std::string_view field, std::string reason) {
    return {field.data(), std::move(reason)};
}

struct Interval {
    Channel channel = Channel::consumption;
    std::int32_t minutes = usual_minutes;
    Instant start{};
    std::int64_t wh = 0;
    Quality quality = Quality::actual;
};

class CsvReader final : public Reader {
public:
    CsvReader(const ReaderOptions& options, Assembler& assembler)
        : options_(options)
        , assembler_(assembler) {}

    Result<void> read(std::string_view text, bool last) override;
    void skip_line(std::string_view beginning) override;

private:
    Result<void> take_head();
    Result<void> take_text(std::string_view text);
    void take_row(std::string_view line);
    Checked check_row(std::string_view line, Interval& interval);
    Checked check_series(Interval& interval);
    Checked check_quality(Interval& interval) const;
    void put(const Interval& interval, std::string_view line);
    void reject(std::string_view line, const Fault& wrong);

    ReaderOptions options_;
    Assembler& assembler_;
    LineCutter cutter_;
    CsvRow row_;
    std::uint64_t line_ = 0;
    // The interval length is inferred from the head, so the head is gathered first.
    std::string head_;
    bool in_head_ = true;
    std::optional<Error> failed_;  // what the head of the file was refused for
    std::optional<Columns> columns_;
    std::int32_t minutes_ = usual_minutes;
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
    if (last && !columns_)
        return refuse(Exit::rejected, "empty_file", "the file is empty");
    return {};
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
        ++line_;
        if (trim(without_line_end(line)).empty())
            continue;
        if (columns_) {
            take_row(line);
            continue;
        }
        const Result<Columns> columns = read_header(row_, line);
        if (!columns)
            return tl::unexpected(columns.error());
        columns_ = *columns;
        if (columns_->has(columns_->minutes))
            continue;
        const std::string_view head = text.substr(0, head_size);
        minutes_ = infer_minutes(head.substr(0, head.rfind('\n') + 1), *columns_);
    }
    return {};
}

void CsvReader::skip_line(std::string_view beginning) {
    if (in_head_) {
        if (auto taken = take_head(); !taken)
            failed_ = taken.error();
    }
    ++line_;
    assembler_.count_records(1);
    reject(beginning, {nullptr, "line is longer than 1 MiB"});
}

void CsvReader::take_row(std::string_view line) {
    Interval interval;
    const Checked wrong = check_row(line, interval);
    if (!wrong) {
        assembler_.count_records(1);
        return put(interval, line);
    }
    const bool whole = row_.split(line) && row_.size() == columns_->count;
    if (whole && row_[columns_->energy].empty()) {
        assembler_.count_records(1);
        return assembler_.count_blanks(1);
    }
    // Files put one after another bring their headers along.
    if (auto columns = read_header(row_, line)) {
        columns_ = *columns;
        return;
    }
    assembler_.count_records(1);
    reject(line, *wrong);
}

Checked CsvReader::check_row(std::string_view line, Interval& interval) {
    if (!row_.split(line))
        return Fault{row_.fault(), row_.reason()};
    if (row_.size() != columns_->count) {
        return Fault{
            nullptr,
            std::to_string(row_.size()) + " fields instead of " + std::to_string(columns_->count)};
    }
    if (auto wrong = check_series(interval))
        return wrong;
    const std::string_view start = row_[columns_->start];
    const Result<Instant> instant = parse_instant(start);
    if (!instant) {
        return fault(
            start, "start " + quoted(start) + " is not an RFC 3339 time with Z or an offset"
        );
    }
    interval.start = *instant;
    const std::string_view text = row_[columns_->energy];
    EnergyText energy = read_energy(text, columns_->scale);
    if (!energy.fault.empty())
        return fault(text, std::move(energy.fault));
    interval.wh = energy.wh;
    if (auto wrong = check_quality(interval))
        return wrong;
    if (energy.inexact)
        assembler_.count_rounded(1);
    return {};
}

Checked CsvReader::check_series(Interval& interval) {
    const std::string_view id = without_apostrophe(row_[columns_->meter]);
    const bool known = series_ != nullptr && id == meter_;
    if (!known && !MeterId::valid(id))
        return fault(id, quoted(id) + " is not a meter identifier");
    if (columns_->has(columns_->channel)) {
        const std::string_view text = row_[columns_->channel];
        const std::optional<Channel> channel = parse_channel(text);
        if (!channel) {
            return fault(
                text, "channel " + quoted(text) + " is neither consumption nor generation"
            );
        }
        interval.channel = *channel;
    }
    interval.minutes = minutes_;
    if (!columns_->has(columns_->minutes))
        return {};
    const std::string_view text = row_[columns_->minutes];
    const auto minutes = parse_integer(text, 1, 60);
    if (!minutes || !valid_interval_minutes(*minutes)) {
        return fault(text, "minutes " + quoted(text) + " is not 5, 10, 15, 30 or 60");
    }
    interval.minutes = static_cast<std::int32_t>(*minutes);
    return {};
}

Checked CsvReader::check_quality(Interval& interval) const {
    if (!columns_->has(columns_->quality))
        return {};
    const std::string_view text = row_[columns_->quality];
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
    const std::string_view id = without_apostrophe(row_[columns_->meter]);
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
    reject(line, fault(row_[columns_->start], std::string(reason(status))));
}

void CsvReader::reject(std::string_view line, const Fault& wrong) {
    assembler_.reject(reject_at(line_, line, wrong.at, 1, wrong.reason));
}

}  // namespace

std::unique_ptr<Reader> make_csv_reader(const ReaderOptions& options, Assembler& assembler) {
    return std::make_unique<CsvReader>(options, assembler);
}

}  // namespace usagectl::meter
