// SPDX-License-Identifier: MIT
#include "net/listing.hpp"

#include <algorithm>
#include <limits>

#include "base/number.hpp"
#include "net/listing_parts.hpp"

namespace usagectl::net {
namespace {

// YYYYMMDDHHMMSS[.fraction]
std::optional<Instant> mlsd_time(std::string_view text) {
    text = text.substr(0, text.find('.'));
    if (text.size() != 14)
        return std::nullopt;
    const auto part = [text](std::size_t at, std::size_t size, int high) {
        return small_number(text.substr(at, size), 0, high);
    };
    const auto y = part(0, 4, 9999);
    const auto m = part(4, 2, 12);
    const auto d = part(6, 2, 31);
    const auto hour = part(8, 2, 23);
    const auto minute = part(10, 2, 59);
    const auto second = part(12, 2, 60);
    if (!y || !m || !d || !hour || !minute || !second)
        return std::nullopt;
    return moment(*y, *m, *d, {*hour, *minute, *second});
}

// `type=file;size=12;modify=20261120140000; name`
std::optional<app::RemoteFile> mlsd_file(std::string_view line) {
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos)
        return std::nullopt;
    app::RemoteFile file;
    file.name = line.substr(blank + 1);
    bool is_file = false;
    std::string_view facts = line.substr(0, blank);
    while (!facts.empty()) {
        const std::size_t end = std::min(facts.find(';'), facts.size());
        const std::string_view fact = facts.substr(0, end);
        facts.remove_prefix(std::min(end + 1, facts.size()));
        const std::size_t equals = std::min(fact.find('='), fact.size());
        const std::string_view name = fact.substr(0, equals);
        const std::string_view value = fact.substr(std::min(equals + 1, fact.size()));
        if (same_word(name, "type"))
            is_file = same_word(value, "file");
        else if (same_word(name, "size"))
            file.size = file_size(value);
        else if (same_word(name, "modify"))
            file.modified = mlsd_time(value);
    }
    return is_file ? std::optional(std::move(file)) : std::nullopt;
}

}  // namespace

bool plain_name(std::string_view name) {
    constexpr std::size_t longest = 255;
    return !name.empty() && name.size() <= longest && name != "." && name != ".." &&
           std::none_of(name.begin(), name.end(), [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '/';
           });
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_word(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) {
        return lower(a) == lower(b);
    });
}

std::optional<int> small_number(std::string_view text, int low, int high) {
    if (text.empty() || text.front() == '-')
        return std::nullopt;
    const auto value = parse_integer(text, low, high);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

std::optional<std::uint64_t> file_size(std::string_view text) {
    if (text.empty() || text.front() == '-')
        return std::nullopt;
    const auto value = parse_integer(text, 0, std::numeric_limits<std::int64_t>::max());
    return value ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

std::optional<Instant> moment(int year, int month, int day, TimeOfDay time) {
    const std::chrono::year_month_day date{
        std::chrono::year(year),
        std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || year < 1970)
        return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(time.hour) +
           std::chrono::minutes(time.minute) + std::chrono::seconds(time.second);
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

void Gathering::add(std::optional<app::RemoteFile> file) {
    if (file && plain_name(file->name))
        files_.push_back(std::move(*file));
}

Files Gathering::finish() {
    if (full()) {
        return refuse(
            Exit::unavailable,
            "listing_too_large",
            "the remote folder holds more than " + std::to_string(limit_) + " files",
            "move what was taken to another folder"
        );
    }
    const auto less = [](const app::RemoteFile& left, const app::RemoteFile& right) {
        return left.name < right.name;
    };
    const auto same = [](const app::RemoteFile& left, const app::RemoteFile& right) {
        return left.name == right.name;
    };
    std::stable_sort(files_.begin(), files_.end(), less);
    files_.erase(std::unique(files_.begin(), files_.end(), same), files_.end());
    return std::move(files_);
}

Files parse_mlsd(std::string_view text, std::size_t limit) {
    Gathering files(limit);
    while (!text.empty() && !files.full())
        files.add(mlsd_file(take_line(text)));
    return files.finish();
}

}  // namespace usagectl::net
