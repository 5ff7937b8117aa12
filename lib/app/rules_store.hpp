// SPDX-License-Identifier: MIT
// Weather emergencies as the store keeps them: every entry and every withdrawal, for ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "rules/judge.hpp"

namespace usagectl::app {

struct Withdrawal {
    Instant at{};
    std::string by;
    std::string reason;
};

struct EnteredEmergency {
    rules::Emergency emergency;
    std::int64_t entry = 0;  // of its state, county and day, from 1
    std::string reason;
    Instant entered_at{};
    std::string entered_by;
    std::optional<Withdrawal> withdrawn{};
};

// Local days, both inclusive; an empty state or county means all of them.
struct EmergencySpan {
    LocalDay from{};
    LocalDay to{};
    std::string state{};
    std::string county{};
};

class RulesStore {
public:
    RulesStore() = default;
    RulesStore(const RulesStore&) = delete;
    RulesStore& operator=(const RulesStore&) = delete;
    virtual ~RulesStore() = default;

    // Everything ever entered for the span, by day, state, county and entry.
    [[nodiscard]] virtual std::vector<EnteredEmergency> entries(const EmergencySpan& span) = 0;
    // What of it has not been withdrawn, in the same order: what rules::Facts wants.
    [[nodiscard]] virtual std::vector<rules::Emergency> in_force(const EmergencySpan& span) = 0;
    // Inside a write transaction; `entry` is set by the store, a withdrawal is not kept. False when
    // the same kind of weather is in force for this county and day already.
    [[nodiscard]] virtual bool enter(const EnteredEmergency& emergency) = 0;
    // Inside a write transaction. False when there is no such entry, or it was withdrawn before.
    [[nodiscard]] virtual bool
    withdraw(const EnteredEmergency& emergency, const Withdrawal& withdrawal) = 0;
};

}  // namespace usagectl::app
