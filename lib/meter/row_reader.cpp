// SPDX-License-Identifier: MIT
#include "meter/row_reader.hpp"

namespace usagectl::meter {

void RowReader::skip_line(std::string_view beginning) {
    assembler_.count_records(1);
    Reject reject = reject_long_line(++line_, beginning);
    reject.intervals = 1;
    assembler_.reject(std::move(reject));
}

Result<void> RowReader::refuse_empty() const {
    return refuse(Exit::rejected, "empty_file", "the file is empty");
}

Result<void> RowReader::read_header(std::string_view line) {
    if (!row_.split(line)) {
        return refuse(
            Exit::rejected, "header_malformed", std::string("in the header row, ") + row_.reason()
        );
    }
    auto shape = take_header();
    if (!shape)
        return tl::unexpected(std::move(shape.error()));
    shape_ = *shape;
    header_ = without_line_end(without_mark(line)).substr(0, max_record + 1);
    return {};
}

void RowReader::take_row(std::string_view line) {
    const Checked unshaped = check_shape(line);
    const Checked wrong = unshaped ? unshaped : take_fields(line);
    if (!wrong)
        return assembler_.count_records(1);
    if (!unshaped && row_[shape_->energy].empty()) {
        assembler_.count_records(1);
        return assembler_.count_blanks(1);
    }
    // Files put one after another bring their headers along.
    if (read_header(line))
        return;
    assembler_.count_records(1);
    reject(line, *wrong);
}

RowReader::Checked RowReader::check_shape(std::string_view line) {
    if (!row_.split(line))
        return Fault{row_.fault(), row_.reason()};
    if (row_.size() == shape_->count)
        return {};
    return Fault{
        nullptr,
        std::to_string(row_.size()) + " fields instead of " + std::to_string(shape_->count)};
}

void RowReader::reject(std::uint64_t number, std::string_view line, const Fault& wrong) {
    Reject reject = reject_at(number, line, wrong.at, 1, wrong.reason);
    reject.context = header_ + rule_;
    reject.context += wrong.rule;
    assembler_.reject(std::move(reject));
}

}  // namespace usagectl::meter
