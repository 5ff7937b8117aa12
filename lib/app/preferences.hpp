// SPDX-License-Identifier: MIT
// How a customer wants to be told, entered and taken out again (source: US 8,095,475, figure 3,
// steps 68 to 72, and table A).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/account_change.hpp"

namespace usagectl::app {

struct PreferencesShown {
    std::string account;
    std::vector<account::Preference> preferences;  // by type, method and address
};
// Error `account_unknown` (3).
[[nodiscard]] Result<PreferencesShown> show_preferences(Store& store, std::string_view account_id);

struct SetPreference {
    std::string account;
    account::Preference preference;  // an empty address: the account's first contact of the kind
    bool dry_run = false;
    std::function<void(const PreferencesShown&)> set = {};
};
// Enters it, or changes the one of the same type, method and address. Errors: `account_unknown`
// (3), `account_closed`, `address_missing` (4: the account has no such contact), `malformed_phone`,
// `malformed_email` (2).
[[nodiscard]] Result<PreferencesShown> set_preference(
    Store& store,
    const SetPreference& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

struct RemovePreferences {
    std::string account;
    account::NoticeType type = account::NoticeType::low_balance;
    std::optional<account::NoticeMethod> method = {};  // none: by whatever method
    std::optional<std::string> address = {};           // none: wherever to
    bool dry_run = false;
    std::function<void(const PreferencesShown&)> removed = {};
};
// Errors: `account_unknown` (3), `preference_unknown` (3: none is like that), `account_closed` (4).
[[nodiscard]] Result<PreferencesShown> remove_preferences(
    Store& store,
    const RemovePreferences& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
