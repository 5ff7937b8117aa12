// SPDX-License-Identifier: MIT
#include "app/tariff_quote.hpp"

#include <algorithm>

#include "app/quote_names.hpp"
#include "app/usage.hpp"

namespace usagectl::app {

namespace {

using tariff::Kind;

std::uint64_t count_missing(std::span<const tariff::Reading> readings) {
    return static_cast<std::uint64_t>(std::count_if(
        readings.begin(), readings.end(), [](const auto& reading) { return reading.missing; }
    ));
}

bool any_value(std::span<const tariff::Reading> readings) {
    return count_missing(readings) < readings.size();
}

// The plans of the versions that hold from `from` to `to`.
class Versions {
public:
    explicit Versions(std::vector<TariffVersion> known)
        : known_(std::move(known)) {}

    Result<const QuotedVersion*> on(LocalDay day, Quote& quote) {
        const auto* version = version_on(known_, day);
        if (version == nullptr) {
            return refuse(
                Exit::refused,
                "tariff_not_in_force",
                "tariff " + known_.front().name + " does not hold on " + format_day(day),
                "usagectl tariff list shows from when each version is effective"
            );
        }
        for (const auto& made : quote.versions) {
            if (made->number == version->version)
                return made.get();
        }
        quote.versions.push_back(std::make_unique<QuotedVersion>(QuotedVersion{
            version->version, tariff::Plan(read_stored(*version))}));
        const auto& currency = quote.versions.back()->plan.tariff().currency;
        if (!quote.currency.empty() && quote.currency != currency) {
            return refuse(
                Exit::refused,
                "currency_changes",
                "tariff " + version->name + " goes from " + quote.currency + " to " + currency +
                    " on " + format_day(version->effective),
                "ask for the days before and after in two quotes"
            );
        }
        quote.currency = currency;
        return quote.versions.back().get();
    }

private:
    std::vector<TariffVersion> known_;
};

QuotedLine explained(
    const tariff::PlanDay& day,
    const tariff::DayFacts& facts,
    const QuotedVersion& version,
    const tariff::Line& line,
    bool with_parts
) {
    QuotedLine quoted{day.day, &version, line, {}};
    if (!with_parts)
        return quoted;
    const bool credit = quoted.component().kind == Kind::generation;
    const auto readings = credit ? facts.generation : facts.consumption;
    for (const auto& share : tariff::explain(day, facts, line)) {
        const auto start = readings[share.reading].start;
        const auto period = day.period[day.step_of(start)];
        quoted.parts.push_back({start, share.wh, version.plan.tariff().periods[period]});
    }
    return quoted;
}

class Quoting {
public:
    Quoting(const QuoteQuestion& question, Quote& quote)
        : question_(question)
        , quote_(quote) {}

    std::vector<tariff::Reading> consumption;
    std::vector<tariff::Reading> generation;
    std::vector<tariff::FeeEvent> fees;  // of the first day

    // Usage of the billing cycle before the first day that is asked for.
    void begin(LocalDay first) {
        const auto start = quote_.zone->day_start(cycle_start(first, question_.cycle_day));
        const auto before = between(consumption, start, quote_.zone->day_start(first));
        for (const auto& reading : before)
            cycle_wh_ += reading.missing ? 0 : reading.wh;
        quote_.missing_before = count_missing(before);
    }

    Result<void> add(LocalDay day, const QuotedVersion& version) {
        if (cycle_start(day, question_.cycle_day) == day)
            cycle_wh_ = 0;
        const auto planned = tariff::plan_day(version.plan, day, *quote_.zone);
        const auto end = quote_.zone->day_start(day + std::chrono::days(1));
        const auto held = held_in(version.plan, question_);
        const bool first = day == quote_.from;
        const tariff::DayFacts facts{
            .consumption = between(consumption, planned.start, end),
            .generation = between(generation, planned.start, end),
            .cycle_wh = cycle_wh_,
            .options = held.options,
            .exempt = held.exempt,
            .pca = question_.pca,
            .fees = first ? std::span<const tariff::FeeEvent>(fees)
                          : std::span<const tariff::FeeEvent>(),
        };
        if (auto done = tariff::rate_day(planned, facts, charge_); !done)
            return done;
        cycle_wh_ += charge_.consumption_wh;
        quote_.total_wh += charge_.consumption_wh;
        quote_.missing_intervals += count_missing(facts.consumption);
        quote_.missing_intervals += count_missing(facts.generation);
        const auto total = usagectl::add(quote_.total, charge_.total);
        if (!total) {
            return refuse(
                Exit::refused,
                "charge_out_of_range",
                "the total is beyond all measure by " + format_day(day),
                "usagectl usage quality finds readings that cannot be right"
            );
        }
        quote_.total = *total;
        for (const auto& line : charge_.lines)
            quote_.lines.push_back(explained(planned, facts, version, line, question_.explain));
        return {};
    }

private:
    const QuoteQuestion& question_;
    Quote& quote_;
    tariff::DayCharge charge_;
    std::int64_t cycle_wh_ = 0;
};

}  // namespace

std::vector<tariff::Reading> readings_of(std::span<const meter::SeriesInterval> intervals) {
    std::vector<tariff::Reading> readings;
    readings.reserve(intervals.size());
    for (const auto& interval : intervals) {
        const bool missing = interval.quality == meter::Quality::missing;
        readings.push_back({interval.start, interval.wh, missing});
    }
    return readings;
}

std::span<const tariff::Reading>
between(std::span<const tariff::Reading> readings, Instant from, Instant to) {
    const auto before = [](const tariff::Reading& reading, Instant at) {
        return reading.start < at;
    };
    const auto begin = std::lower_bound(readings.begin(), readings.end(), from, before);
    return {begin, std::lower_bound(begin, readings.end(), to, before)};
}

LocalDay cycle_start(LocalDay day, std::int64_t cycle_day) {
    const std::chrono::year_month_day date(day);
    const std::chrono::day first(static_cast<unsigned>(cycle_day));
    auto month = date.year() / date.month();
    if (date.day() < first)
        month -= std::chrono::months(1);
    return LocalDay(month / first);
}

Result<Quote> quote_tariff(Store& store, const QuoteQuestion& question) {
    auto known = tariff_versions(store, question.tariff);
    if (!known)
        return tl::unexpected(known.error());
    Versions versions(std::move(*known));
    UsageQuestion usage;
    usage.meter = question.meter;
    usage.from = question.from;
    usage.to = question.to;
    usage.channel = meter::Channel::consumption;
    const auto range = usage_range(store, usage);
    if (!range)
        return tl::unexpected(range.error());
    Quote quote;
    quote.from = range->from;
    quote.to = range->to;
    std::vector<const QuotedVersion*> by_day;
    bool tiers = false;
    for (auto day = quote.from; day <= quote.to; day += std::chrono::days(1)) {
        const auto version = versions.on(day, quote);
        if (!version)
            return tl::unexpected(version.error());
        by_day.push_back(*version);
        tiers = tiers || (*version)->plan.has_tiers();
    }
    if (auto named = check_names(quote, question); !named)
        return tl::unexpected(named.error());
    auto fees = fees_in(by_day.front()->plan, question);
    if (!fees)
        return tl::unexpected(fees.error());

    usage.from = tiers ? cycle_start(quote.from, question.cycle_day) : quote.from;
    usage.to = quote.to;
    auto consumption = show_usage(store, usage);
    if (!consumption)
        return tl::unexpected(consumption.error());
    usage.from = quote.from;
    usage.channel = meter::Channel::generation;
    const auto generation = show_usage(store, usage);
    if (!generation)
        return tl::unexpected(generation.error());
    quote.meter = std::move(consumption->meter);
    quote.zone = consumption->zone;

    Quoting quoting(question, quote);
    quoting.consumption = readings_of(consumption->intervals);
    quoting.generation = readings_of(generation->intervals);
    quoting.fees = std::move(*fees);
    // A meter that never fed anything in is not missing it.
    if (!any_value(quoting.generation))
        quoting.generation.clear();
    quoting.begin(quote.from);
    for (std::size_t at = 0; at < by_day.size(); ++at) {
        const auto day = quote.from + std::chrono::days(static_cast<int>(at));
        if (auto added = quoting.add(day, *by_day[at]); !added)
            return tl::unexpected(added.error());
    }
    return quote;
}

}  // namespace usagectl::app
