// SPDX-License-Identifier: MIT
// A night's charges: every account that is due, in blocks of a few thousand, each a transaction of
// its own. An account that is charged for the day is not due any more, so that a run that was
// killed goes on where it stopped and one that is repeated changes nothing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/day_rating.hpp"
#include "app/prepay.hpp"

namespace usagectl::app {

struct ChargeTally {
    std::int64_t accounts = 0;   // looked at
    std::int64_t charged = 0;    // an entry was posted
    std::int64_t estimated = 0;  // ... with intervals that had no reading
    Money amount;                // what was charged
    std::int64_t with_options = 0;
    Money options;  // of that, for options held every day
    std::int64_t with_taxes = 0;
    Money taxes;  // of that, taxes
    // Accounts that could not be charged, and why; they stay due.
    struct Problem {
        ledger::AccountNumber account = 0;
        Error error;
    };
    std::vector<Problem> problems;

    void add(const ChargeTally& part);
};

// Runs `work` as a transaction, or within one that will be rolled back.
using Transact = std::function<void(const std::function<void()>& work)>;

class ChargeRun {
public:
    struct Options {
        Instant now{};
        std::size_t accounts_at_once = 8'192;
        Transact transact = {};
        // Within the transaction of a block of accounts, last: what the block came to.
        std::function<void(const ChargeTally& part)> within = {};
        std::function<void(std::int64_t accounts)> progress = {};  // looked at since the last call
    };
    ChargeRun(Store& store, const Prepay& prepay, Options options);

    // Charges the local day for every account whose next day it is and where it is over.
    void day(LocalDay day, ChargeTally& tally);

private:
    struct Chunk;

    bool charge_next(LocalDay day, ChargeTally& tally);
    void find_pages(LocalDay day, Chunk& chunk, ChargeTally& tally);
    void charge_fast(LocalDay day, Chunk& chunk, ChargeTally& tally);
    void charge_slowly(LocalDay day, Chunk& chunk, ChargeTally& tally);
    void finish(Chunk& chunk, std::size_t at, const DayUsage& usage, ChargeTally& tally);
    void write(LocalDay day, Chunk& chunk);

    Store& store_;
    const Prepay& prepay_;
    Options options_;
    RateBook book_;
    std::int64_t after_meter_ = 0;
    DayUsage usage_;
    RatedDay rated_;
};

}  // namespace usagectl::app
