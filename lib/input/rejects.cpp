// SPDX-License-Identifier: MIT
#include "input/rejects.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace usagectl::input {

namespace {

using Json = nlohmann::json;

constexpr std::size_t most_text = 1 << 20;
constexpr std::size_t most_records = 4096;
constexpr std::size_t shown_of_line = 4 << 10;
constexpr std::string_view blanks = " \t\r\n";

std::string_view without_mark(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    return text;
}

tl::unexpected<Error> malformed(std::string message) {
    return refuse(Exit::rejected, "reject_malformed", std::move(message));
}

// Puts the member into `into`; a reason when it is of another kind. Absent and null leave it alone.
template <class Value>
[[nodiscard]] std::string
read_member(const Json& line, const char* name, bool (Json::*is_kind)() const, Value& into) {
    const auto found = line.find(name);
    if (found == line.end() || found->is_null())
        return {};
    if (!((*found).*is_kind)())
        return std::string("the line's ") + name + " is of the wrong kind";
    into = found->get<Value>();
    return {};
}

std::string read_members(const Json& line, RejectedRecord& record) {
    if (!line.is_object() || !line.contains("record") || !line.contains("format"))
        return "the line has no record and format";
    for (const auto& [name, into] :
         {std::pair{"file", &record.file},
          std::pair{"reason", &record.reason},
          std::pair{"format", &record.format},
          std::pair{"context", &record.context},
          std::pair{"record", &record.record}}) {
        if (auto wrong = read_member(line, name, &Json::is_string, *into); !wrong.empty())
            return wrong;
    }
    if (auto wrong = read_member(line, "line", &Json::is_number_unsigned, record.line);
        !wrong.empty())
        return wrong;
    if (auto wrong = read_member(line, "column", &Json::is_number_unsigned, record.column);
        !wrong.empty())
        return wrong;
    return read_member(line, "cut", &Json::is_boolean, record.cut);
}

std::uint64_t count_lines(std::string_view text) {
    return static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
}

// `text` as lines of their own, added to `into`.
void append_lines(std::string& into, std::string_view text) {
    into += text;
    if (!text.empty() && text.back() != '\n')
        into += '\n';
}

}  // namespace

bool is_rejects_file(std::string_view head) {
    head = without_mark(head);
    const std::size_t from = head.find_first_not_of(blanks);
    if (from == std::string_view::npos || head[from] != '{')
        return false;
    const std::string_view line = head.substr(from, head.find('\n', from) - from);
    return line.find("\"record\"") != std::string_view::npos &&
           line.find("\"format\"") != std::string_view::npos;
}

Result<RejectedRecord> parse_reject(std::string_view line, std::uint32_t& column) {
    column = 0;
    try {
        RejectedRecord record;
        if (auto wrong = read_members(Json::parse(line), record); !wrong.empty())
            return malformed(std::move(wrong));
        return record;
    } catch (const Json::parse_error& error) {
        column = static_cast<std::uint32_t>(std::min(error.byte, line.size()));
        return malformed("the line is not JSON");
    } catch (const Json::out_of_range&) {
        return malformed("a number of the line is too large");
    }
}

RejectRun::Place RejectRun::place(std::uint64_t line) const {
    const auto after = std::upper_bound(
        records_.begin(),
        records_.end(),
        line,
        [](std::uint64_t wanted, const Entry& entry) { return wanted < entry.text_line; }
    );
    if (after == records_.begin())
        return records_.empty() ? Place{} : Place{records_[0].file_line, records_[0].here, true};
    const Entry& entry = *(after - 1);
    const std::uint64_t below = line - entry.text_line;
    return {entry.file_line == 0 ? 0 : entry.file_line + below, entry.here, false};
}

RejectedRecord RejectRun::record(std::size_t index) const {
    const Entry& entry = records_[index];
    const std::size_t end = index + 1 == records_.size() ? text.size() : records_[index + 1].at;
    RejectedRecord record;
    record.file = file;
    record.line = entry.file_line;
    record.format = format;
    record.context = context_;
    record.record = text.substr(entry.at, end - entry.at);
    record.record.pop_back();
    record.here = entry.here;
    return record;
}

void RejectRuns::take(std::string_view piece, bool last) {
    while (!piece.empty()) {
        const std::size_t size = std::min(piece.find('\n'), piece.size() - 1) + 1;
        take_line(piece.substr(0, size));
        piece.remove_prefix(size);
    }
    if (last)
        end_run();
}

void RejectRuns::skip(std::string_view beginning) {
    end_run();
    RejectedRecord record;
    record.here = ++line_;
    record.format = rejects_format;
    record.record = beginning;
    record.cut = true;
    taker_.refuse(std::move(record), "line is longer than 256 KiB");
}

void RejectRuns::take_line(std::string_view line) {
    if (++line_ == 1)
        line = without_mark(line);
    if (line.find_first_not_of(blanks) == std::string_view::npos)
        return;
    std::uint32_t column = 0;
    auto record = parse_reject(line, column);
    if (record) {
        record->here = line_;
        return add(std::move(*record));
    }
    end_run();
    RejectedRecord unread;
    unread.here = line_;
    unread.column = column;
    unread.format = rejects_format;
    line = line.substr(0, line.find_last_not_of(blanks) + 1);
    unread.record = line.substr(0, shown_of_line);
    unread.cut = line.size() > shown_of_line;
    taker_.refuse(std::move(unread), std::move(record.error().message));
}

void RejectRuns::add(RejectedRecord record) {
    const bool blank = record.record.find_first_not_of(blanks) == std::string::npos;
    auto why = blank ? "the line holds no record" : taker_.refusal(record);
    if (!why.empty()) {
        end_run();
        return taker_.refuse(std::move(record), std::move(why));
    }
    if (!continues_run(record)) {
        end_run();
        begin_run(record);
    } else if (record.line != 0 && record.line == run_.records_.back().file_line) {
        if (record.record == last_record_)
            return;  // one record, rejected for two reasons
    }
    const std::size_t at = run_.text.size();
    append_lines(run_.text, record.record);
    run_.records_.push_back({run_.lines_ + 1, record.line, record.here, at});
    run_.lines_ += count_lines(std::string_view(run_.text).substr(at));
    last_record_ = std::move(record.record);
}

bool RejectRuns::continues_run(const RejectedRecord& record) const {
    return !run_.records_.empty() && run_.records_.size() < most_records &&
           run_.text.size() < most_text && run_.file == record.file &&
           run_.format == record.format && run_.context_ == record.context;
}

void RejectRuns::begin_run(const RejectedRecord& first) {
    run_.file = first.file;
    run_.format = first.format;
    run_.context_ = first.context;
    append_lines(run_.text, run_.context_);
    run_.lines_ = count_lines(run_.text);
}

void RejectRuns::end_run() {
    if (!run_.records_.empty())
        taker_.take(run_);
    run_ = {};
    last_record_.clear();
}

}  // namespace usagectl::input
