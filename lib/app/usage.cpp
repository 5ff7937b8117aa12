// SPDX-License-Identifier: MIT
#include "app/usage.hpp"

#include <algorithm>
#include <array>

#include "app/meters.hpp"

namespace usagectl::app {

namespace {

using meter::Channel;
using meter::Layer;

constexpr std::array layers{Layer::vee, Layer::raw};
constexpr std::chrono::days longest_range{36525};

struct KnownMeter {
    meter::Meter meter;
    const Zone* zone = nullptr;
};

Result<KnownMeter> find_meter(Store& store, const std::string& id) {
    auto meter = store.meters().find(id);
    if (!meter)
        return tl::unexpected(unknown_meter(id));
    auto zone = Zone::find(meter->timezone);
    if (!zone)
        throw Failure(std::move(zone.error()));
    return KnownMeter{std::move(*meter), *zone};
}

// The span of days a meter and channel has blocks for, in any layer.
std::optional<meter::DayRange> extent_of(Store& store, const std::string& id, Channel channel) {
    std::optional<meter::DayRange> range;
    for (const auto layer : layers) {
        const auto days = stored_days(store, {id, channel, layer});
        if (!days)
            continue;
        if (!range)
            range = days;
        range->first = std::min(range->first, days->first);
        range->last = std::max(range->last, days->last);
    }
    return range;
}

std::vector<meter::StoredBlock> read_blocks(
    Store& store,
    const std::string& id,
    Channel channel,
    const meter::DayRange& days,
    std::optional<Instant> known_at
) {
    std::vector<meter::StoredBlock> blocks;
    for (const auto layer : layers) {
        const meter::BlockKey key{id, channel, layer};
        auto part = known_at ? store.blocks().read_known(key, days, *known_at)
                             : store.blocks().read(key, days);
        std::move(part.begin(), part.end(), std::back_inserter(blocks));
    }
    return blocks;
}

std::int32_t interval_minutes(const std::vector<meter::StoredBlock>& blocks) {
    std::int32_t minutes = 0;
    for (const auto& stored : blocks) {
        if (minutes == 0 || stored.block.minutes < minutes)
            minutes = stored.block.minutes;
    }
    return minutes == 0 ? 15 : minutes;
}

Result<UsageRange> choose_days(Store& store, const UsageQuestion& question) {
    UsageRange range;
    range.channel = question.channel.value_or(Channel::consumption);
    auto stored = extent_of(store, question.meter, range.channel);
    if (!stored && !question.channel) {
        stored = extent_of(store, question.meter, Channel::generation);
        if (stored)
            range.channel = Channel::generation;
    }
    if (!stored && (!question.from || !question.to)) {
        return refuse(
            Exit::not_found,
            "no_usage",
            "meter " + question.meter + " has no usage on channel " +
                std::to_string(static_cast<int>(range.channel))
        );
    }
    range.from = question.from ? *question.from : stored->first;
    range.to = question.to ? *question.to : stored->last;
    // A range open on one side may begin after the last stored day, or end before the first.
    if (!question.to)
        range.to = std::max(range.from, range.to);
    if (!question.from)
        range.from = std::min(range.from, range.to);
    if (range.from > range.to) {
        return refuse(
            Exit::usage,
            "range_reversed",
            "the range begins on " + format_day(range.from) + ", after its end on " +
                format_day(range.to)
        );
    }
    if (range.to - range.from > longest_range) {
        return refuse(Exit::usage, "range_too_long", "the range is longer than 100 years");
    }
    return range;
}

}  // namespace

Result<UsageRange> usage_range(Store& store, const UsageQuestion& question) {
    const auto known = find_meter(store, question.meter);
    if (!known)
        return tl::unexpected(known.error());
    return choose_days(store, question);
}

Result<UsageAnswer> show_usage(Store& store, const UsageQuestion& question) {
    auto known = find_meter(store, question.meter);
    if (!known)
        return tl::unexpected(std::move(known.error()));
    UsageAnswer answer;
    answer.meter = std::move(known->meter);
    answer.zone = known->zone;
    const auto range = choose_days(store, question);
    if (!range)
        return tl::unexpected(range.error());
    answer.channel = range->channel;
    answer.from = range->from;
    answer.to = range->to;

    const meter::DayRange days{range->from, range->to};
    const auto blocks = read_blocks(store, question.meter, answer.channel, days, question.known_at);
    answer.interval_minutes = interval_minutes(blocks);
    answer.intervals = meter::assemble_series(
        blocks,
        answer.zone->day_start(days.first),
        answer.zone->day_start(days.last + std::chrono::days(1)),
        answer.interval_minutes,
        question.layer
    );
    answer.items = meter::sum_by(answer.intervals, question.step, *answer.zone);
    for (const auto& interval : answer.intervals) {
        answer.total_wh += interval.wh;
        answer.missing_intervals += interval.quality == meter::Quality::missing ? 1 : 0;
    }
    return answer;
}

namespace {

struct Settled {
    Instant end{};
    std::int32_t minutes = 15;
};

// The latest settled interval that was over by `at`.
std::optional<Settled> last_settled(Store& store, const KnownMeter& known, Instant at) {
    const meter::BlockKey key{known.meter.id, Channel::consumption, Layer::vee};
    auto before = known.zone->day_of(at);
    while (const auto day = store.blocks().last_day(key, before)) {
        const auto blocks = store.blocks().read(key, {*day, *day});
        for (const auto& stored : blocks) {
            const auto& block = stored.block;
            for (int slot = block.count; slot-- > 0;) {
                if (block.quality[static_cast<std::size_t>(slot)] == meter::Quality::missing)
                    continue;
                const auto end = block.slot_start(slot) + std::chrono::minutes(block.minutes);
                if (end <= at)
                    return Settled{end, block.minutes};
            }
        }
        before = *day - std::chrono::days(1);
    }
    return std::nullopt;
}

}  // namespace

Result<void> check_provider(const meter::Meter& meter, const std::string& asker) {
    if (asker.empty()) {
        return refuse(
            Exit::refused,
            "not_provider_of_record",
            "no provider identity is configured, and only the provider of record may ask",
            "usagectl config set identity.provider_of_record NAME"
        );
    }
    if (!meter.provider_of_record) {
        return refuse(
            Exit::refused,
            "not_provider_of_record",
            "meter " + meter.id + " has no provider of record",
            "usagectl meter set " + meter.id + " --provider-of-record " + asker
        );
    }
    if (*meter.provider_of_record == asker)
        return {};
    return refuse(
        Exit::refused,
        "not_provider_of_record",
        asker + " is not the provider of record of meter " + meter.id,
        "ask as the provider of record (identity.provider_of_record in the configuration)"
    );
}

Result<GapAnswer> usage_gap(Store& store, const GapQuestion& question) {
    auto known = find_meter(store, question.meter);
    if (!known)
        return tl::unexpected(std::move(known.error()));
    if (auto allowed = check_provider(known->meter, question.asker); !allowed) {
        return tl::unexpected(std::move(allowed.error()));
    }
    GapAnswer answer;
    answer.zone = known->zone;
    answer.asked_at = question.at;
    const auto settled = last_settled(store, *known, question.at);
    if (settled)
        answer.last_vee_end = settled->end;

    const meter::DayRange days{
        known->zone->day_of(question.at - meter::gap_cap - std::chrono::days(1)),
        known->zone->day_of(question.at),
    };
    const auto blocks =
        read_blocks(store, question.meter, Channel::consumption, days, std::nullopt);
    answer.interval_minutes = settled ? settled->minutes : interval_minutes(blocks);
    answer.gap = meter::find_gap(answer.last_vee_end, question.at, answer.interval_minutes);
    if (answer.gap.from < answer.gap.to) {
        answer.intervals = meter::assemble_series(
            blocks, answer.gap.from, answer.gap.to, answer.interval_minutes, meter::LayerChoice::raw
        );
    }
    for (const auto& interval : answer.intervals) {
        const bool missing = interval.quality == meter::Quality::missing;
        (missing ? answer.missing : answer.covered) += 1;
        answer.total_wh += interval.wh;
    }
    answer.meter = std::move(known->meter);
    return answer;
}

Result<HistoryAnswer> usage_history(Store& store, const std::string& meter, LocalDay day) {
    auto known = find_meter(store, meter);
    if (!known)
        return tl::unexpected(std::move(known.error()));
    HistoryAnswer answer{std::move(known->meter), known->zone, store.blocks().history(meter, day)};
    if (answer.versions.empty()) {
        return refuse(
            Exit::not_found, "no_usage", "meter " + meter + " has no usage on " + format_day(day)
        );
    }
    return answer;
}

}  // namespace usagectl::app
