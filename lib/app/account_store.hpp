// SPDX-License-Identifier: MIT
// Accounts as the store keeps them. Calls that change something happen inside a write transaction;
// whoever changes a standing locks it first, so that two of them come one after the other.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/preference.hpp"
#include "account/standing.hpp"
#include "account/types.hpp"
#include "ledger/entry.hpp"

namespace usagectl::app {

using ledger::AccountNumber;

struct KnownAccount {
    AccountNumber number = 0;
    account::Account account;
};

// What an account is charged by. Names ascend.
struct RateProfile {
    std::string tariff;
    std::vector<std::string> options;
    std::vector<std::string> exemptions;
    bool operator==(const RateProfile&) const = default;
};

// From which day an account has which meter and profile. Of several rows for a day the latest
// counts: the greatest from_day not after it, then the greatest version.
struct ServicePeriod {
    LocalDay from{};
    std::int64_t version = 0;  // 0, 1, ... for one from_day
    Instant known_at{};
    std::optional<std::int64_t> meter;  // the store's number
    std::int64_t profile = 0;
    // The meter that was taken out on from_day: it served that day until then, and all before.
    std::optional<std::int64_t> meter_out = {};
};
// Null before the first.
[[nodiscard]] const ServicePeriod*
service_on(const std::vector<ServicePeriod>& periods, LocalDay day);

// A change beside the balance: of the status, or of a setting.
struct AccountEvent {
    Instant at{};
    std::string field;  // "status", "tariff", "low_balance", ...
    std::string before;
    std::string after;
    std::string cause;
    std::string actor;
};

struct CountyOfAccounts {
    std::string state;
    std::string county;
};

class AccountStore {
public:
    AccountStore() = default;
    AccountStore(const AccountStore&) = delete;
    AccountStore& operator=(const AccountStore&) = delete;
    virtual ~AccountStore() = default;

    [[nodiscard]] virtual std::optional<KnownAccount> find(std::string_view id) = 0;
    [[nodiscard]] virtual std::optional<KnownAccount> find(AccountNumber number) = 0;
    // Ascending by id (byte order), ids >= `from`, with their standings, until `visit` says false.
    virtual void each(
        std::string_view from,
        const std::function<bool(const KnownAccount&, const account::Standing&)>& visit
    ) = 0;
    // Ids that begin with `prefix`, at most `limit`; for completion.
    [[nodiscard]] virtual std::vector<std::string>
    ids(std::string_view prefix, std::size_t limit) = 0;
    // Each that accounts which are not closed have, as they write it, once.
    [[nodiscard]] virtual std::vector<CountyOfAccounts> counties() = 0;
    // The account a meter serves now.
    [[nodiscard]] virtual std::optional<AccountNumber> of_meter(std::int64_t meter) = 0;

    // Gives the account's number and sets it in `standing`. None when the id or the meter is taken.
    [[nodiscard]] virtual std::optional<AccountNumber>
    create(const account::Account& account, account::Standing& standing) = 0;
    // Everything but id, existing_customer and created_at.
    virtual void save(const KnownAccount& account) = 0;

    [[nodiscard]] virtual account::Standing standing(AccountNumber number) = 0;
    // The same, and nobody else changes it until the transaction ends.
    [[nodiscard]] virtual account::Standing lock(AccountNumber number) = 0;
    // Account and standing together, both locked.
    struct Locked {
        KnownAccount known;
        account::Standing standing;
    };
    [[nodiscard]] virtual std::optional<Locked> lock(std::string_view id) = 0;
    // False when the meter serves another account.
    [[nodiscard]] virtual bool save(const account::Standing& standing) = 0;
    // Only what entries move: status, balance, debt and moved_at. No index has a part in it.
    virtual void move(const account::Standing& standing) = 0;

    // The number of a profile, made when it is new.
    [[nodiscard]] virtual std::int64_t profile_number(const RateProfile& profile) = 0;
    [[nodiscard]] virtual std::optional<RateProfile> profile(std::int64_t number) = 0;

    // How the customer wants to be told, ascending by type, method and address (words' order).
    [[nodiscard]] virtual std::vector<account::Preference> preferences(AccountNumber number) = 0;
    // Made, or put in the place of the one of the same type, method and address.
    virtual void save_preference(AccountNumber number, const account::Preference& preference) = 0;
    virtual void remove_preference(AccountNumber number, const account::Preference& preference) = 0;

    // Ascending by from_day and version.
    [[nodiscard]] virtual std::vector<ServicePeriod> service(AccountNumber number) = 0;
    virtual void add_service(AccountNumber number, const ServicePeriod& period) = 0;

    // The day is the account's local day of `at`.
    virtual void append_event(AccountNumber number, LocalDay day, const AccountEvent& event) = 0;
    // Oldest first.
    [[nodiscard]] virtual std::vector<AccountEvent> events(AccountNumber number) = 0;
};

}  // namespace usagectl::app
