// SPDX-License-Identifier: MIT
// What can be changed of an account once it is there. Every setting that changes leaves an event;
// nothing that is charged already changes with it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/accounts.hpp"
#include "app/rules.hpp"

namespace usagectl::app {

// What the account is charged by and through. None: stays.
struct ServiceAsked {
    std::optional<std::string> meter = {};
    std::optional<std::string> tariff = {};
    std::optional<std::vector<std::string>> options = {};
    std::optional<std::vector<std::string>> exemptions = {};
    // The first day it holds; none: the day after the last one charged, else today.
    std::optional<LocalDay> from = {};
    // The meter was exchanged in the field on that day, which may be charged already: the one that
    // was taken out served until then.
    bool exchanged = false;
};

// None: stays.
struct SetAccount {
    std::string account;
    std::optional<std::string> name = {};
    std::optional<std::string> street = {};
    std::optional<std::string> city = {};
    std::optional<std::string> state = {};
    std::optional<std::string> county = {};
    std::optional<std::string> postal_code = {};
    std::optional<std::vector<std::string>> phones = {};  // instead of those there are
    std::optional<std::vector<std::string>> emails = {};
    std::optional<std::string> language = {};
    std::optional<std::string> rule_pack = {};  // empty: the configured one
    std::optional<Money> connection = {};
    std::optional<Money> disconnection = {};
    std::optional<Money> grace = {};
    std::optional<Money> low = {};
    std::optional<std::int64_t> low_days = {};  // 0: none
    std::optional<std::int64_t> debt_percent = {};
    std::optional<bool> critical_care = {};
    std::optional<bool> chronic_condition = {};
    std::optional<bool> medical = {};
    // Holds every exemption of whatever tariff is in force, from the day of `service`.
    std::optional<bool> tax_exempt = {};
    account::MeterFacts meter_facts = {};
    ServiceAsked service = {};
    const RulePacks* packs = nullptr;  // needed where touches_limits()
    bool dry_run = false;
    std::function<void(const struct AccountSet&)> set = {};
};

// Whether the account's limits, or the rules that bound them, are asked to change.
[[nodiscard]] bool touches_limits(const SetAccount& request);

struct AccountSet {
    AccountShown shown;                // afterwards
    std::vector<std::string> changed;  // names of settings, in the order they changed
    std::optional<LocalDay> from;      // of the change of tariff or meter
    bool ahead = false;                // that day is still to come
};

// Errors: `account_unknown` (3), `account_closed` (4), those of check_limits(); for tariff and
// meter those of ready_rates(), `already_charged` (4), `before_service` (4), `meter_taken` (4),
// `timezone_differs` (4), `currency_differs` (4).
[[nodiscard]] Result<AccountSet> set_account(
    Store& store,
    const SetAccount& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
