// SPDX-License-Identifier: MIT
// Accounts: made, looked at, taken into service (source: US 8,095,475, figures 2, 3 and 5).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/account_change.hpp"
#include "app/rules.hpp"
#include "app/tariffs.hpp"
#include "tariff/plan.hpp"

namespace usagectl::app {

// Stands in a profile for every exemption the tariff in force has, whatever it calls them: so that
// a customer who is exempt stays so when a later version names its exemptions otherwise.
inline constexpr std::string_view every_exemption = "*";

struct CreateAccount {
    account::Account account;  // id to debt_percent; minimum_due.past_due, deposit: as given
    std::string meter;
    RateProfile rates;
    account::Thresholds thresholds;
    std::int64_t cycle_day = 1;
    Money debt = {};  // old debt, paid off by a share of each payment
    std::optional<std::string> provider_of_record = {};
    std::optional<Money> unbilled = {};  // none: worked out from stored usage, existing customers
    bool apply_deposit = false;
    const RulePacks* packs = nullptr;  // as check_limits() has it
    bool dry_run = false;
    std::function<void(const struct AccountCreated&)> created = {};
};

struct AccountCreated {
    KnownAccount known;
    account::Standing standing;
    RateProfile rates;
    Money minimum_due;                     // at the beginning, whether charged by now or not
    std::optional<DaySpan> unbilled_days;  // of the usage that was worked out
    std::vector<OrderTouched> orders;
};

// Makes the account `pending`, or `paid` when nothing is due or the deposit covers it. A meter that
// is new is made. A customer who is tax_exempt holds every exemption of the tariff. Errors:
// `account_exists`, `meter_taken` (4), those of check_limits(), `tariff_unknown` (3),
// `tariff_not_in_force`, `currency_differs` (4), `option_unknown`, `exemption_unknown` (2),
// `charge_out_of_range` (4).
[[nodiscard]] Result<AccountCreated> create_account(
    Store& store,
    const CreateAccount& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

struct AccountShown {
    KnownAccount known;
    account::Standing standing;
    RateProfile rates;
};
// Error `account_unknown` (3).
[[nodiscard]] Result<AccountShown> show_account(Store& store, std::string_view id);

// A profile made ready to charge by on a day: the tariff version in force, and which options and
// taxes of it count.
struct ReadyRates {
    std::int64_t profile = 0;
    TariffVersion version;
    std::optional<LocalDay> until;  // the last day the version holds, if it is known
    tariff::Plan plan;
    tariff::Bits options = 0;
    tariff::Bits exempt = 0;
};
// Errors: those of create_account that concern the tariff. A named `version` is taken whatever
// holds on the day: what was charged keeps the one it used.
[[nodiscard]] Result<std::shared_ptr<const ReadyRates>> ready_rates(
    Store& store, const RateProfile& profile, LocalDay day, std::optional<std::int64_t> version = {}
);
// Error `currency_differs` (4): the tariff is not in the currency of accounts.
[[nodiscard]] Result<void> check_currency(const ReadyRates& rates, const Prepay& prepay);

// Names ascending, each once.
[[nodiscard]] RateProfile sorted(RateProfile profile);

}  // namespace usagectl::app
