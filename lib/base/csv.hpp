// SPDX-License-Identifier: MIT
// Comma-separated text as RFC 4180 describes it, record by record in constant memory: fields in
// quotation marks may hold commas, doubled quotation marks and line breaks. Beyond it: a line may
// end in a line feed alone, blanks around an unquoted field do not count, empty lines are passed
// over.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl {

struct CsvRecord {
    std::uint64_t line = 0;  // its first one, from 1
    std::vector<std::string> fields;
};

class CsvReader {
public:
    // A field with a line break ends on one of so many lines: a quotation mark that is never closed
    // must not swallow the file.
    static constexpr std::size_t most_lines = 16;
    static constexpr std::size_t most_fields = 128;

    struct Taker {
        std::function<void(const CsvRecord&)> record;
        // A line that is no record, as it stands; the reading goes on with the one behind it.
        std::function<void(std::uint64_t line, std::string_view reason, std::string_view text)> bad;
    };
    explicit CsvReader(Taker taker)
        : taker_(std::move(taker)) {}

    // Whole lines, each with its line feed; only the last of all may lack it.
    void take(std::string_view lines);
    // A line that was dropped because it is too long, by its beginning.
    void skip(std::string_view beginning);
    // No more lines come.
    void end();

private:
    enum class Cut : std::uint8_t { whole, open, wrong };
    [[nodiscard]] Cut cut(std::size_t& used);
    void settle(bool last);
    void drop_first(std::string_view reason);

    Taker taker_;
    std::deque<std::string> pending_;
    std::uint64_t first_line_ = 1;  // of the pending ones
    bool begun_ = false;
    CsvRecord record_;
    std::string reason_;
};

// A field as it stands between two commas: in quotation marks only where a reader would take it for
// something else, blanks at its ends included. The only place where fields are quoted.
[[nodiscard]] std::string csv_field(std::string_view text);
// Fields as a line, with its line feed.
[[nodiscard]] std::string csv_row(const std::vector<std::string>& fields);

}  // namespace usagectl
