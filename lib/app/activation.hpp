// SPDX-License-Identifier: MIT
// Taking a paid account into service (source: US 8,095,475, figure 5). What is known of its meter
// is checked (step 102) or entered (104); with the meter installed the activation order waits for
// usage (106); the first daily usage that is stored (108) completes it and makes the account active
// (110 to 114).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/account_change.hpp"

namespace usagectl::app {

// The first local day whose usage counts: the one the account was made on, or the one the meter was
// installed on where that is later.
[[nodiscard]] LocalDay first_service_day(const AccountChange& change);

// The settled day the account's charges would begin with; none: no usage is stored yet. Whoever was
// a customer before has had power all along and is charged from the first service day on; anybody
// else from the first day that has usage.
[[nodiscard]] std::optional<LocalDay> first_charged_day(AccountChange& change, Store& store);

// Completes an activation order that is pending_usage once there is usage; true when it did.
// Nothing happens, and false, when there is no such order or no usage. For the nightly process and
// the command alike; the caller finishes the change. Error `status_impossible` (4), before
// anything is written.
[[nodiscard]] Result<bool> try_activate(AccountChange& change, Store& store);

// Writes down what is known of the account's meter, each fact that is new with its event; facts not
// given stay. The number goes to the meter as well.
void enter_meter_facts(
    AccountChange& change, Store& store, const account::MeterFacts& facts, const std::string& cause
);

struct ActivateAccount {
    std::string account;
    account::MeterFacts facts = {};  // those to enter
    bool dry_run = false;
    std::function<void(const struct AccountActivated&)> activated = {};
};

struct AccountActivated {
    std::string account;
    account::Status status = account::Status::pending;
    LocalDay first_service_day{};
    std::optional<LocalDay> charged_from;  // none: waits for usage
    std::vector<OrderTouched> orders;
    bool unchanged = false;  // it was in service already
};

// Confirms that the meter is installed. An account in service already is left as it is. Errors:
// `account_unknown` (3), `meter_facts_missing`, `installed_later` (the day lies ahead),
// `account_not_paid` (pending: nothing to activate yet), `no_activation_order` (4).
[[nodiscard]] Result<AccountActivated> activate_account(
    Store& store,
    const ActivateAccount& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
