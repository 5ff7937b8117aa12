// SPDX-License-Identifier: MIT
// One line of comma-separated text as fields: trimmed, quotation marks taken off. Fields lie in the
// line itself, so that each still knows its column. A quoted field may hold commas; a doubled
// quotation mark inside it is left as it is, since no field of a meter file may contain one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/text.hpp"
#include "meter/line_text.hpp"

namespace usagectl::meter {

class CsvRow {
public:
    static constexpr std::size_t max_fields = 64;

    // False when a quotation mark is not closed or stands in a field's midst, or when there are too
    // many fields; `reason` and `fault` tell.
    bool split(std::string_view line) {
        size_ = 0;
        line = without_line_end(line);
        const char* at = line.data();
        const char* const end = at + line.size();
        while (size_ != max_fields) {
            const char* const stop = take_field(at, end);
            if (stop == nullptr)
                return fail(at, "quotation marks of a field do not match");
            if (stop == end)
                return true;
            at = stop + 1;
        }
        return fail(at, "more than 64 fields in a row");
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::string_view operator[](std::size_t field) const { return fields_[field]; }
    [[nodiscard]] const char* fault() const { return fault_; }
    [[nodiscard]] const char* reason() const { return reason_; }

    // The index of the field equal to `name` in any letter case; size() when there is none.
    [[nodiscard]] std::size_t find(std::string_view name, std::size_t from = 0) const {
        while (from != size_ && !same_ignoring_case(fields_[from], name))
            ++from;
        return from;
    }
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != size_; }
    // Takes off a last field `NAME=VALUE` and gives its value; none when the last field is another.
    std::optional<std::string_view> take_rule(std::string_view name) {
        if (size_ == 0)
            return {};
        const std::string_view last = fields_[size_ - 1];
        const std::size_t equals = last.find('=');
        if (equals == std::string_view::npos || !same_ignoring_case(last.substr(0, equals), name))
            return {};
        --size_;
        return last.substr(equals + 1);
    }

private:
    // Adds the field at `at`; returns its comma or the end, null when its quotation marks are
    // wrong.
    const char* take_field(const char* at, const char* end) {
        while (at != end && is_blank(*at))
            ++at;
        if (at != end && *at == '"')
            return take_quoted(at + 1, end);
        const char* stop = at;
        while (stop != end && *stop != ',') {
            if (*stop == '"')
                return nullptr;
            ++stop;
        }
        add(at, stop);
        return stop;
    }
    const char* take_quoted(const char* at, const char* end) {
        const char* stop = at;
        while (stop != end && (*stop != '"' || (stop + 1 != end && stop[1] == '"'))) {
            stop += *stop == '"' ? 2 : 1;
        }
        if (stop == end)
            return nullptr;
        add(at, stop);
        ++stop;
        while (stop != end && is_blank(*stop))
            ++stop;
        return stop == end || *stop == ',' ? stop : nullptr;
    }
    void add(const char* from, const char* to) {
        fields_[size_++] = trim(std::string_view(from, static_cast<std::size_t>(to - from)));
    }
    bool fail(const char* at, const char* reason) {
        fault_ = at;
        reason_ = reason;
        return false;
    }

    std::array<std::string_view, max_fields> fields_;
    std::size_t size_ = 0;
    const char* fault_ = nullptr;
    const char* reason_ = "";
};

[[nodiscard]] inline tl::unexpected<Error> malformed_header(const std::string& what) {
    return refuse(Exit::rejected, "header_malformed", "the header row " + what);
}

// The place of column `name` in a header row; size() when it may be absent and is. Error (exit 6)
// `header_malformed` when it is missing or there twice.
[[nodiscard]] inline Result<std::size_t>
column_of(const CsvRow& header, std::string_view name, bool may_be_absent = false) {
    const auto malformed = [&](const char* what) { return malformed_header(what + quoted(name)); };
    const std::size_t column = header.find(name);
    if (column == header.size()) {
        if (may_be_absent)
            return column;
        return malformed("has no column ");
    }
    if (header.find(name, column + 1) != header.size())
        return malformed("has twice the column ");
    return column;
}

}  // namespace usagectl::meter
