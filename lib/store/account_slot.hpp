// SPDX-License-Identifier: MIT
// The key of what belongs to an account and a local day: entries, payments, orders, notices.
//
//     bit 62..46  days since 1970-01-01      bit 45..16  number of the account
//                                            bit 15..0   place among its rows of that day
//
// The day leads, as in the slots of day blocks: a night's charges are appended side by side, and
// one account over many days is a series of point look-ups, `one_day` apart.
#pragma once

#include <cstdint>

#include "base/assert.hpp"
#include "ledger/entry.hpp"

namespace usagectl::store {

class AccountSlot {
public:
    static constexpr std::int64_t one_day = std::int64_t{1} << 46;
    static constexpr std::int64_t one_account = std::int64_t{1} << 16;
    static constexpr std::int32_t days_max = (1 << 17) - 1;

    explicit AccountSlot(const ledger::EntryId& id)
        : packed_(first_of(id.account, id.day) | id.place) {
        USAGECTL_ASSERT(id.place >= 0 && id.place <= ledger::max_place);
    }
    explicit AccountSlot(std::int64_t packed)
        : packed_(packed) {}

    // Every slot of the account's day lies in [first_of(...), first_of(...) + one_account).
    [[nodiscard]] static std::int64_t first_of(ledger::AccountNumber account, LocalDay day) {
        USAGECTL_ASSERT(account >= 0 && account <= ledger::max_account);
        return first_of(day) | (account << 16);
    }
    [[nodiscard]] static std::int64_t first_of(LocalDay day) {
        USAGECTL_ASSERT(day_number(day) >= 0 && day_number(day) <= days_max);
        return static_cast<std::int64_t>(day_number(day)) << 46;
    }

    [[nodiscard]] std::int64_t packed() const { return packed_; }
    [[nodiscard]] ledger::AccountNumber account() const {
        return (packed_ >> 16) & ledger::max_account;
    }
    [[nodiscard]] LocalDay day() const {
        return local_day(static_cast<std::int32_t>(packed_ >> 46));
    }
    [[nodiscard]] ledger::EntryId id() const {
        return {account(), day(), static_cast<int>(packed_ & ledger::max_place)};
    }

private:
    std::int64_t packed_;
};

}  // namespace usagectl::store
