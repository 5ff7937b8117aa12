// SPDX-License-Identifier: MIT
#include "account/forecast.hpp"

#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace usagectl;
using namespace usagectl::account;

namespace {

const LocalDay monday = local_day(20'716 + 1);  // 2026-09-21

Money cents(std::int64_t count) {
    return Money::from_cents(count);
}

// Days from `monday` on, in cents.
std::vector<DayCost> days_of(const std::vector<std::int64_t>& costs) {
    std::vector<DayCost> days;
    for (const auto cost : costs)
        days.push_back({monday + std::chrono::days(days.size()), cents(cost)});
    return days;
}

ForecastStart whole_day_after(const std::vector<DayCost>& days) {
    return {days.back().day + std::chrono::days(1), 86'400, 86'400};
}

Forecast answer(const std::vector<DayCost>& days, Money available) {
    const auto made = forecast(days, available, whole_day_after(days));
    REQUIRE(made);
    return *made;
}

std::vector<DayCost> random_days() {
    const auto costs = *rc::gen::container<std::vector<std::int64_t>>(
        *rc::gen::inRange<std::size_t>(3, 40), rc::gen::inRange<std::int64_t>(-200, 2'000)
    );
    auto days = days_of(costs);
    if (*rc::gen::arbitrary<bool>())  // a day that was not charged
        days.erase(days.begin() + *rc::gen::inRange<int>(0, static_cast<int>(days.size()) - 1));
    if (days.size() < 3)
        days = days_of({100, 200, 300});
    return days;
}

ForecastStart random_start(const std::vector<DayCost>& days) {
    const auto seconds = *rc::gen::element(82'800, 86'400, 90'000);
    return {
        days.back().day + std::chrono::days(*rc::gen::inRange(1, 4)),
        *rc::gen::inRange(1, seconds + 1),
        seconds};
}

Money random_money() {
    return cents(*rc::gen::inRange<std::int64_t>(-5'000, 100'000));
}

}  // namespace

TEST_CASE("fewer than three days say nothing") {
    CHECK_FALSE(forecast({}, cents(1000), {}));
    const auto two = days_of({100, 100});
    CHECK_FALSE(forecast(two, cents(1000), whole_day_after(two)));
    CHECK_FALSE(days_left(two, cents(1000), Money()));
    CHECK(days_left(days_of({100, 100, 100}), cents(1000), Money()) == 9);
    SECTION("nor do three of which one is older than four weeks") {
        auto days = days_of({100, 100, 100});
        days[0].day -= std::chrono::days(26);
        CHECK_FALSE(forecast(days, cents(1000), whole_day_after(days)));
        days[0].day += std::chrono::days(1);
        CHECK(forecast(days, cents(1000), whole_day_after(days)));
    }
}

TEST_CASE("even days are counted off") {
    const auto days = days_of(std::vector<std::int64_t>(28, 250));
    const auto made = answer(days, cents(1000));
    CHECK(made.per_day == cents(250));
    // At the end of the fourth day nothing is left: three ends of days are survived.
    CHECK(made.days_left == 3);
    CHECK(made.days_left_low == 3);
    CHECK(made.days_left_high == 3);
    CHECK(made.depletes_on == days.back().day + std::chrono::days(4));
    CHECK(answer(days, cents(1001)).days_left == 4);
}

TEST_CASE("the rest of a day costs its share") {
    const auto days = days_of(std::vector<std::int64_t>(28, 240));
    auto start = whole_day_after(days);
    start.seconds_left = 21'600;  // a quarter: 0.60
    CHECK(forecast(days, cents(60), start)->days_left == 0);
    CHECK(forecast(days, cents(61), start)->days_left == 1);
    CHECK(forecast(days, cents(60), start)->depletes_on == start.day);
    CHECK(forecast(days, cents(301), start)->days_left == 2);
}

TEST_CASE("each day of the week is expected to cost what it did") {
    std::vector<std::int64_t> costs;
    for (int day = 0; day < 28; ++day)
        costs.push_back(day % 7 >= 5 ? 500 : 100);
    const auto days = days_of(costs);  // ends on a Sunday
    CHECK(answer(days, cents(501)).days_left == 5);
    CHECK(answer(days, cents(1000)).days_left == 5);
    CHECK(answer(days, cents(1001)).days_left == 6);
    CHECK(answer(days, cents(1001)).per_day == cents(214));
}

TEST_CASE("what the last two weeks drifted to goes on, within a quarter of a middling day") {
    std::vector<std::int64_t> costs(28, 1000);
    for (std::size_t day = 14; day < 28; ++day)
        costs[day] = 1100;
    // The averages are 10.50, the last two weeks are 0.50 above them.
    CHECK(answer(days_of(costs), cents(1100)).days_left == 0);
    CHECK(answer(days_of(costs), cents(1101)).days_left == 1);
    for (std::size_t day = 14; day < 28; ++day)
        costs[day] = 3000;
    // 20.00 on average, 10.00 above: a quarter of the middling 20.00 is 5.00.
    CHECK(answer(days_of(costs), cents(2500)).days_left == 0);
    CHECK(answer(days_of(costs), cents(2501)).days_left == 1);
    SECTION("one odd day does not bend it") {
        auto even = std::vector<std::int64_t>(28, 1000);
        even[27] = 9000;
        CHECK(answer(days_of(even), cents(1001)).days_left == 1);
    }
}

TEST_CASE("a household that feeds in lasts for ever") {
    const auto made = answer(days_of({-100, -100, -100, 0}), cents(1));
    CHECK(made.days_left == most_days_left);
    CHECK(made.days_left_high == most_days_left);
    CHECK_FALSE(made.depletes_on);
}

TEST_CASE("money that is gone lasts no day") {
    const auto days = days_of({100, 200, 300});
    CHECK(answer(days, Money()).days_left_high == 0);
    CHECK(answer(days, cents(-1)).depletes_on == days.back().day + std::chrono::days(1));
    CHECK(days_left(days, cents(500), cents(500)) == 0);
}

TEST_CASE("an amount beyond all measure is refused, not wrapped") {
    auto days = days_of({100, 200, 300});
    days[1].cost = Money::from_micro(std::numeric_limits<std::int64_t>::max());
    CHECK_FALSE(forecast(days, cents(1), whole_day_after(days)));
    days[1].cost = Money::from_micro(1'000'000'000'000'000);
    CHECK(forecast(days, Money::from_micro(1'000'000'000'000'000), whole_day_after(days)));
    CHECK_FALSE(days_left(
        days, Money::from_micro(std::numeric_limits<std::int64_t>::max()), Money::from_micro(-1)
    ));
}

TEST_CASE("more money never means fewer days, and low <= middle <= high") {
    CHECK(rc::check([] {
        const auto days = random_days();
        const auto start = random_start(days);
        const auto money = random_money();
        const auto more = money + cents(*rc::gen::inRange<std::int64_t>(0, 10'000));
        const auto one = forecast(days, money, start);
        const auto other = forecast(days, more, start);
        RC_ASSERT(one.has_value() == other.has_value());
        if (!one)
            RC_DISCARD("too few days");
        RC_ASSERT(one->days_left <= other->days_left);
        RC_ASSERT(one->days_left_low <= other->days_left_low);
        RC_ASSERT(one->days_left_high <= other->days_left_high);
        RC_ASSERT(one->days_left_low <= one->days_left);
        RC_ASSERT(one->days_left <= one->days_left_high);
    }));
}

TEST_CASE("the scale of the money does not matter") {
    CHECK(rc::check([] {
        const auto days = random_days();
        const auto start = random_start(days);
        const auto money = random_money();
        const auto factor = *rc::gen::inRange<std::int64_t>(1, 1'000);
        auto scaled = days;
        for (auto& each : scaled)
            each.cost = Money::from_micro(each.cost.micro() * factor);
        const auto one = forecast(days, money, start);
        const auto other = forecast(scaled, Money::from_micro(money.micro() * factor), start);
        RC_ASSERT(one.has_value() == other.has_value());
        if (!one)
            RC_DISCARD("too few days");
        RC_ASSERT(one->days_left == other->days_left);
        RC_ASSERT(one->days_left_low == other->days_left_low);
        RC_ASSERT(one->days_left_high == other->days_left_high);
        RC_ASSERT(one->depletes_on == other->depletes_on);
    }));
}
