// SPDX-License-Identifier: MIT
#include <array>

#include "net/listing_parts.hpp"

namespace usagectl::net {
namespace {

// Blanks, then a word; empty at the end.
std::string_view take_word(std::string_view& line) {
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view word = line.substr(0, end);
    line.remove_prefix(end);
    return word;
}

std::optional<int> month_number(std::string_view word) {
    constexpr std::array<std::string_view, 12> names{
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (same_word(word, names[i]))
            return static_cast<int>(i) + 1;
    }
    return std::nullopt;
}

// The date of `ls -l`: month, day, and a year or, for what is not old, hour and minute.
std::optional<Instant> ls_time(int m, int d, std::string_view last, Instant now) {
    const std::size_t colon = last.find(':');
    if (colon == std::string_view::npos) {
        const auto y = small_number(last, 1970, 9999);
        return y ? moment(*y, m, d, {}) : std::nullopt;
    }
    const auto hour = small_number(last.substr(0, colon), 0, 23);
    const auto minute = small_number(last.substr(colon + 1), 0, 59);
    if (!hour || !minute)
        return std::nullopt;
    const auto latest = now + std::chrono::days(1);
    const auto today = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(latest));
    // Eight years: from one 29 February to the next, across 2100.
    for (int y = static_cast<int>(today.year()), oldest = y - 8; y >= oldest; --y) {
        const auto at = moment(y, m, d, {*hour, *minute, 0});
        if (at && *at <= latest)
            return at;
    }
    return std::nullopt;
}

// `-rw-r--r-- 1 owner group 12 Nov 20 14:00 name`. Owner and group may be missing or hold blanks:
// the month, with a size before and a date after it, shows where they end.
std::optional<app::RemoteFile> ls_file(std::string_view line, Instant now) {
    constexpr int most_words = 12;
    std::string_view size = take_word(line);  // the permissions
    for (int i = 0; i < most_words; ++i) {
        const std::string_view word = take_word(line);
        if (word.empty())
            return std::nullopt;
        const auto m = month_number(word);
        const auto bytes = file_size(size);
        if (m && bytes) {
            std::string_view rest = line;
            const auto d = small_number(take_word(rest), 1, 31);
            const auto at = d ? ls_time(*m, *d, take_word(rest), now) : std::nullopt;
            // One blank: a name may begin with more.
            if (at && rest.size() > 1)
                return app::RemoteFile{std::string(rest.substr(1)), bytes, at};
        }
        size = word;
    }
    return std::nullopt;
}

// `11-20-26  02:00PM  1234 name`, the year with two digits or four.
std::optional<app::RemoteFile> dir_file(std::string_view line) {
    const std::string_view date = take_word(line);
    const std::string_view time = take_word(line);
    const auto bytes = file_size(take_word(line));
    if (!bytes || line.size() < 2 || time.size() != 7 || date.size() < 8)
        return std::nullopt;
    const auto m = small_number(date.substr(0, 2), 1, 12);
    const auto d = small_number(date.substr(3, 2), 1, 31);
    auto y = small_number(date.substr(6), 0, 9999);
    const auto hour = small_number(time.substr(0, 2), 1, 12);
    const auto minute = small_number(time.substr(3, 2), 0, 59);
    if (!m || !d || !y || !hour || !minute)
        return std::nullopt;
    if (date.size() == 8)
        y = *y + (*y < 70 ? 2000 : 1900);
    const int afternoon = same_word(time.substr(5), "pm") ? 12 : 0;
    const auto at = moment(*y, *m, *d, {*hour % 12 + afternoon, *minute, 0});
    return app::RemoteFile{std::string(line.substr(1)), bytes, at};
}

bool looks_like_ls(std::string_view line) {
    return (line.size() > 10 && std::string_view("-dlbcpsD").find(line[0]) != line.npos &&
            line.substr(1, 9).find_first_not_of("rwxsStT-") == line.npos) ||
           line.starts_with("total ");
}

bool looks_like_dir(std::string_view line) {
    return line.size() > 8 && line[2] == '-' && line[5] == '-' && line[0] >= '0' && line[0] <= '9';
}

tl::unexpected<Error> unknown_listing() {
    return refuse(
        Exit::unavailable,
        "listing_unknown",
        "the server lists the folder in a way that cannot be read",
        "ask its operator for MLSD, or for listings as ls -l writes them"
    );
}

}  // namespace

Files parse_long_listing(std::string_view text, Instant now, std::size_t limit) {
    Gathering files(limit);
    bool known = false;
    bool unknown = false;
    while (!text.empty() && !files.full()) {
        const std::string_view line = take_line(text);
        if (looks_like_ls(line)) {
            known = true;
            if (line.front() == '-')
                files.add(ls_file(line, now));
        } else if (looks_like_dir(line)) {
            known = true;
            files.add(dir_file(line));
        } else if (!line.empty()) {
            unknown = true;
        }
    }
    if (unknown && !known)
        return unknown_listing();
    return files.finish();
}

}  // namespace usagectl::net
