// SPDX-License-Identifier: MIT
// What the nightly process reads and writes by the hundred thousand, and how far it has come.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/standing.hpp"
#include "app/ledger_store.hpp"
#include "meter/types.hpp"

namespace usagectl::app {

// The part of a standing that a day's charge moves.
struct ChargedStanding {
    ledger::AccountNumber account = 0;
    account::Status status = account::Status::active;
    std::int64_t meter = 0;
    const std::string* timezone = nullptr;  // lives as long as the store
    std::int64_t profile = 0;
    Money balance;
    Instant moved_at{};
    LocalDay charged_through{};
    std::int64_t cycle_day = 1;
    LocalDay cycle_start{};
    std::int64_t cycle_wh = 0;
    bool wants_daily = false;
    bool changing = false;
};

// An account that is charged, and its meter.
struct MeteredAccount {
    ledger::AccountNumber account = 0;
    std::int64_t meter = 0;
    const std::string* timezone = nullptr;  // lives as long as the store
};

// An entry that is written with many others: what differs between them.
struct ChargeRow {
    ledger::EntryId id;
    ledger::Kind kind = ledger::Kind::charge;
    Instant at{};
    Instant known_at{};
    Money amount;
    ledger::Basis basis;
    std::string_view postings;  // ledger/posting_text.hpp
};

struct NightlyStep {
    LocalDay day{};
    int place = 0;
    std::string name;
    std::string state;  // "started" or "done"
    std::int64_t items = 0;
    Money amount;
    std::int64_t sources = 0;  // the newest source of meter data that was looked at
    Instant started_at{};
    std::optional<Instant> finished_at = {};
};

class NightlyStore {
public:
    NightlyStore() = default;
    NightlyStore(const NightlyStore&) = delete;
    NightlyStore& operator=(const NightlyStore&) = delete;
    virtual ~NightlyStore() = default;

    // The earliest day at or behind `from` through which some account is charged; none: there is no
    // such account.
    [[nodiscard]] virtual std::optional<LocalDay> charged_through(LocalDay from) = 0;
    // Accounts whose next day to charge is `day`, ascending by meter, behind `after_meter`, at most
    // `limit`; nobody else changes them until the transaction ends.
    [[nodiscard]] virtual std::vector<ChargedStanding>
    to_charge(LocalDay day, std::int64_t after_meter, std::size_t limit) = 0;
    // Accounts in service, not suspended ones, ascending by meter, behind `after_meter`, at most
    // `limit`.
    [[nodiscard]] virtual std::vector<MeteredAccount>
    in_service(std::int64_t after_meter, std::size_t limit) = 0;
    // Packed day blocks (meter/codec.hpp) of the meters in [first, last], ascending by meter. The
    // view is valid during the call; `visit` must not use the store.
    using VisitBlock = std::function<
        void(std::int64_t meter, meter::Channel, meter::Layer, std::string_view packed)>;
    virtual void each_block(
        LocalDay day, std::int64_t first_meter, std::int64_t last_meter, const VisitBlock& visit
    ) = 0;
    // All new: one that is there already is a Failure.
    virtual void append(const std::vector<ChargeRow>& rows) = 0;
    // Balance, moved_at, charged_through, cycle_start and cycle_wh.
    virtual void save(const std::vector<ChargedStanding>& standings) = 0;

    // Accounts in service at or below a threshold of theirs, or with one in days: ascending by
    // number, behind `after`, at most `limit`.
    [[nodiscard]] virtual std::vector<ledger::AccountNumber>
    below_threshold(ledger::AccountNumber after, std::size_t limit) = 0;

    // Local days that sources of meter data touched, behind a source number; `through` becomes the
    // newest there is. Days of sources that are still open are left for later.
    [[nodiscard]] virtual std::optional<DaySpan>
    days_touched(std::int64_t after_source, std::int64_t& through) = 0;
    // Accounts charged for the day whose meter has a block from a source in (after, through].
    [[nodiscard]] virtual std::vector<ledger::AccountNumber>
    touched_accounts(LocalDay day, std::int64_t after_source, std::int64_t through_source) = 0;
    [[nodiscard]] virtual std::int64_t count_status(account::Status status) = 0;
    // Accounts whose days are charged each by the service period it lies in.
    [[nodiscard]] virtual std::vector<ledger::AccountNumber> changing() = 0;
    // Begins the billing cycle of the accounts whose cycle day it is and whose next day to charge
    // it is; gives how many.
    [[nodiscard]] virtual std::int64_t begin_cycles(LocalDay day, std::int64_t cycle_day) = 0;
    // The newest source any finished night has looked at; 0 before the first.
    [[nodiscard]] virtual std::int64_t sources_seen() = 0;
    // When the last run that finished a step, of whichever night, had begun; none: none has.
    [[nodiscard]] virtual std::optional<Instant> last_run(int place) = 0;

    [[nodiscard]] virtual std::vector<NightlyStep> steps(LocalDay day) = 0;
    // Adds items and amount to a step, which is begun by it if it was not.
    virtual void add(const NightlyStep& part) = 0;
    // The step is begun, or, when it was done, is to be done once more.
    virtual void begin_again(const NightlyStep& step) = 0;
    // Days up to `last` whose step is begun and not done, ascending.
    [[nodiscard]] virtual std::vector<LocalDay> unfinished(int place, LocalDay last) = 0;
    // Sources and finished_at; the step is done.
    virtual void finish(const NightlyStep& step) = 0;
};

}  // namespace usagectl::app
