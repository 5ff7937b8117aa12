// SPDX-License-Identifier: MIT
// ERCOT / TDSP interval files in the LodeStar enhanced format (*.LSE): groups of header rows and
// detail rows; a detail row holds value, status and start, repeated any number of times.
//
// A wrong value costs that interval. Whatever makes the places of values doubtful (a header that
// cannot be read, rows out of order, a count that does not fill start to stop) costs the group, by
// name: a value stored at the wrong time is worse than one that is missing.
#include <limits>
#include <optional>
#include <string>

#include "base/text.hpp"
#include "meter/energy_text.hpp"
#include "meter/line_text.hpp"
#include "meter/local_text.hpp"
#include "meter/lse_group.hpp"
#include "meter/lse_text.hpp"
#include "meter/lse_wrong_rows.hpp"
#include "meter/reader.hpp"

namespace usagectl::meter {
namespace {

constexpr std::uint32_t first_detail_code = 10'000'000;
constexpr std::size_t values_at = 9;  // after the sort code and its comma

[[nodiscard]] constexpr bool is_detail(std::uint32_t code) {
    return code >= first_detail_code && code != not_eight_digits;
}

class LseReader final : public Reader {
public:
    LseReader(const ReaderOptions& options, Assembler& assembler)
        : options_(options)
        , assembler_(assembler) {}

    Result<void> read(std::string_view text, bool last) override;
    void skip_line(std::string_view beginning) override;

private:
    void take_text(std::string_view text);
    const char* take_line(const char* at, const char* end);
    void take_header(std::string_view line, std::uint32_t code);
    void take_stray(std::string_view line, std::uint32_t code);
    bool begin_details();
    const char* take_detail(const char* at, std::uint32_t code, const char* end);
    const char* take_simple_triples(const char* at, const char* end);
    void take_triples(std::string_view line, const char* at);
    void take_value(
        std::string_view line,
        std::string_view value,
        std::string_view status,
        std::string_view start
    );
    std::string take_start(std::string_view text);
    void count_lost(const char* at, const char* end);
    void finish_group(const char* end);
    void tell_unfiled(const LseGroup::Refused& refused, std::string_view group);
    void tell_refused(std::string_view group);
    void refuse_group(std::uint64_t number, std::uint32_t column, std::string reason);
    void refuse_group(std::string_view line, const char* at, std::string reason);

    // A group has header rows, then details. Once something in it is wrong the rest of it is only
    // counted.
    enum class State : std::uint8_t { outside, headers, details, refused };

    ReaderOptions options_;
    Assembler& assembler_;
    LineCutter cutter_;
    LseHeaderRows header_rows_;
    LseGroup group_;
    LseGroupText text_;
    const Zone* zone_ = nullptr;  // of the group's meter
    State state_ = State::outside;
    bool any_text_ = false;
    std::uint64_t line_ = 0;
    std::uint64_t group_line_ = 0;
    std::uint32_t last_code_ = 0;
    std::uint64_t rounded_ = 0;
    std::uint64_t lost_ = 0;  // intervals of a refused group
    Reject refusal_;
    LseWrongRows wrong_rows_;
};

Result<void> LseReader::read(std::string_view text, bool last) {
    const LineCutter::Text cut = cutter_.cut(text, last);
    take_text(cut.body);
    take_text(cut.tail);
    if (!last)
        return {};
    if (!any_text_)
        return refuse(Exit::rejected, "empty_file", "the file is empty");
    finish_group(nullptr);
    return {};
}

void LseReader::take_text(std::string_view text) {
    if (text.empty())
        return;
    const char* at = text.data();
    const char* const end = at + text.size();
    text_.enter_piece(at);
    while (at != end)
        at = take_line(at, end);
    text_.leave_piece(end);
}

void LseReader::skip_line(std::string_view beginning) {
    ++line_;
    any_text_ = true;
    assembler_.reject(reject_long_line(line_, beginning));
}

// Takes the line at `at`, returns the next one. A detail row, as nearly all lines are, is taken
// without looking for its end first.
const char* LseReader::take_line(const char* at, const char* end) {
    ++line_;
    std::uint32_t code = end - at >= 16 && at[8] == ',' ? scan_eight_digits(at) : not_eight_digits;
    if (state_ == State::details && is_detail(code))
        return take_detail(at, code, end);

    const char* const stop = line_end(at, end);
    const std::string_view line = without_line_end({at, static_cast<std::size_t>(stop - at)});
    if (trim(line).empty())
        return stop;
    any_text_ = true;
    const std::string_view first = line.substr(0, line.find(','));
    const int digits = first.size() == 8 ? digits_value(first) : -1;
    code = digits < 0 ? not_eight_digits : static_cast<std::uint32_t>(digits);
    if (code == 1) {
        finish_group(at);
        text_.begin(at);
    }
    if (is_detail(code) && line.size() >= values_at) {
        if (state_ == State::details || (state_ == State::headers && begin_details())) {
            return take_detail(at, code, end);
        }
    }
    if (code >= 1 && code <= 4) {
        take_header(line, code);
    } else {
        take_stray(line, code);
    }
    return stop;
}

void LseReader::take_header(std::string_view line, std::uint32_t code) {
    std::optional<LseFault> fault;
    if (code == 1) {
        state_ = State::headers;
        group_line_ = line_;
        group_.clear();
        fault = header_rows_.read_one(line, group_.header);
    } else if (state_ == State::refused) {
        return;
    } else if (state_ == State::outside) {
        return assembler_.reject(
            reject_at(line_, line, line.data(), 0, "header row without a header row one before it")
        );
    } else if (state_ == State::details || code <= last_code_) {
        fault =
            LseFault{line.data(), "header row " + quoted(line.substr(0, 8)) + " is out of place"};
    } else if (code == 2) {
        fault = header_rows_.read_two(line, group_.header);
    } else if (code == 4) {
        fault = header_rows_.read_four(line, group_.header);
    }
    last_code_ = code;
    if (fault)
        return refuse_group(line, fault->at, std::move(fault->reason));
    const LseHeader& header = group_.header;
    if (code == 1 && !header.validated && options_.layer != Layer::raw) {
        refuse_group(
            line_, header.flag_column, "the data is not validated (invalid record flag Y)"
        );
    }
}

// A row that belongs to no sound group.
void LseReader::take_stray(std::string_view line, std::uint32_t code) {
    if (!is_detail(code)) {
        const std::string_view first = line.substr(0, line.find(','));
        return assembler_.reject(reject_at(
            line_,
            line,
            line.data(),
            0,
            "row begins with " + quoted(first) + ", which is no sort code"
        ));
    }
    assembler_.count_records(1);
    const char* const end = line.data() + line.size();
    const char* const values = line.data() + std::min(line.size(), values_at);
    if (state_ == State::refused)
        return count_lost(values, end);
    const LseCounts counts = count_lse_values(values, end);
    assembler_.count_blanks(counts.blanks);
    assembler_.reject(reject_at(
        line_, line, line.data(), counts.values, "detail row without a header row one before it"
    ));
}

// True when the header rows say all that is needed to place values in time.
bool LseReader::begin_details() {
    if (group_.header.seconds == 0) {
        refuse_group(group_line_, 0, "header row two is missing");
        return false;
    }
    zone_ = &options_.zone_for(group_.header.meter);
    if (auto reason = group_.place(*zone_)) {
        refuse_group(group_line_, group_.header.start_column, std::move(*reason));
        return false;
    }
    state_ = State::details;
    last_code_ = 0;
    return true;
}

const char* LseReader::take_detail(const char* at, std::uint32_t code, const char* end) {
    assembler_.count_records(1);
    const bool in_order = code > last_code_;
    const char* rest = at + values_at;
    if (in_order) {
        last_code_ = code;
        group_.begin_row(line_);
        rest = take_simple_triples(rest, end);
        if (rest[-1] == '\n')
            return rest;
    }
    const char* const stop = line_end(rest, end);
    const std::string_view line = without_line_end({at, static_cast<std::size_t>(stop - at)});
    if (in_order) {
        take_triples(line, rest);
    } else {
        refuse_group(
            line, at, "sort code " + quoted(line.substr(0, 8)) + " is not in ascending order"
        );
        count_lost(rest, line.data() + line.size());
    }
    return stop;
}

// Takes triples of a plain value, A or E, and no start of their own. Stops after the row's line
// feed, or before the first triple that is anything else.
const char* LseReader::take_simple_triples(const char* at, const char* end) {
    constexpr std::uint64_t three_bytes = 0xFFFFFF;
    constexpr std::uint64_t actual = ',' | 'A' << 8 | ',' << 16;
    constexpr std::uint64_t estimated = ',' | 'E' << 8 | ',' << 16;
    constexpr std::ptrdiff_t longest =
        16;  // seven bytes of value, five after it, and a load of eight
    const LseGroup::Room room = group_.room();
    std::size_t count = 0;
    while (count != room.size && end - at >= longest) {
        const Thousandths value = scan_thousandths(at);
        const std::uint64_t tail = load_8(at + value.size);
        const bool is_actual = (tail & three_bytes) == actual;
        if (value.size == 0 || (!is_actual && (tail & three_bytes) != estimated))
            break;
        const char* next = at + value.size + 4;
        if (next[-1] == '\r' && next[0] == '\n')
            ++next;
        if (next[-1] != ',' && next[-1] != '\n')
            break;
        room.wh[count] = value.value;
        room.quality[count] = is_actual ? Quality::actual : Quality::estimated;
        ++count;
        at = next;
        if (next[-1] == '\n')
            break;
    }
    group_.took(count);
    return at;
}

void LseReader::take_triples(std::string_view line, const char* at) {
    const char* const end = line.data() + line.size();
    while (at != nullptr) {
        const LseField value = lse_field(at, end);
        if (value.next == nullptr) {
            // A comma at the end of the row may be one too many; half a triple is a row cut off.
            if (value.text.empty())
                return;
            return wrong_rows_.add(
                reject_at(line_, line, at, 1, "value without a status, the row is cut off"),
                assembler_
            );
        }
        if (group_.full()) {
            refuse_group(
                line,
                at,
                "group has more than " + std::to_string(LseGroup::max_values) + " intervals"
            );
            return count_lost(at, end);
        }
        const LseField status = lse_field(value.next, end);
        const LseField start = status.next == nullptr ? LseField{} : lse_field(status.next, end);
        take_value(line, value.text, status.text, start.text);
        at = start.next;
    }
}

void LseReader::take_value(
    std::string_view line, std::string_view value, std::string_view status, std::string_view start
) {
    if (is_lse_null(value)) {
        assembler_.count_blanks(1);
        return group_.add(0, Quality::missing);
    }
    EnergyText energy = read_energy(value, 3);
    const std::optional<Quality> quality = lse_quality(status);
    const char* at = value.data();
    std::string reason = std::move(energy.fault);
    if (reason.empty() && !quality) {
        at = status.data();
        reason = "status " + quoted(status) + " is neither A nor E";
    }
    if (reason.empty() && !start.empty()) {
        at = start.data();
        reason = take_start(start);
    }
    if (reason.empty()) {
        if (energy.inexact)
            ++rounded_;
        return group_.add(energy.wh, *quality);
    }
    // The place stays, so that the values after it keep theirs.
    group_.add(0, Quality::missing);
    wrong_rows_.add(reject_at(line_, line, at, 1, std::move(reason)), assembler_);
}

// A start that the value brings with it; a reason when it cannot be that.
std::string LseReader::take_start(std::string_view text) {
    const std::optional<LocalTime> time = parse_stamp(text);
    if (!time)
        return "interval start " + quoted(text) + " is not a time of 14 digits that exists";
    // In a repeated hour the place in the group tells which of the two readings is meant.
    Instant start = group_.implied_start(group_.size());
    if (!group_.header.prevailing) {
        start = zone_->from_standard(*time);
    } else if (zone_->local(start) != *time) {
        const Zone::Readings readings = zone_->readings(*time);
        if (readings.count == 0)
            return "interval start does not exist in local time";
        start = readings.first;
    }
    if (!group_.covers(start))
        return "interval start is outside of the group's start and stop";
    if (!group_.on_grid(start))
        return "interval start is not a whole number of intervals after the group's";
    group_.set_start(start);
    return {};
}

void LseReader::count_lost(const char* at, const char* end) {
    const LseCounts counts = count_lse_values(at, end);
    assembler_.count_blanks(counts.blanks);
    lost_ += counts.values;
}

void LseReader::refuse_group(std::string_view line, const char* at, std::string reason) {
    const auto column = at == nullptr ? 0 : static_cast<std::uint32_t>(at - line.data()) + 1;
    refuse_group(line_, column, std::move(reason));
}

void LseReader::refuse_group(std::uint64_t number, std::uint32_t column, std::string reason) {
    refusal_ = {};
    refusal_.line = number;
    refusal_.column = column;
    refusal_.reason = std::move(reason) + "; the meter's group is rejected";
    lost_ = group_.present();
    group_.clear();
    state_ = State::refused;
}

// The group is complete: its text ends at `end` (null: with the file).
void LseReader::finish_group(const char* end) {
    if (state_ == State::headers)
        refuse_group(group_line_, 0, "group has no detail rows");
    if (state_ == State::details) {
        if (auto reason = group_.close()) {
            refuse_group(group_line_, group_.header.stop_column, std::move(*reason));
        }
    }
    if (state_ == State::details) {
        assembler_.count_rounded(rounded_);
        const auto unfiled = group_.put(assembler_, *zone_);
        if (!unfiled.empty() || !wrong_rows_.empty()) {
            const std::string group = text_.until(end);
            for (const LseGroup::Refused& refused : unfiled)
                tell_unfiled(refused, group);
            wrong_rows_.tell(group, group_, *zone_, assembler_);
        }
    }
    if (state_ == State::refused)
        tell_refused(text_.until(end));
    state_ = State::outside;
    rounded_ = 0;
    lost_ = 0;
}

void LseReader::tell_unfiled(const LseGroup::Refused& refused, std::string_view group) {
    const bool late = refused.status == PutStatus::future;
    Reject reject;
    reject.line = group_line_;
    reject.column = late ? group_.header.stop_column : group_.header.start_column;
    reject.intervals = refused.count;
    reject.reason = reason(refused.status);
    reject.record = without_line_end(group);
    assembler_.reject(std::move(reject));
}

// The group as a whole is the record, wrong values and all.
void LseReader::tell_refused(std::string_view group) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    lost_ += wrong_rows_.intervals();
    refusal_.reason += wrong_rows_.summary();
    wrong_rows_.clear();
    refusal_.intervals = static_cast<std::uint32_t>(std::min(lost_, most));
    refusal_.record = without_line_end(group);
    assembler_.reject(std::move(refusal_));
}

}  // namespace

std::unique_ptr<Reader> make_lse_reader(const ReaderOptions& options, Assembler& assembler) {
    return std::make_unique<LseReader>(options, assembler);
}

}  // namespace usagectl::meter
