// SPDX-License-Identifier: MIT
#include "app/uncharged.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "app/accounts.hpp"
#include "app/meter_days.hpp"
#include "app/tariff_quote.hpp"
#include "app/tariffs.hpp"
#include "tariff/rating.hpp"

namespace usagectl::app {

namespace {

using meter::Layer;
using meter::Quality;
using meter::SeriesInterval;
using std::chrono::days;

// Rates as they were known at the moment, each made ready once.
class Rates {
public:
    Rates(Store& store, Instant known_at)
        : store_(store)
        , known_at_(known_at) {}

    Result<const ReadyRates*> on(std::int64_t profile, LocalDay day) {
        auto& of = profiles_[profile];
        if (!of.known) {
            const auto named = store_.accounts().profile(profile);
            if (!named)
                throw Failure("store_damaged", "a rate profile of the account is not there");
            auto versions = tariff_versions(store_, named->tariff);
            if (!versions)
                return tl::unexpected(versions.error());
            std::erase_if(*versions, [&](const auto& each) { return each.added_at > known_at_; });
            of.known = true;
            of.rates = *named;
            of.versions = std::move(*versions);
        }
        const auto* version = version_on(of.versions, day);
        const auto number = version == nullptr ? std::nullopt : std::optional(version->version);
        auto& ready = of.ready[number.value_or(0)];
        if (!ready) {
            auto made = ready_rates(store_, of.rates, day, number);
            if (!made)
                return tl::unexpected(made.error());
            ready = std::move(*made);
        }
        return ready.get();
    }

private:
    struct Profile {
        bool known = false;
        RateProfile rates;
        std::vector<TariffVersion> versions;
        std::map<std::int64_t, std::shared_ptr<const ReadyRates>> ready;
    };
    Store& store_;
    Instant known_at_;
    std::map<std::int64_t, Profile> profiles_;
};

// Whether settled readings alone count; the others are missing then.
enum class Counted : std::uint8_t { settled, all };

std::vector<tariff::Reading>
readings_of(const std::vector<SeriesInterval>& intervals, Counted counted) {
    std::vector<tariff::Reading> readings;
    readings.reserve(intervals.size());
    for (const auto& interval : intervals) {
        const bool left_out = counted == Counted::settled && interval.layer != Layer::vee;
        const bool missing = left_out || interval.quality == Quality::missing;
        readings.push_back({interval.start, interval.wh, missing});
    }
    return readings;
}

struct DayEnergy {
    std::vector<SeriesInterval> consumption;
    std::vector<SeriesInterval> generation;

    [[nodiscard]] std::int64_t wh() const {
        std::int64_t sum = 0;
        for (const auto& interval : consumption)
            sum += interval.wh;
        return sum;
    }
    [[nodiscard]] bool any_settled() const {
        return std::any_of(consumption.begin(), consumption.end(), [](const auto& interval) {
            return interval.layer == Layer::vee;
        });
    }
};

class Rating {
public:
    Rating(Store& store, const AccountThen& then, Blocks blocks)
        : store_(store)
        , then_(then)
        , blocks_(blocks)
        , rates_(store, then.moment.known_at)
        , cycle_start_(then.cycle_start)
        , cycle_wh_(then.cycle_wh) {}

    Result<Uncharged> run() {
        // A day begins with its first second: at midnight the day before is the last.
        last_ = then_.zone->day_of(then_.moment.as_of - std::chrono::seconds(1));
        first_ = last_ + days(1);
        const bool served =
            account::in_service(then_.status) || then_.status == account::Status::suspended;
        if (served && then_.charged_through)
            first_ = std::min(first_, *then_.charged_through + days(1));
        for (auto day = first_; day <= last_; day += days(1)) {
            if (auto done = add(day); !done)
                return tl::unexpected(done.error());
        }
        if (const auto* days_of = meter_on(last_)) {
            sum_.vee_through = days_of->through(store_, Layer::vee);
            sum_.raw_through = days_of->through(store_, Layer::raw);
        }
        return sum_;
    }

private:
    // Null where the account has no meter.
    const MeterDays* meter_on(LocalDay day) {
        const auto meters = then_.meters_on(day);
        if (!meters)
            return nullptr;
        auto& made = meters_[*meters];
        if (!made) {
            std::optional<Instant> known_at;
            if (blocks_ == Blocks::known)
                known_at = then_.moment.known_at;
            made = std::make_unique<MeterDays>(
                store_,
                MeterDaysWanted{*meters, {first_, last_}, then_.zone, then_.moment.as_of, known_at}
            );
        }
        return made.get();
    }

    Result<void> add(LocalDay day) {
        if (const auto start = cycle_start(day, then_.cycle_day); start != cycle_start_) {
            cycle_start_ = start;
            cycle_wh_ = 0;
        }
        const auto* meter = meter_on(day);
        if (meter == nullptr)
            return {};
        // Nobody is charged by guess for power that is switched off.
        const bool off = then_.status == account::Status::suspended;
        const DayEnergy energy{meter->consumption(day, !off), meter->generation(day)};
        if (off && energy.wh() == 0)
            return {};
        const auto rates = rates_.on(then_.service_on(day).profile, day);
        if (!rates)
            return tl::unexpected(rates.error());
        const auto planned = tariff::plan_day((*rates)->plan, day, *then_.zone);
        const auto all = rate(**rates, planned, energy, Counted::all);
        if (!all)
            return tl::unexpected(all.error());
        auto settled = Result<Money>(Money());
        if (energy.any_settled())
            settled = rate(**rates, planned, energy, Counted::settled);
        if (!settled)
            return tl::unexpected(settled.error());
        sum_.vee = sum_.vee + *settled;
        sum_.gap = sum_.gap + (*all - *settled);
        cycle_wh_ += energy.wh();
        count(energy);
        return {};
    }

    Result<Money> rate(
        const ReadyRates& rates,
        const tariff::PlanDay& day,
        const DayEnergy& energy,
        Counted counted
    ) {
        const auto consumption = readings_of(energy.consumption, counted);
        const auto generation = readings_of(energy.generation, counted);
        const tariff::DayFacts facts{
            .consumption = consumption,
            .generation = generation,
            .cycle_wh = cycle_wh_,
            .options = rates.options,
            .exempt = rates.exempt,
        };
        if (auto rated = tariff::rate_day(day, facts, charge_); !rated)
            return tl::unexpected(rated.error());
        return charge_.total;
    }

    void count(const DayEnergy& energy) {
        for (const auto& interval : energy.consumption) {
            const bool settled = interval.layer == Layer::vee;
            if (settled && interval.quality == Quality::actual)
                sum_.vee_actual_wh += interval.wh;
            else if (settled)
                sum_.vee_estimated_wh += interval.wh;
            else if (interval.layer == Layer::raw)
                sum_.raw_wh += interval.wh;
            else if (interval.quality == Quality::estimated) {
                sum_.estimated_wh += interval.wh;
                ++sum_.estimated_intervals;
            }
        }
    }

    Store& store_;
    const AccountThen& then_;
    Blocks blocks_;
    Rates rates_;
    LocalDay first_{};
    LocalDay last_{};
    LocalDay cycle_start_{};
    std::int64_t cycle_wh_ = 0;
    std::map<MeterLine, std::unique_ptr<MeterDays>> meters_;
    tariff::DayCharge charge_;
    Uncharged sum_;
};

}  // namespace

Result<Uncharged> rate_uncharged(Store& store, const AccountThen& then, Blocks blocks) {
    return Rating(store, then, blocks).run();
}

}  // namespace usagectl::app
