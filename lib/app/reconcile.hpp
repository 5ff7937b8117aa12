// SPDX-License-Identifier: MIT
// The ledger of a billing cycle is compared with the bills of the legacy system, and, once a person
// has accepted what comes out, made equal to them (source: US 8,095,475, figure 8).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/actor.hpp"
#include "app/prepay.hpp"
#include "app/store.hpp"
#include "base/zone.hpp"
#include "legacy/bill_row.hpp"

namespace usagectl::app {

// `2026-10-31.1`.
[[nodiscard]] std::string run_name(const RunId& id);
// The same, or `2026-10-31`: the newest run of that cycle. Error `malformed_run` (2).
[[nodiscard]] Result<RunId> parse_run(std::string_view text);
// Error `run_unknown` (3).
[[nodiscard]] Result<ReconcileRun> find_run(Store& store, const RunId& id);

// What an account's ledger holds in the days of a cycle.
struct CycleLedger {
    std::vector<reconcile::ChargedDay> days;  // every day, ascending
    Money payments;                           // less those taken back

    [[nodiscard]] reconcile::Figures total() const;
    [[nodiscard]] std::int64_t wh() const;
};
// Charges and their corrections, fees, and what was charged when prepay began; true-ups of other
// cycles are left out (step 192).
[[nodiscard]] CycleLedger
cycle_ledger(Store& store, ledger::AccountNumber account, const DaySpan& days);
// Adds what the readings of each day come to now.
void add_readings(
    Store& store, ledger::AccountNumber account, const Zone& zone, CycleLedger& ledger
);

struct StartReconcile {
    LocalDay cycle_end{};
    std::string path;  // of the bills
    legacy::GivenRates given = {};
    bool replace = false;  // a run of the cycle that nobody has accepted yet
    bool dry_run = false;
    std::function<void(const ReconcileItem&)> item = {};  // each, in the order of the file
    std::function<void(const ReconcileRun&, bool unchanged)> started = {};  // before the commit
};

struct ReconcileStarted {
    ReconcileRun run;
    bool unchanged = false;  // the same bills were compared before: nothing was done
};

// Compares and keeps the comparison; posts nothing. A line that cannot be reconciled is kept with
// its reason and leaves the others alone; beside those of legacy::read_bill and
// reconcile::check_bill the reasons are `account_unknown`, `account_closed`, `account_twice`,
// `cycle_overlaps` (with one that was reconciled) and `not_charged_yet` (to the end of the cycle).
// Errors: those of read_legacy_file(), `cycle_not_over`, `cycle_started` (there is a run for other
// bills), `cycle_accepted` (4).
[[nodiscard]] Result<ReconcileStarted> start_reconcile(
    Store& store,
    const StartReconcile& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

struct ReconcileAccepted {
    ReconcileRun run;
    bool unchanged = false;    // it had been accepted before
    std::int64_t posted = 0;   // entries, by this call
    std::int64_t settled = 0;  // accounts that needed none
    Money amount;              // what customers owe more (negative: less), by this call
    struct Problem {
        std::string account;
        Error error;
    };
    std::vector<Problem> problems;  // accounts that are left; the run stays `accepting`
};

struct AcceptReconcile {
    RunId id;
    // Adjustments that come to more in all, each without its sign, need two people; none: never.
    std::optional<Money> second_person_above = {};
    bool dry_run = false;
    std::size_t at_once = 256;  // accounts in a transaction
    std::function<void(std::int64_t accounts)> progress = {};
    std::function<void(const ReconcileAccepted&)> accepted = {};  // before the last commit
};

// Posts one entry for each account, a few hundred accounts at a time. What was posted stays posted:
// killed and called again it goes on where it stopped, and called once more it changes nothing. An
// account whose ledger has moved since the comparison is not what was accepted. Errors:
// `run_unknown` (3), `run_replaced`, `second_person_needed` (the same person twice), `ledger_moved`
// (4: nothing was posted yet).
[[nodiscard]] Result<ReconcileAccepted> accept_reconcile(
    Store& store,
    const AcceptReconcile& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
