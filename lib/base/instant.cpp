// SPDX-License-Identifier: MIT
#include "base/instant.hpp"

#include <array>
#include <optional>

#include "base/assert.hpp"
#include "base/text.hpp"

namespace usagectl {
namespace {

constexpr int first_year = 1970;
constexpr int last_year = 2105;
constexpr std::string_view bad_date = "date does not exist";

// Reads fixed-width fields from the left; what does not fit makes it fail for good.
class FieldReader {
public:
    explicit FieldReader(std::string_view text)
        : text_(text) {}

    int digits(std::size_t count) {
        int value = 0;
        if (text_.size() < count)
            failed_ = true;
        for (std::size_t i = 0; i < count && !failed_; ++i) {
            const char c = text_[i];
            if (c < '0' || c > '9')
                failed_ = true;
            value = value * 10 + (c - '0');
        }
        if (failed_)
            return 0;
        text_.remove_prefix(count);
        return value;
    }
    void literal(char expected) {
        if (next() != expected)
            failed_ = true;
        if (!failed_)
            text_.remove_prefix(1);
    }
    [[nodiscard]] char next() const { return text_.empty() ? '\0' : text_.front(); }
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] bool at_end() const { return text_.empty(); }

private:
    std::string_view text_;
    bool failed_ = false;
};

struct DateFields {
    int year = 0;
    int month = 0;
    int day = 0;
};

DateFields read_date(FieldReader& reader) {
    DateFields date;
    date.year = reader.digits(4);
    reader.literal('-');
    date.month = reader.digits(2);
    reader.literal('-');
    date.day = reader.digits(2);
    return date;
}

std::optional<std::chrono::sys_days> calendar_day(const DateFields& date) {
    const std::chrono::year_month_day day{
        std::chrono::year(date.year),
        std::chrono::month(static_cast<unsigned>(date.month)),
        std::chrono::day(static_cast<unsigned>(date.day))};
    if (!day.ok())
        return std::nullopt;
    return std::chrono::sys_days(day);
}

// RFC 3339, section 5.6, time-offset: seconds east of UTC.
int read_offset(FieldReader& reader, std::string_view& complaint) {
    if (reader.next() == 'Z') {
        reader.literal('Z');
        return 0;
    }
    const bool west = reader.next() == '-';
    reader.literal(west ? '-' : '+');
    const int hours = reader.digits(2);
    reader.literal(':');
    const int minutes = reader.digits(2);
    if (hours > 23 || minutes > 59)
        complaint = "UTC offset does not exist";
    const int seconds = hours * 3600 + minutes * 60;
    return west ? -seconds : seconds;
}

void put_digits(char* at, int count, int value) {
    for (int i = count - 1; i >= 0; --i) {
        at[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

// Writes yyyy-mm-dd. The form has four digits for a year and no sign.
void put_date(char* at, std::int64_t days) {
    USAGECTL_ASSERT(days >= -719'528 && days < 2'932'897);  // 0000-01-01 to 9999-12-31
    const std::chrono::year_month_day date{
        std::chrono::sys_days(std::chrono::days(static_cast<int>(days)))};
    put_digits(at, 4, static_cast<int>(date.year()));
    at[4] = '-';
    put_digits(at + 5, 2, static_cast<int>(static_cast<unsigned>(date.month())));
    at[7] = '-';
    put_digits(at + 8, 2, static_cast<int>(static_cast<unsigned>(date.day())));
}

tl::unexpected<Error> malformed_instant(std::string_view text, std::string_view complaint) {
    return refuse(
        Exit::usage,
        "malformed_instant",
        quoted(text) + " is not an instant: " + std::string(complaint),
        "write it as 2026-11-20T14:00:00Z or with an offset, 2026-11-20T08:00:00-06:00"
    );
}

tl::unexpected<Error> malformed_date(std::string_view text, std::string_view complaint) {
    return refuse(
        Exit::usage,
        "malformed_date",
        quoted(text) + " is not a date: " + std::string(complaint),
        "write it as 2026-11-01"
    );
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
    constexpr std::string_view bad_form = "date, T, time with seconds, and Z or an offset expected";
    FieldReader reader(text);
    const DateFields date = read_date(reader);
    reader.literal('T');
    const int hour = reader.digits(2);
    reader.literal(':');
    const int minute = reader.digits(2);
    reader.literal(':');
    const int second = reader.digits(2);
    if (reader.failed())
        return malformed_instant(text, bad_form);
    if (reader.next() == '.')
        return malformed_instant(text, "fractions of a second are not taken");

    std::string_view complaint;
    const int offset = read_offset(reader, complaint);
    if (reader.failed() || !reader.at_end())
        return malformed_instant(text, bad_form);
    const std::optional<std::chrono::sys_days> day = calendar_day(date);
    if (!day)
        complaint = bad_date;
    if (second == 60)
        complaint = "leap seconds are not taken";
    if (hour > 23 || minute > 59 || second > 60)
        complaint = "time of day does not exist";
    if (!complaint.empty())
        return malformed_instant(text, complaint);

    const Instant at = *day + std::chrono::seconds(hour * 3600 + minute * 60 + second - offset);
    constexpr Instant low = std::chrono::sys_days(std::chrono::year(first_year) / 1 / 1);
    constexpr Instant high = std::chrono::sys_days(std::chrono::year(last_year + 1) / 1 / 1);
    if (at < low || at >= high)
        return malformed_instant(text, "year is not within 1970 to 2105");
    return at;
}

std::string format_instant(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    std::array<char, 21> out{"0000-00-00T00:00:00Z"};
    put_date(out.data(), day.time_since_epoch().count());
    const int second = static_cast<int>((instant - day).count());
    put_digits(&out[11], 2, second / 3600);
    put_digits(&out[14], 2, second / 60 % 60);
    put_digits(&out[17], 2, second % 60);
    return std::string(out.data(), out.size() - 1);
}

Result<LocalDay> parse_day(std::string_view text) {
    FieldReader reader(text);
    const DateFields date = read_date(reader);
    if (reader.failed() || !reader.at_end()) {
        return malformed_date(text, "year, month and day expected");
    }
    const std::optional<std::chrono::sys_days> day = calendar_day(date);
    if (!day)
        return malformed_date(text, bad_date);
    if (date.year < first_year || date.year > last_year) {
        return malformed_date(text, "year is not within 1970 to 2105");
    }
    return LocalDay(day->time_since_epoch());
}

std::string format_day(LocalDay day) {
    std::array<char, 11> out{};
    put_date(out.data(), day_number(day));
    return std::string(out.data(), out.size() - 1);
}

}  // namespace usagectl
