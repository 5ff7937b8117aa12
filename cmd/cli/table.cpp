// SPDX-License-Identifier: MIT
// The table sink.
#include <algorithm>
#include <utility>

#include "cli/sinks.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

class TableSink final : public Sink {
public:
    TableSink(Pager& pager, std::vector<Column> columns, TableStyle style)
        : pager_(pager)
        , columns_(std::move(columns))
        , style_(style)
        , widths_(columns_.size()) {}

    void begin(const Json&) override {}
    void item(const Json& item) override {
        std::vector<std::string> row;
        row.reserve(columns_.size());
        for (const auto& column : columns_)
            row.push_back(cell_text(value_at(item, column.field)));
        if (measured_) {
            put(row, false);
            return;
        }
        held_.push_back(std::move(row));
        if (held_.size() == measured_rows)
            measure();
    }
    void end() override {
        if (!measured_)
            measure();
    }

private:
    static constexpr std::size_t measured_rows = 1000;

    void measure() {
        measured_ = true;
        std::vector<std::string> titles;
        for (const auto& column : columns_)
            titles.emplace_back(column.title);
        if (style_.header)
            held_.insert(held_.begin(), std::move(titles));
        for (const auto& row : held_) {
            for (std::size_t at = 0; at < row.size(); ++at) {
                widths_[at] = std::max(widths_[at], display_width(row[at]));
            }
        }
        bool heading = style_.header;
        for (const auto& row : std::exchange(held_, {}))
            put(row, std::exchange(heading, false));
    }

    void put(const std::vector<std::string>& row, bool heading) {
        std::string line;
        for (std::size_t at = 0; at < row.size(); ++at) {
            if (at != 0)
                line += "  ";
            const auto width = display_width(row[at]);
            const auto padding = widths_[at] > width ? widths_[at] - width : 0;
            const bool last = at + 1 == row.size();
            if (columns_[at].number)
                line.append(padding, ' ');
            line += row[at];
            if (!columns_[at].number && !last)
                line.append(padding, ' ');
        }
        if (heading && style_.color)
            line = "\x1b[1m" + line + "\x1b[0m";
        pager_.write(line + "\n");
    }

    Pager& pager_;
    std::vector<Column> columns_;
    TableStyle style_;
    std::vector<std::size_t> widths_;
    std::vector<std::vector<std::string>> held_;
    bool measured_ = false;
};

}  // namespace

std::unique_ptr<Sink> table_sink(Pager& pager, std::vector<Column> columns, TableStyle style) {
    return std::make_unique<TableSink>(pager, std::move(columns), style);
}

}  // namespace usagectl::cli
