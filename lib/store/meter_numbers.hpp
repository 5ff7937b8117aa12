// SPDX-License-Identifier: MIT
// Names of meters to their numbers, for millions of look-ups during an ingest: a cache of fixed
// size before the meter table, and whole batches at a time behind it. Files come in much the same
// order every day, so a look-up also fetches the meters that were numbered next.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "meter/batch.hpp"
#include "store/session.hpp"
#include "store/slot.hpp"

namespace usagectl::store {

class MeterNumbers {
public:
    explicit MeterNumbers(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<MeterNumber> find(std::string_view name);
    [[nodiscard]] std::optional<std::string> name(MeterNumber number);

    // Fills `numbers`, one for each entry of the batch, in order. Meters that are new are made, in
    // the zone their entry names. Call inside a write transaction.
    void
    resolve(const meter::BlockBatch& batch, Instant known_since, std::vector<MeterNumber>& numbers);

    // After a rollback: numbers given out in that transaction are void.
    void forget();

private:
    // Four entries to a set; the oldest of a full set makes room.
    struct Cached {
        std::uint64_t hash = 0;
        MeterNumber number = 0;
        std::uint8_t size = 0;  // 0: empty
        std::array<char, 64> name;
    };
    struct Set {
        std::array<Cached, 4> entries;
        std::uint8_t next = 0;
    };
    // A meter of the batch that is not in the cache, and the entries that wait for its number.
    struct Unknown {
        std::string_view name;
        const Zone* zone = nullptr;
        std::optional<MeterNumber> number;
    };
    using Unknowns = std::vector<Unknown*>;

    [[nodiscard]] const Cached* cached(std::string_view name) const;
    void remember(std::string_view name, MeterNumber number);
    bool fetch_following(std::string_view name, std::size_t rows);
    // Numbers every unknown meter; gives how many of them were new.
    std::size_t settle(Instant known_since);
    // Gives numbers to those of the meters that the store knows.
    void fetch_named(const Unknowns& meters);
    void make(const Unknowns& meters, Instant known_since);
    [[nodiscard]] Unknowns without_number();

    Session& session_;
    std::vector<Set> sets_;  // empty until the first resolve()
    std::vector<Unknown> unknown_;
    std::unordered_map<std::string_view, std::size_t> by_name_;  // into unknown_
    std::vector<std::pair<std::size_t, std::size_t>> waiting_;   // entry, into unknown_
    int batches_without_order_ = 0;  // to pass before fetching the following meters is tried again
    bool expect_new_ = false;        // the last batch was mostly new meters
};

}  // namespace usagectl::store
