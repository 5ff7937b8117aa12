// SPDX-License-Identifier: MIT
// The market's read service as a retail provider sees it: ask a meter for a read now, ask how that
// went, fetch the intervals, ask whether the power is on. Two implementations stand behind it; the
// use cases know neither HTTP nor JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "meter/types.hpp"

namespace usagectl::market {

// The market said no, or nothing. `done`: the request may have been carried out all the same.
struct Failed {
    Error error;
    bool done = false;
};
template <class T>
using Outcome = tl::expected<T, Failed>;

struct Subject {
    std::string esi_id;
    std::string meter_number;  // empty: not known here
};

// What names an accepted request on the market's side; either may be empty.
struct Ticket {
    std::string trans_id;
    std::string correlation_id;
};

enum class ReadState : std::uint8_t {
    pending,
    completed,
    failed,             // FAILED: the meter gave no read
    technical_failure,  // T-FAILED: it could not be asked
    too_many,           // 5031: the market's own limit
    unknown,            // a word this program does not know
};
[[nodiscard]] std::string_view to_string(ReadState state);  // "pending", "technical_failure", …

struct ReadStatus {
    ReadState state = ReadState::unknown;
    std::string word;                         // the market's own, for people
    std::string message;                      // the market's own, may be empty
    std::optional<Instant> read_at;           // of the read it speaks of, which may be an older one
    std::optional<std::int64_t> register_wh;  // the register then
};

// One interval as the market gave it; a blank is not there at all.
struct IntervalRead {
    Instant start{};
    std::int32_t minutes = 15;
    std::int64_t wh = 0;
    meter::Quality quality = meter::Quality::actual;
};
struct MeterReads {
    std::string esi_id;
    meter::Channel channel = meter::Channel::consumption;
    std::vector<IntervalRead> intervals;  // ascending, no two alike
    std::uint32_t blanks = 0;
    std::uint32_t duplicates = 0;  // given twice with one value
    std::uint32_t rounded = 0;     // finer than 1 Wh, rounded half-even
};

enum class Power : std::uint8_t { on, off, unknown };
[[nodiscard]] std::string_view to_string(Power power);

struct PowerStatus {
    ReadState state = ReadState::unknown;
    Power power = Power::unknown;
    std::string word;
    std::string message;
    std::optional<Instant> seen_at;
};

class Market {
public:
    Market() = default;
    Market(const Market&) = delete;
    Market& operator=(const Market&) = delete;
    virtual ~Market() = default;

    // Asks the meter for a read now. `reference` is ours, unique, at most 32 characters of
    // A-Z a-z 0-9 -; sent where the market takes one.
    // Errors: `market_login_refused` (4), `read_quota_used` (4; the market's own count),
    // `market_refused` (4), `market_unavailable`, `market_answer_malformed` (5).
    [[nodiscard]] virtual Outcome<Ticket>
    request_read(const Subject& subject, const std::string& reference) = 0;
    // How that request stands; a market without request numbers tells of the newest read it has.
    [[nodiscard]] virtual Outcome<ReadStatus>
    read_status(const Subject& subject, const Ticket& ticket, const std::string& reference) = 0;
    // Intervals of the local days `first` to `last` (inclusive, the market's time zone). No data is
    // an empty list. Values for a meter not asked for are `market_answer_foreign` (5): nothing of
    // such an answer is used.
    [[nodiscard]] virtual Outcome<std::vector<MeterReads>>
    intervals(std::span<const std::string> esi_ids, LocalDay first, LocalDay last) = 0;
    [[nodiscard]] virtual Outcome<PowerStatus>
    power_status(const Subject& subject, const std::string& reference) = 0;
};

}  // namespace usagectl::market
