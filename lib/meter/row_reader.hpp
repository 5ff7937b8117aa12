// SPDX-License-Identifier: MIT
// What the readers of rows under a header row share: blank lines, the header and its repetitions,
// rows without a value, and rejects with the header above them.
//
// A header may end in a rule for all rows, `NAME=VALUE`, which takes no field in them. That is how
// a row that leaves its file takes along what the file as a whole has said about it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "meter/csv_row.hpp"
#include "meter/reader.hpp"

namespace usagectl::meter {

class RowReader : public Reader {
public:
    RowReader(const ReaderOptions& options, Assembler& assembler)
        : options_(options)
        , assembler_(assembler) {}

    void skip_line(std::string_view beginning) override;

protected:
    // What is wrong with a row, and where.
    struct Fault {
        const char* at = nullptr;
        std::string reason;
        std::string_view rule = {};  // as rule_, of this row alone
    };
    using Checked = std::optional<Fault>;
    [[nodiscard]] static Fault fault(std::string_view field, std::string reason) {
        return {field.data(), std::move(reason), {}};
    }

    struct Shape {
        std::size_t count = 0;  // fields of a row
        std::size_t energy = 0;
    };

    // The fields of `row_` as a header. Error (exit 6) `header_malformed`, and nothing has changed.
    [[nodiscard]] virtual Result<Shape> take_header() = 0;
    // A row with as many fields as the header has; they are in `row_`.
    [[nodiscard]] virtual Checked take_fields(std::string_view line) = 0;

    // The next line of the file, with its line feed.
    [[nodiscard]] Result<void> take_line(std::string_view line) {
        ++line_;
        if (trim(without_line_end(line)).empty())
            return {};
        if (!shape_)
            return read_header(line);
        take_row(line);
        return {};
    }
    [[nodiscard]] bool has_header() const { return shape_.has_value(); }
    [[nodiscard]] Result<void> refuse_empty() const;
    void reject(std::string_view line, const Fault& wrong) { reject(line_, line, wrong); }
    void reject(std::uint64_t number, std::string_view line, const Fault& wrong);

    ReaderOptions options_;
    Assembler& assembler_;
    CsvRow row_;
    std::uint64_t line_ = 0;
    // Put behind the header of every rejected row, with its comma.
    std::string rule_;

private:
    [[nodiscard]] Result<void> read_header(std::string_view line);
    void take_row(std::string_view line);
    [[nodiscard]] Checked check_shape(std::string_view line);

    std::optional<Shape> shape_;
    std::string header_;
};

}  // namespace usagectl::meter
