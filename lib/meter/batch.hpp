// SPDX-License-Identifier: MIT
// What a reader's work looks like when it leaves the parsing thread: packed day blocks and rejects,
// in file order, in one flat allocation that is handed over whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "meter/types.hpp"

namespace usagectl::meter {

// A record that was not taken. `line` counts from 1 (0: the file as a whole), `column` from 1 in
// bytes (0: the whole line). `record` is the input text: given under `context` to the reader that
// refused it, it is read again. `intervals` is how many intervals went with it.
struct Reject {
    std::uint64_t line = 0;
    std::uint32_t column = 0;
    std::uint32_t intervals = 0;
    std::int64_t wh = 0;  // of a block that was read soundly and could not be filed
    std::string reason;
    std::string record;        // at most max_record bytes, lines without the last line end
    std::string context = {};  // the header lines the record needs above it; the same limit
    bool cut = false;          // record or context is not whole: it cannot be read again
    // Of a record that came out of a rejects file: the file and the format it was first read in.
    std::string file = {};
    std::string format = {};
};
inline constexpr std::size_t max_record = 4096;  // bytes

class BlockBatch {
public:
    struct Entry {
        std::uint32_t name_at = 0;   // into arena
        std::uint32_t bytes_at = 0;  // into arena
        std::uint32_t bytes_size = 0;
        std::uint8_t name_size = 0;
        Channel channel = Channel::consumption;
        std::uint16_t minutes = 15;
        std::uint16_t present = 0;  // slots with a value
        LocalDay day{};
        std::int64_t revision = 0;   // unix seconds; 0: the file does not say
        std::uint64_t line = 0;      // of the block's first value
        const Zone* zone = nullptr;  // the meter's zone, should it be new to the store
    };

    [[nodiscard]] std::string_view name(const Entry& entry) const {
        return std::string_view(arena).substr(entry.name_at, entry.name_size);
    }
    [[nodiscard]] std::string_view bytes(const Entry& entry) const {
        return std::string_view(arena).substr(entry.bytes_at, entry.bytes_size);
    }
    [[nodiscard]] bool empty() const { return entries.empty() && rejects.empty(); }

    std::string arena;
    std::vector<Entry> entries;
    std::vector<Reject> rejects;
};

// Takes batches on the parsing thread; may block until the writer has room.
class BatchSink {
public:
    BatchSink() = default;
    BatchSink(const BatchSink&) = delete;
    BatchSink& operator=(const BatchSink&) = delete;
    virtual ~BatchSink() = default;
    virtual void take(BlockBatch&& batch) = 0;
};

// Running counts of one file. intervals = accepted + rejected; blanks are not intervals. total_wh
// is the control total: consumption and generation added, rejected intervals left out.
struct ReadTally {
    // Data rows (csv), detail rows (LSE), IntervalReadings (ESPI), 300 rows (NEM12).
    std::uint64_t records = 0;
    std::uint64_t intervals = 0;
    std::uint64_t blanks = 0;
    std::uint64_t rejected = 0;
    std::uint64_t rounded = 0;  // values finer than 1 Wh, rounded half-even
    std::int64_t total_wh = 0;
    std::optional<Instant> first;  // start of the earliest interval
    std::optional<Instant> last;   // end of the latest interval
};

}  // namespace usagectl::meter
