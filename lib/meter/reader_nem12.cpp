// SPDX-License-Identifier: MIT
// Australian interval data, NEM12 (AEMO, Meter Data File Format Specification NEM12 and NEM13).
//
// A file is a 100 header, then 200 records that each name a stream, 300 records with a day of it
// each, 400 records that give a day its qualities, 500 records (manual reads, not stored) and a 900
// end. Files of some providers lack the header or consist of several files in a row; their data is
// taken and the missing header is reported. A missing end is not.
#include <algorithm>
#include <string>
#include <utility>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "meter/line_text.hpp"
#include "meter/nem12_record.hpp"
#include "meter/reader.hpp"

namespace usagectl::meter {

namespace {

class Nem12Reader final : public Reader {
public:
    Nem12Reader(const ReaderOptions& options, Assembler& assembler)
        : zone_(*options.zone)
        , part_(options.part)
        , assembler_(assembler) {}

    Result<void> read(std::string_view text, bool last) override;
    void skip_line(std::string_view beginning) override;

private:
    Result<void> take_text(std::string_view text);
    Result<void> take_line(std::string_view line);
    Result<void> take_header();
    void take_stream();
    void take_day();
    void take_qualities();
    void take_other();

    void require_header();
    void begin_day(std::string_view record);
    void close_day();
    void store_day();
    std::string_view store_slot(Assembler::Series& series, int index);
    void refuse_day(std::string reason, std::uint32_t column, std::uint32_t count);
    void reject_line(std::string reason, std::uint32_t column = 0);
    void give_context(Reject& reject, bool stream) const;

    // What 400 records may follow: a day that waits for them, one that was refused (its reject
    // waits for them as well: they are part of its record), or nothing.
    enum class Day : std::uint8_t { none, open, refused };

    const Zone& zone_;
    bool part_;
    Assembler& assembler_;
    LineCutter cutter_;
    std::uint64_t line_ = 0;
    std::uint64_t days_ = 0;
    bool any_text_ = false;
    bool in_section_ = false;  // between a header, or what should be under one, and its 900

    Nem12Fields fields_;
    std::string header_record_;  // 100
    bool has_stream_ = false;
    std::string stream_record_;  // 200
    Nem12Stream stream_;
    Day day_state_ = Day::none;
    Nem12Day day_;
    std::uint64_t day_line_ = 0;
    std::string day_record_;  // 300 and its 400
    Reject day_reject_;       // of a refused day
};

// Above records whose own header was missing or wrong: that has been rejected by itself.
constexpr std::string_view sound_header = "100,NEM12";

// Beginnings are enough: what is longer than a reject may hold is cut anyway.
[[nodiscard]] std::string_view kept(std::string_view line) {
    return line.substr(0, max_record + 1);
}

Result<void> Nem12Reader::read(std::string_view text, bool last) {
    const LineCutter::Text cut = cutter_.cut(text, last);
    if (auto taken = take_text(cut.body); !taken)
        return taken;
    if (auto taken = take_text(cut.tail); !taken || !last)
        return taken;
    close_day();
    if (!any_text_)
        return refuse(Exit::rejected, "empty_file", "the file is empty");
    if (days_ == 0 && !part_)
        return refuse(
            Exit::rejected, "no_intervals", "the file holds no interval data: it has no 300 record"
        );
    return {};
}

Result<void> Nem12Reader::take_text(std::string_view text) {
    for (const char *at = text.data(), *end = at + text.size(); at != end;) {
        const char* const next = line_end(at, end);
        ++line_;
        const std::string_view line(at, static_cast<std::size_t>(next - at));
        if (auto taken = take_line(without_line_end(line)); !taken)
            return taken;
        at = next;
    }
    return {};
}

void Nem12Reader::skip_line(std::string_view beginning) {
    ++line_;
    any_text_ = true;
    close_day();
    fields_.split(without_line_end(beginning));
    require_header();
    Reject reject = reject_long_line(line_, beginning);
    if (fields_[0] == "200") {
        has_stream_ = true;
        stream_record_ = kept(beginning);
        stream_ = {};
        stream_.refusal = "its 200 record was rejected";
    } else if (fields_[0] == "300") {
        begin_day(beginning);
        day_state_ = Day::refused;
        day_reject_ = std::move(reject);
        return;
    }
    assembler_.reject(std::move(reject));
}

Result<void> Nem12Reader::take_line(std::string_view line) {
    if (line.find_first_not_of(" \t,\r") == std::string_view::npos)
        return {};
    any_text_ = true;
    fields_.split(line);
    const std::string_view kind = fields_[0];
    if (kind != "400")
        close_day();
    if (kind == "100")
        return take_header();
    require_header();
    if (kind == "200")
        take_stream();
    else if (kind == "300")
        take_day();
    else if (kind == "400")
        take_qualities();
    else if (kind != "500")
        take_other();
    return {};
}

Result<void> Nem12Reader::take_header() {
    in_section_ = true;
    has_stream_ = false;
    header_record_.clear();
    const std::string_view version = fields_[1];
    if (version == "NEM12") {
        header_record_ = kept(fields_.line());
        return {};
    }
    const std::string reason = version == "NEM13"
                                   ? "NEM13 (accumulated reads) is not interval data"
                                   : "the header names " + quoted(version) + ", not NEM12";
    if (days_ == 0)
        return refuse(Exit::rejected, "format_refused", reason);
    reject_line(reason, fields_.column(1));
    header_record_ = sound_header;
    return {};
}

void Nem12Reader::require_header() {
    if (in_section_)
        return;
    in_section_ = true;
    has_stream_ = false;
    header_record_.clear();
    reject_line("the 100 header record is missing");
    header_record_ = sound_header;
}

void Nem12Reader::take_stream() {
    has_stream_ = true;
    stream_record_ = kept(fields_.line());
    stream_ = parse_nem12_stream(fields_);
    if (!stream_.malformed)
        return;
    reject_line(stream_.refusal, stream_.column);
    stream_.refusal = "its 200 record was rejected: " + stream_.refusal;
}

void Nem12Reader::take_day() {
    begin_day(fields_.line());
    if (!has_stream_ || !stream_.refusal.empty()) {
        const char* const none = "300 record without a 200 record before it";
        refuse_day(has_stream_ ? stream_.refusal : none, 0, count_nem12_values(fields_));
        return;
    }
    day_.begin(fields_, stream_, zone_);
    day_state_ = Day::open;
    if (!day_.refusal().empty())
        refuse_day(day_.refusal(), day_.column(), day_.values());
}

void Nem12Reader::begin_day(std::string_view record) {
    ++days_;
    assembler_.count_records(1);
    day_line_ = line_;
    day_record_ = kept(record);
}

void Nem12Reader::take_qualities() {
    if (day_state_ != Day::none && day_record_.size() <= max_record) {
        day_record_ += '\n';
        day_record_ += kept(fields_.line());
    }
    if (day_state_ == Day::refused)
        return;
    if (day_state_ == Day::none)
        reject_line("400 record without a 300 record before it");
    else if (!day_.may_be_covered())
        reject_line("400 record after a 300 record whose quality is not V");
    else
        day_.cover(fields_);
}

void Nem12Reader::take_other() {
    if (fields_[0] == "900") {
        in_section_ = false;
        return;
    }
    if (fields_[0] == "250" || fields_[0] == "550")
        reject_line("NEM13 (accumulated reads) is not interval data");
    else
        reject_line("record indicator " + quoted(fields_[0]) + " is not known", 1);
}

void Nem12Reader::close_day() {
    if (day_state_ == Day::open) {
        day_.end();
        if (day_.refusal().empty())
            store_day();
        else
            refuse_day(day_.refusal(), day_.column(), day_.values());
    }
    if (std::exchange(day_state_, Day::none) != Day::refused)
        return;
    day_reject_.record = day_record_;
    give_context(day_reject_, true);
    assembler_.reject(std::exchange(day_reject_, {}));
}

// A value that cannot be taken costs that interval; all of a row are told in one reject, which
// names the first.
void Nem12Reader::store_day() {
    Assembler::Series& series =
        assembler_.open(stream_.meter, stream_.channel, stream_.minutes, day_.revision());
    std::string first_reason;
    std::uint32_t first_column = 0;
    std::uint32_t lost = 0;
    for (int index = 0; index < day_.size(); ++index) {
        const std::string_view why = store_slot(series, index);
        if (why.empty() || lost++ > 0)
            continue;
        first_reason = why;
        first_column = day_.slot(index).column;
    }
    if (lost > 1)
        first_reason += ", and " + std::to_string(lost - 1) + " more of this record";
    if (lost > 0)
        refuse_day(std::move(first_reason), first_column, lost);
}

// Why the value was not taken; empty when it was, or when there is none.
std::string_view Nem12Reader::store_slot(Assembler::Series& series, int index) {
    const Nem12Day::Slot& slot = day_.slot(index);
    if (slot.null || slot.text == Nem12Day::Text::blank) {
        assembler_.count_blanks(1);
        return {};
    }
    if (slot.text == Nem12Day::Text::unreadable)
        return "value is not a plain decimal number";
    const Instant start = day_.start() + index * std::chrono::minutes(stream_.minutes);
    const PutStatus status = assembler_.put(series, start, slot.wh, slot.quality, day_line_);
    if (status != PutStatus::taken)
        return reason(status);
    if (slot.rounded)
        assembler_.count_rounded(1);
    return {};
}

// `count` values of the day are not taken, which is told once its record is whole.
void Nem12Reader::refuse_day(std::string why, std::uint32_t column, std::uint32_t count) {
    day_state_ = Day::refused;
    day_reject_.line = day_line_;
    day_reject_.column = column;
    day_reject_.intervals = count;
    day_reject_.reason = std::move(why);
}

void Nem12Reader::reject_line(std::string why, std::uint32_t column) {
    Reject reject = reject_at(line_, fields_.line(), nullptr, 0, std::move(why));
    reject.column = column;
    give_context(reject, fields_[0] != "200");
    assembler_.reject(std::move(reject));
}

void Nem12Reader::give_context(Reject& reject, bool stream) const {
    reject.context = header_record_;
    if (!has_stream_ || !stream)
        return;
    if (!reject.context.empty())
        reject.context += '\n';
    reject.context += stream_record_;
}

}  // namespace

std::unique_ptr<Reader> make_nem12_reader(const ReaderOptions& options, Assembler& assembler) {
    USAGECTL_ASSERT(options.zone != nullptr);
    return std::make_unique<Nem12Reader>(options, assembler);
}

}  // namespace usagectl::meter
