// SPDX-License-Identifier: MIT
// Weather emergencies: entered and withdrawn by people, for a county and a span of local days.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/actor.hpp"
#include "app/rules.hpp"
#include "app/store.hpp"

namespace usagectl::app {

// An emergency is not entered for longer at once: a slip of the year would stop all suspensions.
inline constexpr int longest_emergency_days = 31;

struct EmergencyDay {
    EnteredEmergency entry;
    bool changed = false;  // false: it was in force already
};

struct EmergencyChange {
    std::string state;   // two letters, in any case
    std::string county;  // as people write it
    LocalDay from{};
    LocalDay to{};                            // inclusive
    std::optional<rules::Weather> weather{};  // withdrawing: none means every kind
    std::string reason;
    bool dry_run = false;
    // Entering: what the county is looked up in; null: it is not. A county that none of them lists
    // and no account lives in is refused, unless it is forced.
    const RulePacks* packs = nullptr;
    bool force = false;
    // Inside the transaction, before the change: what may be wrong with it.
    std::function<void(const std::string& doubt)> doubt = {};
    // Runs inside the transaction, after the change.
    std::function<void(const std::vector<EmergencyDay>&)> done = {};
};

// One entry for each day, but where the same kind is in force already. Errors:
// `malformed_emergency` (2): state, county, reason or span of days cannot be; `county_unknown` (4).
[[nodiscard]] Result<std::vector<EmergencyDay>> enter_emergency(
    Store& store, const EmergencyChange& request, const Actor& actor, const Clock& clock
);

// Withdraws what is in force for the span: it stays readable, and holds nothing from now on. Error
// `malformed_emergency` as above, and `emergency_unknown` (3): none of it is in force.
[[nodiscard]] Result<std::vector<EmergencyDay>> withdraw_emergency(
    Store& store, const EmergencyChange& request, const Actor& actor, const Clock& clock
);

// What is in force around a day, of all counties: as much as a rule can look back, and what a
// verdict needs to say until when it holds.
[[nodiscard]] std::vector<rules::Emergency> emergencies_around(Store& store, LocalDay day);

// The same for a run over many accounts, which ask about the same day or two: the store is read
// once for each local day, and whoever asks gets those of a county alone. What is entered while the
// run goes on counts from the next run on.
class CountyEmergencies {
public:
    explicit CountyEmergencies(Store& store)
        : store_(store) {}

    // `county` as people write it; valid as long as this object.
    [[nodiscard]] std::span<const rules::Emergency> around(LocalDay day, std::string_view county);

private:
    using OfDay = std::map<std::string, std::vector<rules::Emergency>>;  // by county_key()
    Store& store_;
    std::map<LocalDay, OfDay> days_;
};

}  // namespace usagectl::app
