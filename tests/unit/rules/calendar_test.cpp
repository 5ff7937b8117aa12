// SPDX-License-Identifier: MIT
// Holidays by date, by date of the year and by the nth weekday of a month.
#include "fixture.hpp"
#include "rules/calendar.hpp"

using namespace usagectl;
using namespace usagectl::rules;

namespace {

// "2026-01-01 New Year's Day" for each holiday of a year.
test::Lines holidays_of(const Pack& pack, int year) {
    test::Lines lines;
    auto day = test::date((std::to_string(year) + "-01-01").c_str());
    const auto end = test::date((std::to_string(year + 1) + "-01-01").c_str());
    for (; day < end; day += std::chrono::days(1)) {
        if (const auto* holiday = holiday_on(pack.holidays, day))
            lines.push_back(format_day(day).substr(5) + " " + holiday->name);
    }
    return lines;
}

std::vector<Holiday> one(const std::string& text) {
    return test::pack_of(
               "[[holiday]]\nname = \"H\"\n" + text + "\n" +
               test::rule("r", "no_suspension_on", "holidays = true")
    )
        .holidays;
}

bool is(const std::vector<Holiday>& holidays, const char* day) {
    return holiday_on(holidays, test::date(day)) != nullptr;
}

}  // namespace

TEST_CASE("the holidays of a year in Texas") {
    CHECK(
        holidays_of(test::built_in("texas"), 2026) ==
        test::Lines{
            "01-01 New Year's Day",
            "01-19 Martin Luther King, Jr., Day",
            "02-16 Presidents' Day",
            "03-02 Texas Independence Day",
            "04-21 San Jacinto Day",
            "05-25 Memorial Day",
            "06-19 Emancipation Day in Texas",
            "07-04 Independence Day",
            "08-27 Lyndon Baines Johnson Day",
            "09-07 Labor Day",
            "11-11 Veterans Day",
            "11-26 Thanksgiving Day",
            "11-27 the Friday after Thanksgiving",
            "12-24 the day before Christmas",
            "12-25 Christmas Day",
            "12-26 the day after Christmas",
        }
    );
}

TEST_CASE("the holidays of a year in Virginia, kept on a working day as well") {
    CHECK(
        holidays_of(test::built_in("virginia"), 2027) ==
        test::Lines{
            "01-01 New Year's Day",
            "01-18 Martin Luther King, Jr., Day",
            "02-15 George Washington Day",
            "05-31 Memorial Day",
            "06-18 Juneteenth",
            "06-19 Juneteenth",
            "07-04 Independence Day",
            "07-05 Independence Day",
            "09-06 Labor Day",
            "10-11 Columbus Day and Yorktown Victory Day",
            "11-02 Election Day",
            "11-11 Veterans Day",
            "11-25 Thanksgiving Day",
            "11-26 the Friday after Thanksgiving",
            "12-24 Christmas Day",
            "12-25 Christmas Day",
            "12-31 New Year's Day",
        }
    );
}

TEST_CASE("the nth weekday of a month, and the last") {
    const auto fourth = one("month = 5\nweekday = \"mon\"\nnth = 4");
    const auto last = one("month = 5\nweekday = \"mon\"\nnth = -1");
    // May 2027 has five Mondays, May 2026 four.
    CHECK(is(fourth, "2027-05-24"));
    CHECK_FALSE(is(fourth, "2027-05-31"));
    CHECK(is(last, "2027-05-31"));
    CHECK_FALSE(is(last, "2027-05-24"));
    CHECK(is(fourth, "2026-05-25"));
    CHECK(is(last, "2026-05-25"));
    CHECK_FALSE(is(last, "2026-06-29"));
    const auto first = one("month = 9\nweekday = \"sun\"\nnth = 1");
    CHECK(is(first, "2030-09-01"));
    CHECK(is(first, "2026-09-06"));
    CHECK_FALSE(is(first, "2026-09-13"));
}

TEST_CASE("a single date, a leap day, and days after") {
    CHECK(is(one("date = 2026-04-03"), "2026-04-03"));
    CHECK_FALSE(is(one("date = 2026-04-03"), "2027-04-03"));
    CHECK(is(one("yearly = \"02-29\""), "2028-02-29"));
    CHECK_FALSE(is(one("yearly = \"02-29\""), "2027-02-28"));
    const auto after = one("month = 11\nweekday = \"mon\"\nnth = 1\nafter_days = 1");
    CHECK(is(after, "2033-11-08"));
    CHECK_FALSE(is(after, "2033-11-01"));
    CHECK(is(one("yearly = \"12-31\"\nafter_days = 1"), "2027-01-01"));
}
