// SPDX-License-Identifier: MIT
// A day of values in one string: which token is which interval, and which strings are none.
#include <catch2/catch.hpp>

#include <rapidcheck.h>

#include "market/interval_text.hpp"
#include "meter/kwh.hpp"

namespace usagectl::market {
namespace {

const Zone& chicago() {
    return *Zone::find("America/Chicago").value();
}

LocalDay day(std::string_view text) {
    return parse_day(text).value();
}

const char* const ordinary = "2026-06-01";
const char* const spring = "2026-03-08";
const char* const autumn = "2026-11-01";

std::string join(const std::vector<std::string>& tokens) {
    std::string text;
    for (std::size_t i = 0; i != tokens.size(); ++i)
        text += (i == 0 ? "" : ",") + tokens[i];
    return text;
}

// `0.001-A`, `0.002-A`, …: the value tells which token it was.
std::vector<std::string> numbered(std::size_t count) {
    std::vector<std::string> tokens;
    for (std::size_t i = 1; i <= count; ++i)
        tokens.push_back(meter::kwh_text(static_cast<std::int64_t>(i)) + "-A");
    return tokens;
}

Result<DayReads> read(const std::vector<std::string>& tokens, const char* date) {
    return read_day_text(join(tokens), day(date), chicago());
}

std::string local(Instant at) {
    const LocalTime time = chicago().local(at);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(
        time - std::chrono::floor<std::chrono::days>(time)
    );
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes.count() / 60) + ":" + two(minutes.count() % 60);
}

// Intervals of the day without hole, the values in order.
void check_whole(const DayReads& reads, const char* date, std::size_t count) {
    REQUIRE(reads.intervals.size() == count);
    CHECK(reads.blanks == 0);
    for (std::size_t i = 0; i != count; ++i) {
        const IntervalRead& interval = reads.intervals[i];
        REQUIRE(
            interval.start ==
            chicago().day_start(day(date)) + static_cast<int>(i) * std::chrono::minutes(15)
        );
        REQUIRE(interval.minutes == 15);
    }
}

TEST_CASE("an ordinary day has 96 values, one after the other") {
    const auto reads = read(numbered(96), ordinary);
    REQUIRE(reads);
    check_whole(*reads, ordinary, 96);
    CHECK(reads->intervals[0].wh == 1);
    CHECK(reads->intervals[95].wh == 96);
    CHECK(reads->intervals[95].quality == meter::Quality::actual);
}

TEST_CASE("values, qualities and blanks") {
    auto tokens = numbered(96);
    tokens[0] = " 0.222-E ";
    tokens[1] = "";
    tokens[2] = ".5-A";
    tokens[3] = "12-A";
    tokens[4] = "0.0005-A";  // half of one Wh: to the even one
    tokens[95] = "";
    const auto reads = read(tokens, ordinary);
    REQUIRE(reads);
    CHECK(reads->intervals.size() == 94);
    CHECK(reads->blanks == 2);
    CHECK(reads->rounded == 1);
    CHECK(reads->intervals[0].wh == 222);
    CHECK(reads->intervals[0].quality == meter::Quality::estimated);
    CHECK(local(reads->intervals[1].start) == "00:30");
    CHECK(reads->intervals[1].wh == 500);
    CHECK(reads->intervals[2].wh == 12000);
    CHECK(reads->intervals[3].wh == 0);
}

TEST_CASE("the spring day as 92 values, by the wall clock, and with blanks behind") {
    const auto compact = read(numbered(92), spring);
    REQUIRE(compact);
    check_whole(*compact, spring, 92);
    CHECK(local(compact->intervals[8].start) == "03:00");
    CHECK(compact->intervals[8].wh == 9);

    auto wall = numbered(96);
    for (std::size_t i = 8; i != 12; ++i)
        wall[i] = "";
    const auto walled = read(wall, spring);
    REQUIRE(walled);
    check_whole(*walled, spring, 92);
    CHECK(local(walled->intervals[8].start) == "03:00");
    CHECK(walled->intervals[8].wh == 13);

    // Not whole: the place of the blanks decides.
    wall[50] = "";
    const auto holed = read(wall, spring);
    REQUIRE(holed);
    CHECK(holed->intervals.size() == 91);
    CHECK(holed->blanks == 1);
    CHECK(holed->intervals[8].wh == 13);
    CHECK(local(holed->intervals[8].start) == "03:00");

    auto behind = numbered(92);
    behind[50] = "";
    behind.insert(behind.end(), 4, "");
    const auto padded = read(behind, spring);
    REQUIRE(padded);
    CHECK(padded->intervals.size() == 91);
    CHECK(padded->intervals[8].wh == 9);
    CHECK(local(padded->intervals[8].start) == "03:00");
}

TEST_CASE("the autumn day has 100 values, the repeated hour twice") {
    const auto reads = read(numbered(100), autumn);
    REQUIRE(reads);
    check_whole(*reads, autumn, 100);
    CHECK(local(reads->intervals[4].start) == "01:00");
    CHECK(local(reads->intervals[8].start) == "01:00");
    CHECK(local(reads->intervals[12].start) == "02:00");
}

TEST_CASE("empty tokens that stand for nothing") {
    // A comma behind the last value.
    auto comma = numbered(96);
    comma[40] = "";
    comma.push_back("");
    const auto behind = read(comma, ordinary);
    REQUIRE(behind);
    CHECK(behind->blanks == 1);
    CHECK(local(behind->intervals[40].start) == "10:15");

    // As many values as intervals: the empty ones are none of them, wherever they are.
    auto inside = numbered(96);
    inside.insert(inside.begin() + 8, 4, "");
    const auto whole = read(inside, ordinary);
    REQUIRE(whole);
    check_whole(*whole, ordinary, 96);
    CHECK(whole->intervals[8].wh == 9);

    // A day that has only begun, in a list for the longest day.
    auto begun = numbered(40);
    begun.insert(begun.end(), 60, "");
    const auto part = read(begun, ordinary);
    REQUIRE(part);
    CHECK(part->intervals.size() == 40);
    CHECK(part->blanks == 56);

    // Four too many behind, but four empty ones inside as well: which are the day's?
    begun.erase(begun.begin() + 36, begun.begin() + 40);
    begun.insert(begun.begin() + 8, 4, "");
    CHECK(read(begun, ordinary).error().message == "2026-06-01 has 96 intervals, not 100");
}

TEST_CASE("a list of another length has no sure place") {
    struct Row {
        const char* date;
        std::size_t tokens;
        const char* message;
    };
    const Row row = GENERATE(
        Row{ordinary, 1, "2026-06-01 has 96 intervals, not 1"},
        Row{ordinary, 95, "2026-06-01 has 96 intervals, not 95"},
        Row{ordinary, 97, "2026-06-01 has 96 intervals, not 97"},
        Row{ordinary, 100, "2026-06-01 has 96 intervals, not 100"},
        Row{spring, 96, "2026-03-08 has 92 intervals, not 96"},
        Row{spring, 91, "2026-03-08 has 92 intervals, not 91"},
        Row{autumn, 96, "2026-11-01 has 100 intervals, not 96"},
        Row{ordinary, 5000, "2026-06-01 has 96 intervals, not more than 1000"}
    );
    const auto reads = read(numbered(row.tokens), row.date);
    REQUIRE_FALSE(reads);
    CHECK(reads.error().code == "market_answer_malformed");
    CHECK(reads.error().message == row.message);
}

TEST_CASE("a bad token is named") {
    struct Row {
        const char* token;
        const char* message;
    };
    const Row row = GENERATE(
        Row{"0.1", "has no quality"},
        Row{"0.1-", "quality '' is neither A nor E"},
        Row{"0.1-X", "quality 'X' is neither A nor E"},
        Row{"0.1-a", "quality 'a' is neither A nor E"},
        Row{"-A", "value '' is not a number"},
        Row{"-", "quality '' is neither A nor E"},
        Row{"-0.1-A", "energy is negative"},
        Row{"0,1-A", ""},  // a comma is a token's end
        Row{"1e3-A", "value '1e3' is not a number"},
        Row{"NaN-A", "value 'NaN' is not a number"},
        Row{"0x1-A", "value '0x1' is not a number"},
        Row{"1000000000.001-A", "energy is more than can be counted"},
        Row{"99999999999999999999-A", "value '99999999999999999999' has too many digits"},
        Row{"0.1-A-A", "value '0.1-A' is not a number"}
    );
    INFO(row.token);
    auto tokens = numbered(96);
    tokens[16] = row.token;
    const auto reads = read(tokens, ordinary);
    REQUIRE_FALSE(reads);
    CHECK(reads.error().exit == Exit::unavailable);
    CHECK(reads.error().code == "market_answer_malformed");
    if (std::string_view(row.message).empty())
        return;
    const std::string message = reads.error().message;
    CHECK(message.starts_with("2026-06-01: value 17 ('"));
    CHECK(message.ends_with(row.message));
}

TEST_CASE("what is written is read, on days of any length") {
    CHECK(rc::check("day text", [] {
        const auto* const date = *rc::gen::element(ordinary, spring, autumn);
        const Instant start = chicago().day_start(day(date));
        const auto slots = static_cast<std::size_t>(
            (chicago().day_start(day(date) + std::chrono::days(1)) - start) /
            std::chrono::minutes(15)
        );
        std::vector<std::string> tokens;
        std::vector<IntervalRead> expected;
        for (std::size_t i = 0; i != slots; ++i) {
            const auto wh = *rc::gen::inRange<std::int64_t>(0, 5000);
            const auto kind = *rc::gen::inRange(0, 6);
            if (kind == 0) {
                tokens.emplace_back();
                continue;
            }
            tokens.push_back(meter::kwh_text(wh) + (kind == 1 ? "-E" : "-A"));
            const auto quality = kind == 1 ? meter::Quality::estimated : meter::Quality::actual;
            expected.push_back(
                {start + static_cast<int>(i) * std::chrono::minutes(15), 15, wh, quality}
            );
        }
        const auto reads = read(tokens, date);
        RC_ASSERT(reads.has_value());
        RC_ASSERT(reads->intervals.size() == expected.size());
        RC_ASSERT(reads->blanks == slots - expected.size());
        for (std::size_t i = 0; i != expected.size(); ++i) {
            RC_ASSERT(reads->intervals[i].start == expected[i].start);
            RC_ASSERT(reads->intervals[i].wh == expected[i].wh);
            RC_ASSERT(reads->intervals[i].quality == expected[i].quality);
        }
    }));
}

TEST_CASE("any text is read or refused") {
    CHECK(rc::check("hostile", [] {
        const auto text = *rc::gen::container<std::string>(
            rc::gen::elementOf(std::string("0123456789.,,,,--AE eX\n\xff"))
        );
        const auto reads = read_day_text(text, day(ordinary), chicago());
        RC_ASSERT(reads || reads.error().code == "market_answer_malformed");
    }));
}

}  // namespace
}  // namespace usagectl::market
