// SPDX-License-Identifier: MIT
// What it costs to charge a day: an account's 96 intervals by each of the example tariffs, and what
// is done once for all accounts of a day. One item is one account's day.
#include <benchmark/benchmark.h>

#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "tariff/rating.hpp"
#include "tariff/reader.hpp"

namespace {

using namespace usagectl;

constexpr std::size_t accounts = 1000;
constexpr int minutes = 15;

const Zone& central() {
    static const Zone& zone = *Zone::find("America/Chicago").value();
    return zone;
}

LocalDay summer_monday() {
    return parse_day("2026-07-06").value();
}

std::string text_of(const char* tariff) {
    std::ifstream file(std::string(USAGECTL_EXAMPLES) + "/" + tariff + ".toml");
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

tariff::Plan plan_of(const char* tariff) {
    auto read = tariff::read_tariff(text_of(tariff));
    if (!read.tariff)
        throw std::runtime_error(std::string(tariff) + " is no tariff");
    return tariff::Plan(std::move(*read.tariff));
}

// Households with a base load and appliances that come and go; the same in every run.
std::vector<std::vector<tariff::Reading>> households(LocalDay day) {
    std::mt19937_64 random(2026);
    std::vector<std::vector<tariff::Reading>> all(accounts);
    const auto end = central().day_start(day + std::chrono::days(1));
    for (auto& readings : all) {
        std::int64_t load = 150;
        for (auto at = central().day_start(day); at < end; at += std::chrono::minutes(minutes)) {
            if (random() % 4 == 0)
                load = 120 + static_cast<std::int64_t>(random() % 900);
            readings.push_back({at, load + static_cast<std::int64_t>(random() % 90), false});
        }
    }
    return all;
}

// Every account somewhere else in its billing cycle, so that each tier is met.
std::int64_t cycle_wh(std::size_t account) {
    return static_cast<std::int64_t>(account * 1'500'000 / accounts);
}

void rate(benchmark::State& state, const char* tariff) {
    const auto plan = plan_of(tariff);
    const auto day = summer_monday();
    const auto planned = tariff::plan_day(plan, day, central());
    const auto readings = households(day);
    tariff::DayCharge charge;
    std::int64_t items = 0;
    for (auto _ : state) {
        for (std::size_t account = 0; account < accounts; ++account) {
            const tariff::DayFacts facts{
                .consumption = readings[account],
                .cycle_wh = cycle_wh(account),
                .options = ~tariff::Bits{0}};
            if (!tariff::rate_day(planned, facts, charge)) {
                state.SkipWithError("a day was refused");
                return;
            }
            benchmark::DoNotOptimize(charge.total);
        }
        items += static_cast<std::int64_t>(accounts);
    }
    state.SetItemsProcessed(items);
}

void plan_a_day(benchmark::State& state) {
    const auto plan = plan_of("time-of-use");
    for (auto _ : state)
        benchmark::DoNotOptimize(tariff::plan_day(plan, summer_monday(), central()));
}

void read_and_plan(benchmark::State& state) {
    const auto text = text_of("time-of-use");
    for (auto _ : state) {
        auto read = tariff::read_tariff(text);
        benchmark::DoNotOptimize(tariff::Plan(std::move(*read.tariff)));
    }
}

BENCHMARK_CAPTURE(rate, flat, "flat")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(rate, tiered, "tiered")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(rate, time_of_use, "time-of-use")->Unit(benchmark::kMicrosecond);
BENCHMARK(plan_a_day)->Unit(benchmark::kMicrosecond);
BENCHMARK(read_and_plan)->Unit(benchmark::kMicrosecond);

}  // namespace
