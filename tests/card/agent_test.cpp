// SPDX-License-Identifier: MIT
// What agents are invoiced: commission, its shares, and the days.
#include "card/agent.hpp"

#include <catch2/catch.hpp>

using namespace usagectl;
using card::Period;

namespace {

Money money(const char* text) {
    return parse_money(text).value();
}

LocalDay day(const char* text) {
    return parse_day(text).value();
}

}  // namespace

TEST_CASE("the last whole period is a week from Monday to Sunday, or a calendar month") {
    struct Row {
        Period period;
        const char* today;
        const char* first;
        const char* last;
    };
    const auto row = GENERATE(values<Row>({
        {Period::week, "2026-11-20", "2026-11-09", "2026-11-15"},  // a Friday
        {Period::week, "2026-11-16", "2026-11-09", "2026-11-15"},  // the Monday after
        {Period::week, "2026-11-15", "2026-11-02", "2026-11-08"},  // its Sunday is not over
        {Period::week, "2027-01-01", "2026-12-21", "2026-12-27"},  // across the year
        {Period::month, "2026-11-20", "2026-10-01", "2026-10-31"},
        {Period::month, "2026-11-30", "2026-10-01", "2026-10-31"},
        {Period::month, "2027-01-01", "2026-12-01", "2026-12-31"},
        {Period::month, "2028-03-31", "2028-02-01", "2028-02-29"},  // a leap year
    }));
    INFO(card::to_string(row.period) << " before " << row.today);
    const auto days = card::last_whole(row.period, day(row.today));
    CHECK(format_day(days.first) == row.first);
    CHECK(format_day(days.last) == row.last);
}

TEST_CASE("commission is a share of the face value, to the cent, half-even") {
    struct Row {
        const char* face;
        std::int64_t hundredths;
        const char* commission;
    };
    const auto row = GENERATE(values<Row>({
        {"100.00", 350, "3.50"},
        {"25.00", 350, "0.88"},  // 0.875
        {"15.00", 350, "0.52"},  // 0.525
        {"100.00", 0, "0.00"},
        {"100.00", 10'000, "100.00"},
        {"0.01", 5'000, "0.00"},  // half a cent
    }));
    CHECK(
        format_money(card::commission_of(money(row.face), row.hundredths).value()) == row.commission
    );
}

TEST_CASE("shares of a whole lose no cent") {
    const auto shares = [](const char* whole, const std::vector<const char*>& parts) {
        std::vector<Money> faces;
        for (const auto* part : parts)
            faces.push_back(money(part));
        std::string text;
        Money sum;
        for (const auto share : card::shares_of(money(whole), faces)) {
            text += format_money(share) + " ";
            sum = sum + share;
        }
        if (!parts.empty())
            CHECK(sum == money(whole));
        return text;
    };
    CHECK(shares("3.50", {"100.00"}) == "3.50 ");
    CHECK(shares("0.10", {"1.00", "1.00", "1.00"}) == "0.03 0.04 0.03 ");
    CHECK(shares("0.01", {"25.00", "25.00"}) == "0.00 0.01 ");
    CHECK(shares("0.00", {"25.00", "50.00"}) == "0.00 0.00 ");
    CHECK(shares("9.99", {}) == "");
}
