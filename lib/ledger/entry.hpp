// SPDX-License-Identifier: MIT
// The entries of the ledger: what is written once, balances to zero, and is never changed.
//
// An entry belongs to one customer account (or to the house, account 0) and to a local day. Its
// `amount` is what it adds to that customer's balance; its postings are the other side, debits
// positive. A payment of 50.00: amount 50.00, one posting of 50.00 to cash. A day's charge of 3.20:
// amount -3.20, postings of -3.00 to revenue and -0.20 to a tax. So the postings of an entry always
// add up to its amount, and the whole ledger to zero.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"

namespace usagectl::ledger {

// The store's number of a customer account, 1 to 2^30 - 1; 0 is the house itself.
using AccountNumber = std::int64_t;
inline constexpr AccountNumber house = 0;
inline constexpr AccountNumber max_account = (std::int64_t{1} << 30) - 1;

// The store's number of a ledger account: chart.hpp names them.
using CodeNumber = std::int64_t;

// An entry's name: whose, of which local day, and its place among that day's entries. Place 0 is
// kept for the day's first charge, so that a day cannot be charged twice.
struct EntryId {
    AccountNumber account = house;
    LocalDay day{};
    int place = 0;
    auto operator<=>(const EntryId&) const = default;
};
inline constexpr int charge_place = 0;
inline constexpr int max_place = (1 << 16) - 1;

enum class Kind : std::uint8_t {
    charge,      // a day's usage, options and taxes
    correction,  // a day charged before, rated again with better data
    setup,       // what is due before service begins: fees, unbilled usage, past due
    fee,         // one event: a notification, a reconnection
    payment,
    reversal,    // of a payment
    deposit,     // applied to what is due
    adjustment,  // the true-up against the legacy bill
    settlement,  // at closing: refund or debt
    transfer,    // between accounts of the house; no customer's balance changes
};

// One side of an entry. The detail tells what a charge is made of; a posting without has tier -1.
struct Posting {
    CodeNumber code = 0;
    Money amount;        // debits positive
    int component = -1;  // of the tariff version that was charged by
    int tier = -1;
    std::int64_t quantity = 0;  // Wh for energy; days or pieces otherwise
    Rate rate = {};

    bool operator==(const Posting&) const = default;
};

// What a charge was worked out from. The Wh add up to what was charged for, by the data they came
// from: settled, on-demand, or estimated here because there was no reading. That of a correction is
// the day's whole, not the difference: the newest charge or correction of a day tells its usage.
struct Basis {
    std::int64_t profile = 0;   // the store's number of tariff, options and exemptions
    std::int64_t version = 0;   // of the tariff
    std::int64_t cycle_wh = 0;  // used in the billing cycle before the day
    std::int64_t vee_wh = 0;
    std::int64_t raw_wh = 0;
    std::int64_t estimated_wh = 0;

    [[nodiscard]] std::int64_t wh() const { return vee_wh + raw_wh + estimated_wh; }
    bool operator==(const Basis&) const = default;
};

struct Entry {
    EntryId id;
    Kind kind = Kind::charge;
    Instant at{};        // when it holds
    Instant known_at{};  // when we knew it
    Money amount;
    std::string cause;  // what brought it about, in words a person can follow up
    Basis basis;        // charges and corrections
    std::vector<Posting> postings;
};

// True when the postings add up to the amount, exactly and without overflow.
[[nodiscard]] bool balanced(const Entry& entry);

[[nodiscard]] std::string_view to_string(Kind kind);  // "charge", ...
// The kind a store's word names. Error `store_damaged` (5) is the caller's: none here.
[[nodiscard]] std::optional<Kind> parse_kind(std::string_view word);

}  // namespace usagectl::ledger
