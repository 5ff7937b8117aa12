// SPDX-License-Identifier: MIT
#include "app/day_rating.hpp"

#include <algorithm>

#include "ledger/chart.hpp"
#include "meter/codec.hpp"
#include "meter/estimation.hpp"

namespace usagectl::app {

namespace {

using meter::Channel;
using meter::Layer;
using meter::Quality;

std::string code_of(const tariff::Component& component) {
    switch (component.kind) {
    case tariff::Kind::pca:
        return std::string(ledger::pca_clearing);
    case tariff::Kind::tax:
        return ledger::tax(component.jurisdiction, component.name);
    case tariff::Kind::fee:
        return ledger::fee(component.name);
    default:
        return ledger::revenue(tariff::to_string(component.kind), component.name);
    }
}

// A block that covers the day slot by slot, each with a value: the usual case by far.
bool whole(Instant from, Instant to, const meter::DayBlock& block) {
    if (block.start != from || std::chrono::minutes(block.minutes) * block.count != to - from)
        return false;
    const auto end = block.quality.begin() + block.count;
    return std::find(block.quality.begin(), end, Quality::missing) == end;
}

void take_whole(const meter::DayBlock& block, std::vector<tariff::Reading>& readings) {
    readings.resize(static_cast<std::size_t>(block.count));
    for (int slot = 0; slot < block.count; ++slot) {
        auto& reading = readings[static_cast<std::size_t>(slot)];
        reading = {block.slot_start(slot), block.wh[static_cast<std::size_t>(slot)], false};
    }
}

std::vector<meter::StoredBlock> stored(LocalDay day, const DayBlocks& blocks, Channel channel) {
    std::vector<meter::StoredBlock> found;
    for (const auto layer : {Layer::vee, Layer::raw}) {
        if (const auto* block = blocks.find(channel, layer))
            found.push_back({day, layer, *block});
    }
    return found;
}

// Best values of a channel; gives how many intervals have none.
std::size_t
take_best(const RateBook::Page& page, const DayBlocks& blocks, Channel channel, DayUsage& usage) {
    const auto from = stored(page.day.day, blocks, channel);
    const auto series = meter::assemble_series(
        from, page.day.start, page.end, meter::shortest_minutes(from), meter::LayerChoice::best
    );
    auto& readings = channel == Channel::consumption ? usage.consumption : usage.generation;
    std::size_t missing = 0;
    for (const auto& interval : series) {
        readings.push_back({interval.start, interval.wh, interval.quality == Quality::missing});
        if (interval.quality == Quality::missing) {
            ++missing;
        } else if (channel == Channel::consumption) {
            (interval.layer == Layer::raw ? usage.raw_wh : usage.vee_wh) += interval.wh;
        }
    }
    return missing;
}

}  // namespace

void DayUsage::clear() {
    consumption.clear();
    generation.clear();
    vee_wh = raw_wh = estimated_wh = 0;
    estimated = false;
}

DayCoverage coverage_of(LocalDay day, Instant from, Instant to, const DayBlocks& blocks) {
    const auto* settled = blocks.find(Channel::consumption, Layer::vee);
    if (settled != nullptr && whole(from, to, *settled))
        return {static_cast<std::size_t>(settled->count), 0};
    const auto there = stored(day, blocks, Channel::consumption);
    const auto series = meter::assemble_series(
        there, from, to, meter::shortest_minutes(there), meter::LayerChoice::best
    );
    const auto missing = std::count_if(series.begin(), series.end(), [](const auto& interval) {
        return interval.quality == Quality::missing;
    });
    return {series.size(), static_cast<std::size_t>(missing)};
}

Result<const RateBook::Page*> RateBook::page(
    std::int64_t profile, LocalDay day, const Zone& zone, std::optional<std::int64_t> version
) {
    const Key key{profile, day, &zone, version.value_or(0)};
    if (const auto known = pages_.find(key); known != pages_.end())
        return known->second.get();
    const auto named = store_.accounts().profile(profile);
    if (!named)
        throw Failure("store_damaged", "rate profile " + std::to_string(profile) + " is not there");
    auto rates = ready_rates(store_, *named, day, version);
    if (!rates)
        return tl::unexpected(rates.error());
    auto page = std::make_unique<Page>();
    page->rates = std::move(*rates);
    page->day = tariff::plan_day(page->rates->plan, day, zone);
    page->end = zone.day_start(day + std::chrono::days(1));
    page->profile = profile;
    for (const auto& component : page->rates->plan.components())
        page->codes.push_back(store_.ledger().code(code_of(component)));
    return pages_.emplace(key, std::move(page)).first->second.get();
}

std::size_t take_usage(const RateBook::Page& page, const DayBlocks& blocks, DayUsage& usage) {
    usage.clear();
    std::size_t missing = 0;
    const auto* settled = blocks.find(Channel::consumption, Layer::vee);
    if (settled != nullptr && whole(page.day.start, page.end, *settled)) {
        take_whole(*settled, usage.consumption);
        usage.vee_wh = settled->total_wh();
    } else {
        missing = take_best(page, blocks, Channel::consumption, usage);
    }
    const auto* fed_in = blocks.find(Channel::generation, Layer::vee);
    if (fed_in != nullptr && whole(page.day.start, page.end, *fed_in)) {
        take_whole(*fed_in, usage.generation);
    } else if (fed_in != nullptr || blocks.find(Channel::generation, Layer::raw) != nullptr) {
        // Energy fed in is credited as it was metered, never as it was guessed.
        static_cast<void>(take_best(page, blocks, Channel::generation, usage));
    }
    return missing;
}

DayBlocks read_day(Store& store, LocalDay day, const MeterLine& meters) {
    DayBlocks sum;
    for (const auto meter : meters.on(day)) {
        DayBlocks blocks;
        store.nightly().each_block(
            day,
            meter,
            meter,
            [&](std::int64_t, Channel channel, Layer layer, std::string_view packed) {
                blocks.take(day, meter, channel, layer, packed);
            }
        );
        blocks.check();
        blocks.add(sum);
        sum = blocks;
    }
    return sum;
}

void DayBlocks::take(
    LocalDay day, std::int64_t meter, Channel channel, Layer layer, std::string_view packed
) {
    const auto slot = index(channel, layer);
    const auto wrong = meter::decode(packed, day, blocks.at(slot));
    present.at(slot) = wrong.empty();
    if (!wrong.empty())
        damage = "the block of meter number " + std::to_string(meter) + " on " + format_day(day) +
                 " is damaged: " + std::string(wrong);
}

void DayBlocks::add(const DayBlocks& other) {
    for (std::size_t at = 0; at < blocks.size(); ++at) {
        if (!other.present.at(at))
            continue;
        if (present.at(at))
            meter::add_readings(blocks.at(at), other.blocks.at(at));
        else
            blocks.at(at).copy_from(other.blocks.at(at));
        present.at(at) = true;
    }
}

void DayBlocks::check() const {
    if (!damage.empty())
        throw Failure("store_damaged", damage, "usagectl db check finds every damaged block");
}

void estimate_usage(
    Store& store, const RateBook::Page& page, const MeterLine& meters, DayUsage& usage
) {
    const auto known = store.meters().find_number(meters.newest());
    if (!known) {
        throw Failure(
            "store_damaged", "meter number " + std::to_string(meters.newest()) + " is not there"
        );
    }
    const auto first = page.day.day - meter::estimation_history;
    std::vector<meter::StoredBlock> blocks;
    for (const auto layer : {Layer::vee, Layer::raw}) {
        auto part = meters.read(store, {Channel::consumption, layer, {first, page.day.day}});
        std::move(part.begin(), part.end(), std::back_inserter(blocks));
    }
    const auto& zone = **Zone::find(known->timezone);
    const auto series = meter::assemble_series(
        blocks,
        zone.day_start(first),
        page.end,
        meter::shortest_minutes(blocks),
        meter::LayerChoice::best
    );
    std::size_t begin = 0;
    while (begin < series.size() && series[begin].start < page.day.start)
        ++begin;
    usage.estimated = true;
    usage.consumption.clear();
    for (const auto& interval : meter::fill_missing(series, begin, zone)) {
        usage.consumption.push_back({interval.start, interval.wh, false});
        usage.estimated_wh += interval.layer ? 0 : interval.wh;
    }
}

Result<void> rate_usage(
    const RateBook::Page& page, const DayUsage& usage, std::int64_t cycle_wh, RatedDay& rated
) {
    const tariff::DayFacts facts{
        .consumption = usage.consumption,
        .generation = usage.generation,
        .cycle_wh = cycle_wh,
        .options = page.rates->options,
        .exempt = page.rates->exempt,
    };
    if (auto done = tariff::rate_day(page.day, facts, rated.charge); !done)
        return done;
    rated.basis = {
        page.profile,
        page.rates->version.version,
        cycle_wh,
        usage.vee_wh,
        usage.raw_wh,
        usage.estimated_wh,
    };
    rated.postings.clear();
    for (const auto& line : rated.charge.lines) {
        const auto& component = page.rates->plan.components()[line.component];
        const bool energy = component.basis == tariff::Basis::per_kwh;
        rated.postings.push_back(
            {page.codes[line.component],
             -line.amount,
             line.component,
             line.tier,
             energy ? line.wh : line.quantity,
             line.rate}
        );
    }
    rated.amount = -rated.charge.total;
    return {};
}

}  // namespace usagectl::app
