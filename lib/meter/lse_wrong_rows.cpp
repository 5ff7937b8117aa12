// SPDX-License-Identifier: MIT
#include "meter/lse_wrong_rows.hpp"

#include "meter/lse_context.hpp"

namespace usagectl::meter {
namespace {

constexpr std::size_t most_bytes = 1 << 20;

[[nodiscard]] std::string reason_of(const Reject& row) {
    if (row.intervals == 1)
        return row.reason;
    return row.reason + ", and " + std::to_string(row.intervals - 1) + " more of this row";
}

}  // namespace

void LseWrongRows::add(Reject value, Assembler& assembler) {
    if (!rows_.empty() && rows_.back().line == value.line) {
        rows_.back().intervals += value.intervals;
        return;
    }
    if (bytes_ > most_bytes) {
        for (Reject& row : rows_) {
            row.reason = reason_of(row);
            row.cut = true;
            assembler.reject(std::move(row));
        }
        clear();
    }
    bytes_ += sizeof(Reject) + value.record.size() + value.reason.size();
    rows_.push_back(std::move(value));
}

void LseWrongRows::tell(
    std::string_view text, const LseGroup& group, const Zone& zone, Assembler& assembler
) {
    for (Reject& row : rows_) {
        row.reason = reason_of(row);
        row.context = lse_context(text, group.header, group.row_span(row.line), zone);
        row.cut = row.cut || row.context.empty();
        assembler.reject(std::move(row));
    }
    clear();
}

std::uint64_t LseWrongRows::intervals() const {
    std::uint64_t sum = 0;
    for (const Reject& row : rows_)
        sum += row.intervals;
    return sum;
}

std::string LseWrongRows::summary() const {
    if (rows_.empty())
        return {};
    const std::string sort_code = rows_[0].record.substr(0, 8);
    return " (row " + sort_code + ": " + reason_of(rows_[0]) + ")";
}

void LseWrongRows::clear() {
    rows_.clear();
    bytes_ = 0;
}

}  // namespace usagectl::meter
