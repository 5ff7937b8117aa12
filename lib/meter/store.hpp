// SPDX-License-Identifier: MIT
// The ports meter data needs from a datastore. Implemented once, in lib/store, in SQL that both
// engines accept. Calls that write happen inside a transaction the use case opened (app/store.hpp).
// A broken world (disk, connection, damaged block) is thrown as Failure. A callback may read from
// the store while it is called; it must not write to it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "meter/batch.hpp"
#include "meter/series.hpp"

namespace usagectl::meter {

struct Meter {
    std::string id;  // MeterId text
    std::string timezone;
    std::optional<std::string> provider_of_record;
    std::optional<std::string> account;
    std::int64_t multiplier = 1;
    Instant known_since{};
    std::optional<std::string> meter_number = {};  // on the meter's plate; some markets ask for it
};

// Where blocks come from: a file, or an act of the tool itself. Numbers ascend in order of arrival.
using SourceNumber = std::int64_t;

struct Counts {
    std::uint64_t stored = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t superseded = 0;
    std::uint64_t rejected = 0;
    std::uint64_t meters = 0;  // distinct meters seen
};

struct Source {
    SourceNumber number = 0;
    std::string kind;    // "file", "rezone" or "market"
    std::string sha256;  // lower-case hex of the file as given; empty unless kind is file
    std::string path;
    std::string format;
    std::string status;  // "loaded" or "partial"
    Layer layer = Layer::vee;
    std::uint64_t size = 0;
    Instant known_at{};
    ReadTally tally;
    Counts counts;
};

// One version of a day block, current or replaced.
struct Version {
    LocalDay day{};
    Channel channel = Channel::consumption;
    Layer layer = Layer::vee;
    std::int64_t revision = 0;  // unix seconds: the file's revision, else the arrival
    SourceNumber source = 0;
    std::string path;  // of the source
    Instant known_from{};
    std::optional<Instant>
        known_to;  // none: current. Equal to known_from: arrived already superseded
    DayBlock block;
    bool late = false;  // it had been superseded before it arrived, and never was current
};

class MeterStore {
public:
    MeterStore() = default;
    MeterStore(const MeterStore&) = delete;
    MeterStore& operator=(const MeterStore&) = delete;
    virtual ~MeterStore() = default;

    [[nodiscard]] virtual std::optional<Meter> find(std::string_view id) = 0;
    // The store's own number of a meter, as day blocks have it, and back.
    [[nodiscard]] virtual std::optional<std::int64_t> number(std::string_view id) = 0;
    [[nodiscard]] virtual std::optional<Meter> find_number(std::int64_t number) = 0;
    // Ascending by id (byte order), only ids >= `from`, until `visit` returns false.
    virtual void each(std::string_view from, const std::function<bool(const Meter&)>& visit) = 0;
    // Ids that begin with `prefix`, at most `limit`; for completion.
    [[nodiscard]] virtual std::vector<std::string>
    ids(std::string_view prefix, std::size_t limit) = 0;
    // Inserts or replaces everything but known_since.
    virtual void save(const Meter& meter) = 0;
    // Meters whose zone is not `timezone`, with their zone.
    virtual void each_zoned_otherwise(
        std::string_view timezone,
        const std::function<void(std::string_view id, std::string_view zone)>& visit
    ) = 0;
};

struct BlockKey {
    std::string_view meter;
    Channel channel = Channel::consumption;
    Layer layer = Layer::vee;
};

struct DayRange {
    LocalDay first{};
    LocalDay last{};  // inclusive
};

class BlockStore {
public:
    BlockStore() = default;
    BlockStore(const BlockStore&) = delete;
    BlockStore& operator=(const BlockStore&) = delete;
    virtual ~BlockStore() = default;

    // The source a file with this content has already become in this layer.
    [[nodiscard]] virtual std::optional<Source> find_file(std::string_view sha256, Layer layer) = 0;
    // False only when no file of exactly this size was ever taken: then hashing first is pointless.
    [[nodiscard]] virtual bool size_known(std::uint64_t size) = 0;
    [[nodiscard]] virtual std::optional<Source> find_source(SourceNumber number) = 0;
    // Gives the next number. Content, counts and path are completed by close_source.
    [[nodiscard]] virtual SourceNumber open_source(const Source& source) = 0;
    virtual void close_source(const Source& source) = 0;

    // Files every block of the batch by the revision rule (meter/merge.hpp), making meters that are
    // new, keeping what is replaced. Adds to `counts`. Blocks of the same source merge in place:
    // they are one version. Blocks without a revision count as revised at the source's known_at.
    // `reject` hears of blocks that cannot be filed, by line, once the batch is done. Two sessions
    // that put at the same time need app::Store::lock_ingest.
    virtual void
    put(const Source& source,
        const BlockBatch& batch,
        Counts& counts,
        const std::function<void(Reject)>& reject) = 0;

    // Current blocks of one meter, ascending by day; touches only these rows.
    [[nodiscard]] virtual std::vector<StoredBlock>
    read(const BlockKey& key, const DayRange& days) = 0;
    // The same as it was known at an instant (inclusive).
    [[nodiscard]] virtual std::vector<StoredBlock>
    read_known(const BlockKey& key, const DayRange& days, Instant known_at) = 0;
    // The latest day at or before `before` that has a block.
    [[nodiscard]] virtual std::optional<LocalDay>
    last_day(const BlockKey& key, LocalDay before) = 0;
    [[nodiscard]] virtual std::optional<LocalDay> first_day(const BlockKey& key) = 0;
    // The span of days the store holds for any meter; none when empty.
    [[nodiscard]] virtual std::optional<DayRange> extent() = 0;
    // Every current block of one local day, all meters, ascending by meter number.
    virtual void each_of_day(
        LocalDay day,
        const std::function<void(std::string_view meter, Channel, const StoredBlock&)>& visit
    ) = 0;
    // All versions of a day, both channels and layers, newest first within each.
    [[nodiscard]] virtual std::vector<Version> history(std::string_view meter, LocalDay day) = 0;
    // Takes every current block of the meter out of the current set and into history, as replaced
    // by `source`; hands each to `visit` first. For a change of the meter's zone.
    virtual void retire(
        std::string_view meter,
        const Source& source,
        const std::function<void(Channel, const StoredBlock&, std::int64_t revision)>& visit
    ) = 0;
    // Decodes every block and history row; calls `damaged` with a sentence naming meter and day.
    virtual void check(const std::function<void(std::string)>& damaged) = 0;
};

}  // namespace usagectl::meter
