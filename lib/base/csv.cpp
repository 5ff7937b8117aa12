// SPDX-License-Identifier: MIT
#include "base/csv.hpp"

#include <algorithm>

namespace usagectl {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool blank(char c) {
    return c == ' ' || c == '\t';
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && blank(text.back()))
        text.remove_suffix(1);
    return text;
}

// One line's part of a record. `open` says that a quoted field goes on behind its end.
class LineCut {
public:
    LineCut(std::vector<std::string>& fields, bool& open)
        : fields_(fields)
        , open_(open) {}

    // False when a quotation mark is out of place.
    bool take(std::string_view line) {
        if (open_) {
            fields_.back() += '\n';
            if (!quoted(line))
                return false;
        } else if (!field(line)) {
            return false;
        }
        while (!open_ && !line.empty()) {
            line.remove_prefix(1);  // the comma
            if (!field(line))
                return false;
        }
        return true;
    }

private:
    bool field(std::string_view& line) {
        fields_.emplace_back();
        auto rest = line;
        while (!rest.empty() && blank(rest.front()))
            rest.remove_prefix(1);
        if (rest.starts_with('"')) {
            line = rest.substr(1);
            return quoted(line);
        }
        const auto text = line.substr(0, line.find(','));
        line.remove_prefix(text.size());
        fields_.back() = trim(text);
        return text.find('"') == std::string_view::npos;
    }
    bool quoted(std::string_view& line) {
        while (true) {
            const auto mark = line.find('"');
            fields_.back() += line.substr(0, mark);
            open_ = mark == std::string_view::npos;
            line.remove_prefix(open_ ? line.size() : mark + 1);
            if (open_)
                return true;
            if (!line.starts_with('"'))
                break;
            fields_.back() += '"';
            line.remove_prefix(1);
        }
        while (!line.empty() && blank(line.front()))
            line.remove_prefix(1);
        return line.empty() || line.front() == ',';
    }

    std::vector<std::string>& fields_;
    bool& open_;
};

}  // namespace

CsvReader::Cut CsvReader::cut(std::size_t& used) {
    record_.line = first_line_;
    record_.fields.clear();
    bool open = false;
    LineCut line(record_.fields, open);
    for (used = 0; used < pending_.size();) {
        if (!line.take(pending_[used++])) {
            reason_ = "a quotation mark is out of place";
            return Cut::wrong;
        }
        if (record_.fields.size() > most_fields) {
            reason_ = "more than " + std::to_string(most_fields) + " fields";
            return Cut::wrong;
        }
        if (!open)
            return Cut::whole;
    }
    return Cut::open;
}

void CsvReader::drop_first(std::string_view reason) {
    taker_.bad(first_line_, reason, pending_.front());
    pending_.pop_front();
    ++first_line_;
}

void CsvReader::settle(bool last) {
    while (!pending_.empty()) {
        std::size_t used = 0;
        switch (cut(used)) {
        case Cut::open:
            if (!last && pending_.size() < most_lines)
                return;
            drop_first("a quotation mark is not closed");
            break;
        case Cut::wrong:
            drop_first(reason_);
            break;
        case Cut::whole:
            if (record_.fields.size() != 1 || !record_.fields.front().empty())
                taker_.record(record_);
            pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(used));
            first_line_ += used;
        }
    }
}

void CsvReader::take(std::string_view lines) {
    if (!begun_ && lines.starts_with(byte_order_mark))
        lines.remove_prefix(byte_order_mark.size());
    begun_ = begun_ || !lines.empty();
    while (!lines.empty()) {
        auto line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        pending_.emplace_back(line);
        settle(false);
    }
}

void CsvReader::skip(std::string_view beginning) {
    begun_ = true;
    settle(true);
    taker_.bad(first_line_, "the line is too long", beginning);
    ++first_line_;
}

void CsvReader::end() {
    settle(true);
}

std::string csv_field(std::string_view text) {
    const bool plain = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                       (text.empty() || (!blank(text.front()) && !blank(text.back())));
    if (plain)
        return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

std::string csv_row(const std::vector<std::string>& fields) {
    std::string row;
    for (const auto& field : fields) {
        if (&field != fields.data())
            row += ',';
        row += csv_field(field);
    }
    return row + '\n';
}

}  // namespace usagectl
