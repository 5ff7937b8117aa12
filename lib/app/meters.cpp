// SPDX-License-Identifier: MIT
#include "app/meters.hpp"

#include "meter/recut.hpp"

namespace usagectl::app {

namespace {

// Files the batches of a recut as blocks of one layer.
class Refiler final : public meter::BatchSink {
public:
    Refiler(meter::BlockStore& blocks, const meter::Source& source)
        : blocks_(blocks)
        , source_(source) {}

    void take(meter::BlockBatch&& batch) override {
        blocks_.put(source_, batch, counts_, [](const meter::Reject& line) {
            throw Failure(
                "zone_change_failed", "an interval could not be filed anew: " + line.reason
            );
        });
    }

private:
    meter::BlockStore& blocks_;
    const meter::Source& source_;
    meter::Counts counts_;
};

// A stored day whose intervals do not fit the days of the new zone.
struct Impossible {
    LocalDay day{};
};

// Every stored interval of the meter, cut into the days of another zone. Returns the old days.
std::uint64_t recut(Store& store, const meter::Meter& meter, const Zone& zone, Instant now) {
    meter::Source source;
    source.kind = "rezone";
    source.path = meter.id + " to " + zone.name();
    source.known_at = now;
    source.number = store.blocks().open_source(source);

    struct Retired {
        meter::Channel channel;
        meter::StoredBlock stored;
        std::int64_t revision;
    };
    std::vector<Retired> retired;
    store.blocks().retire(
        meter.id,
        source,
        [&](meter::Channel channel, const meter::StoredBlock& stored, std::int64_t revision) {
            retired.push_back({channel, stored, revision});
        }
    );
    for (const auto layer : {meter::Layer::vee, meter::Layer::raw}) {
        source.layer = layer;
        Refiler refiler(store.blocks(), source);
        meter::AssemblerOptions options;
        options.zone = &zone;
        options.latest_end = Instant::max();
        meter::Assembler assembler(std::move(options), refiler);
        for (const auto& old : retired) {
            if (old.stored.layer != layer)
                continue;
            const auto status = meter::put_block(
                assembler, meter.id, old.channel, old.stored.block, old.revision, 0
            );
            if (status != meter::PutStatus::taken)
                throw Impossible{old.stored.day};
        }
        assembler.finish();
        source.tally.intervals += assembler.tally().intervals;
        source.tally.total_wh += assembler.tally().total_wh;
    }
    source.layer = meter::Layer::vee;
    source.status = "loaded";
    source.counts.stored = source.tally.intervals;
    store.blocks().close_source(source);
    return retired.size();
}

std::optional<std::string> none_if_empty(std::string text) {
    if (text.empty())
        return std::nullopt;
    return text;
}

struct Undo {};

}  // namespace

std::optional<meter::DayRange> stored_days(Store& store, const meter::BlockKey& key) {
    const auto all = store.blocks().extent();
    if (!all)
        return std::nullopt;
    const auto last = store.blocks().last_day(key, all->last);
    if (!last)
        return std::nullopt;
    return meter::DayRange{store.blocks().first_day(key).value_or(*last), *last};
}

Result<MeterAnswer> show_meter(Store& store, const std::string& meter) {
    auto known = store.meters().find(meter);
    if (!known)
        return tl::unexpected(unknown_meter(meter));
    MeterAnswer answer{std::move(*known), {}};
    for (const auto channel : {meter::Channel::consumption, meter::Channel::generation}) {
        for (const auto layer : {meter::Layer::vee, meter::Layer::raw}) {
            if (const auto days = stored_days(store, {answer.meter.id, channel, layer})) {
                answer.coverage.push_back({channel, layer, *days});
            }
        }
    }
    return answer;
}

Error unknown_meter(const std::string& meter) {
    return {
        Exit::not_found,
        "meter_unknown",
        "meter " + meter + " is not in the store",
        "usagectl meter list shows the meters there are",
    };
}

Result<MeterChanged> set_meter(
    Store& store,
    const MeterChange& change,
    const std::string& default_zone,
    const Actor& actor,
    const Clock& clock
) {
    auto zone = Zone::find(change.timezone.value_or(default_zone));
    if (!zone)
        return tl::unexpected(std::move(zone.error()));
    MeterChanged changed;
    const auto work = [&] {
        store.lock_ingest();
        changed = {};
        const auto now = clock.now();
        auto known = store.meters().find(change.meter);
        changed.created = !known;
        auto& meter = changed.meter;
        if (known) {
            meter = std::move(*known);
        } else {
            meter.id = change.meter;
            meter.timezone = (*zone)->name();
            meter.known_since = now;
        }
        if (change.provider_of_record) {
            meter.provider_of_record = none_if_empty(*change.provider_of_record);
        }
        if (change.account)
            meter.account = none_if_empty(*change.account);
        if (change.multiplier)
            meter.multiplier = *change.multiplier;
        if (change.meter_number)
            meter.meter_number = none_if_empty(*change.meter_number);
        if (change.timezone && meter.timezone != (*zone)->name()) {
            meter.timezone = (*zone)->name();
            store.meters().save(meter);
            changed.blocks_recut = recut(store, meter, **zone, now);
        } else {
            store.meters().save(meter);
        }
        store.audit().append(actor.record(now, "meter " + meter.id + " set"));
        if (change.changed)
            change.changed(changed);
        if (change.dry_run)
            throw Undo{};
    };
    try {
        store.write(work);
    } catch (const Undo&) {
        // A dry run keeps nothing.
    } catch (const Impossible& impossible) {
        return refuse(
            Exit::refused,
            "zone_does_not_fit",
            "the intervals of " + format_day(impossible.day) + " do not fit the days of " +
                (*zone)->name(),
            "choose a zone whose offset is a whole number of intervals away"
        );
    }
    return changed;
}

}  // namespace usagectl::app
