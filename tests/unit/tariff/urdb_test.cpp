// SPDX-License-Identifier: MIT
#include "tariff/urdb.hpp"

#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::tariff;

namespace {

UrdbTier tier(const char* rate) {
    UrdbTier made;
    made.rate = rate;
    return made;
}

UrdbRate flat_rate() {
    UrdbRate rate;
    rate.name = "A & B";
    rate.utility = "Town";
    rate.startdate = 1'767'225'600;  // 2026-01-01
    rate.energy = {{tier("0.10")}};
    return rate;
}

test::Lines left_out(const UrdbTariff& made) {
    test::Lines lines;
    for (const auto& one : made.left_out)
        lines.push_back(one.field + ": " + one.reason);
    return lines;
}

UrdbHours all_hours(std::size_t period) {
    UrdbHours hours{};
    for (auto& month : hours)
        month.fill(period);
    return hours;
}

}  // namespace

TEST_CASE("a flat rate is carried over whole") {
    const auto made = convert_urdb(flat_rate());
    REQUIRE(made);
    CHECK(made->left_out.empty());
    const auto tariff = test::tariff_of(made->toml);
    CHECK(tariff.name == "town-a-b");
    CHECK(tariff.title == "A & B");
    CHECK(format_day(tariff.effective) == "2026-01-01");
    REQUIRE(tariff.components.size() == 1);
    CHECK(format_rate(tariff.components[0].rate()) == "0.10");
}

TEST_CASE("hours become seasons and schedules, over the turn of the year") {
    auto rate = flat_rate();
    rate.energy.push_back({tier("0.30")});
    rate.weekday = all_hours(0);
    rate.weekend = all_hours(0);
    for (std::size_t month = 5; month < 9; ++month)
        std::fill_n((*rate.weekday)[month].begin() + 13, 6, std::size_t{1});
    const auto made = convert_urdb(rate);
    REQUIRE(made);
    CHECK(made->left_out.empty());
    const Plan plan(test::tariff_of(made->toml));
    CHECK(plan.tariff().seasons.size() == 2);
    const auto period_at = [&](const char* day, std::size_t hour) {
        const auto date = test::date(day);
        const auto& periods = plan.periods(plan.season_of(date), plan.type_of(date));
        return plan.tariff().periods[periods[hour * 12]];
    };
    CHECK(period_at("2026-07-06", 13) == "period-1");
    CHECK(period_at("2026-07-06", 19) == "period-0");
    CHECK(period_at("2026-07-05", 13) == "period-0");
    CHECK(period_at("2026-01-05", 13) == "period-0");
    CHECK(period_at("2026-10-01", 13) == "period-0");
}

TEST_CASE("what has no exact meaning here is listed") {
    auto rate = flat_rate();
    rate.startdate = std::nullopt;
    auto first = tier("0.07");
    first.max = "10";
    first.unit = "kWh daily";
    first.sell = "0.05";
    rate.energy = {{first, tier("0.09")}, {tier("9")}};
    rate.weekday = all_hours(0);
    rate.weekend = all_hours(0);
    rate.fixed = "9.95";
    rate.fixed_unit = "$/month";
    rate.minimum = "12";
    const auto made = convert_urdb(rate);
    REQUIRE(made);
    CHECK(
        left_out(*made) ==
        test::Lines{
            "energyratestructure[1]: no hour uses it",
            "startdate: there is none: effective is 1970-01-01, correct it",
            "energyratestructure[0][0]: a limit in kWh daily is not one of the cycle's usage: the "
            "tiers after it are left out",
            "fixedchargefirstmeter: 9.95 a month became 0.327123288 a day, twelve months over 365 "
            "days",
            "mincharge: 12 $/month: the least charge here is one for a day, in whole cents",
        }
    );
    const auto tariff = test::tariff_of(made->toml);
    CHECK(tariff.components.size() == 3);
    CHECK(tariff.components[2].kind == Kind::generation);
}

TEST_CASE("a charge by the day is carried over as it is") {
    auto rate = flat_rate();
    rate.fixed = "0.25";
    rate.fixed_unit = "$/day";
    rate.minimum = "0.5";
    rate.minimum_unit = "$/day";
    const auto made = convert_urdb(rate);
    REQUIRE(made);
    CHECK(made->left_out.empty());
    CHECK(test::tariff_of(made->toml).components.size() == 3);
}

TEST_CASE("what is no rate is refused") {
    auto rate = flat_rate();
    rate.energy.clear();
    CHECK(convert_urdb(rate).error().code == "urdb_malformed");
    rate.energy = {{tier("0.1")}, {tier("0.2")}};
    CHECK_FALSE(convert_urdb(rate));
    rate.weekday = all_hours(7);
    CHECK_FALSE(convert_urdb(rate));
    rate.weekend = all_hours(0);
    CHECK_FALSE(convert_urdb(rate));
    rate = flat_rate();
    rate.energy = {{tier("much")}};
    CHECK_FALSE(convert_urdb(rate));
    rate.energy = {{}};
    CHECK_FALSE(convert_urdb(rate));
}

TEST_CASE("a decimal with an exponent is written out, digit for digit") {
    struct Case {
        const char* text;
        const char* plain;
    };
    for (const auto& [text, plain] : std::initializer_list<Case>{
             {"0.0891", "0.0891"},
             {"12", "12"},
             {"6.1e-05", "0.000061"},
             {"-6.1E-5", "-0.000061"},
             {"1.5e3", "1500"},
             {"1.2345e+2", "123.45"},
             {"0e0", "0"}}) {
        CAPTURE(text);
        CHECK(plain_decimal(text) == std::string(plain));
    }
    for (const auto* text : {"", "e5", "1e", "1e99", "x", "1.2.3", "--1"})
        CHECK_FALSE(plain_decimal(text));
}
