// SPDX-License-Identifier: MIT
#include "account/forecast.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/assert.hpp"

namespace usagectl::account {

namespace {

constexpr std::int64_t week = 7;
constexpr std::chrono::days trend_days{14};
constexpr std::size_t fewest_trend_days = 7;
constexpr Money largest = Money::from_micro(1'000'000'000'000'000);

// Everything is counted in this part of a millionth, so that no division leaves a rest: means of up
// to 4 days (12), medians of two (2), slopes over up to 13 days (360 360), a quarter (4).
constexpr Int128 mean_parts = 12;
constexpr Int128 slope_parts = Int128{2} * 360'360;
constexpr Int128 scale = mean_parts * slope_parts * 4;

using Values = std::vector<Int128>;

// The middle one; of two in the middle their mean. Every value is even, so it has no rest.
Int128 median(Values values) {
    USAGECTL_ASSERT(!values.empty());
    std::sort(values.begin(), values.end());
    const auto half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// The value that `tenths` of ten are not above.
Int128 decile(Values values, std::size_t tenths) {
    std::sort(values.begin(), values.end());
    return values[(values.size() - 1) * tenths / 10];
}

std::size_t weekday(LocalDay day) {
    return std::chrono::weekday(day).c_encoding();
}

// What a day is expected to cost, in parts of a millionth.
class Expectation {
public:
    explicit Expectation(std::span<const DayCost> days) {
        Values costs;
        for (const auto& each : days)
            costs.push_back(Int128{each.cost.micro()} * scale);
        middling_ = median(costs);
        average(days, costs);
        std::vector<Point> recent;
        last_ = days.back().day;
        for (std::size_t at = 0; at < days.size(); ++at) {
            const auto rest = costs[at] - usual(days[at].day);
            rests_.push_back(rest);
            if (last_ - days[at].day < trend_days)
                recent.push_back({(days[at].day - last_).count(), rest});
        }
        if (recent.size() >= fewest_trend_days)
            find_trend(recent);
    }

    [[nodiscard]] Int128 on(LocalDay day) const {
        const auto ahead = std::min<std::int64_t>((day - last_).count(), week);
        const auto most = (middling_ < 0 ? -middling_ : middling_) / 4;
        return usual(day) + std::clamp<Int128>(level_ + slope_ * ahead, -most, most);
    }
    // How much dearer, or cheaper, than expected the dearest and the cheapest tenth of days were.
    [[nodiscard]] Int128 dear() const { return std::max<Int128>(decile(rests_, 9), 0); }
    [[nodiscard]] Int128 cheap() const { return std::min<Int128>(decile(rests_, 1), 0); }

private:
    struct Point {
        std::int64_t at = 0;  // days, 0 the last one
        Int128 rest = 0;
    };

    [[nodiscard]] Int128 usual(LocalDay day) const { return usual_.at(weekday(day)); }

    // The mean of each day of the week; one that never was costs what a middling day does.
    void average(std::span<const DayCost> days, const Values& costs) {
        std::array<Int128, week> count{};
        for (std::size_t at = 0; at < days.size(); ++at) {
            usual_.at(weekday(days[at].day)) += costs[at];
            count.at(weekday(days[at].day)) += 1;
        }
        for (std::size_t at = 0; at < usual_.size(); ++at)
            usual_.at(at) = count.at(at) == 0 ? middling_ : usual_.at(at) / count.at(at);
    }

    void find_trend(const std::vector<Point>& points) {
        Values slopes;
        for (std::size_t one = 0; one < points.size(); ++one) {
            for (std::size_t other = one + 1; other < points.size(); ++other) {
                const auto apart = points[other].at - points[one].at;
                slopes.push_back((points[other].rest - points[one].rest) / apart);
            }
        }
        slope_ = median(std::move(slopes));
        Values levels;
        for (const auto& point : points)
            levels.push_back(point.rest - slope_ * point.at);
        level_ = median(std::move(levels));
    }

    std::array<Int128, week> usual_{};
    Values rests_;
    LocalDay last_{};
    Int128 middling_ = 0;
    Int128 level_ = 0;  // of the trend on the last day
    Int128 slope_ = 0;
};

// How many ends of days the money lasts when each costs `more` than expected.
std::int64_t
walk(const Expectation& expected, Int128 more, Money available, const ForecastStart& start) {
    auto left = Int128{available.micro()} * scale * start.seconds;
    auto share = Int128{start.seconds_left};
    for (std::int64_t days = 0; days < most_days_left; ++days) {
        left -= (expected.on(start.day + std::chrono::days(days)) + more) * share;
        if (left <= 0)
            return days;
        share = start.seconds;
    }
    return most_days_left;
}

Money mean_of_week(const Expectation& expected, LocalDay from) {
    Int128 sum = 0;
    for (std::int64_t day = 1; day <= week; ++day)
        sum += expected.on(from + std::chrono::days(day));
    const auto cents = divide(sum, scale * week * Money::micro_per_cent, Rounding::half_even);
    return Money::from_cents(static_cast<std::int64_t>(cents));
}

std::optional<std::span<const DayCost>> counted(std::span<const DayCost> charged) {
    if (charged.empty())
        return std::nullopt;
    const auto last = charged.back().day;
    while (last - charged.front().day >= forecast_history)
        charged = charged.subspan(1);
    if (charged.size() < fewest_forecast_days)
        return std::nullopt;
    for (std::size_t at = 0; at < charged.size(); ++at) {
        USAGECTL_ASSERT(at == 0 || charged[at - 1].day < charged[at].day);
        if (charged[at].cost > largest || charged[at].cost < -largest)
            return std::nullopt;
    }
    return charged;
}

}  // namespace

std::optional<Forecast>
forecast(std::span<const DayCost> charged, Money available, const ForecastStart& start) {
    const auto days = counted(charged);
    if (!days || available > largest || available < -largest)
        return std::nullopt;
    const Expectation expected(*days);
    Forecast answer;
    answer.per_day = mean_of_week(expected, start.day);
    if (available <= Money()) {
        answer.depletes_on = start.day;
        return answer;
    }
    answer.days_left = walk(expected, 0, available, start);
    answer.days_left_low = walk(expected, expected.dear(), available, start);
    answer.days_left_high = walk(expected, expected.cheap(), available, start);
    if (answer.days_left < most_days_left)
        answer.depletes_on = start.day + std::chrono::days(answer.days_left);
    return answer;
}

std::optional<std::int64_t>
days_left(std::span<const DayCost> charged, Money balance, Money disconnection) {
    const auto available = add(balance, -disconnection);
    if (charged.empty() || !available)
        return std::nullopt;
    const auto answer = forecast(charged, *available, {charged.back().day + std::chrono::days(1)});
    return answer ? std::optional(answer->days_left) : std::nullopt;
}

}  // namespace usagectl::account
