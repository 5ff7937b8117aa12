// SPDX-License-Identifier: MIT
// What the commands that change emergencies share: their words, their request, their answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/emergencies.hpp"
#include "cli/command.hpp"
#include "cli/context.hpp"

namespace usagectl {

struct EmergencyOptions {
    std::string county;
    std::string state;
    std::optional<LocalDay> day;
    std::optional<LocalDay> to;
    std::string weather;  // empty: not given
    std::string reason;
    bool force = false;  // entering only
};

// COUNTY --state --day --to --weather --reason; `weather_help` says what its absence means.
[[nodiscard]] std::vector<cli::Word> emergency_words(std::string_view weather_help);
[[nodiscard]] std::vector<cli::Field> emergency_fields(std::string_view status_help);

[[nodiscard]] app::EmergencyChange
emergency_change(const EmergencyOptions& options, const cli::Context& context);

// The request in words that do not depend on how it is written, for the idempotency key.
[[nodiscard]] std::string emergency_body(const app::EmergencyChange& change);

// `verb`: what was done with a day that changed, "entered" or "withdrawn".
[[nodiscard]] cli::Json emergency_json(
    const app::EmergencyChange& change,
    const std::vector<app::EmergencyDay>& days,
    std::string_view verb
);
[[nodiscard]] cli::Context::View emergency_view();

using EmergencyDays = std::vector<app::EmergencyDay>;
using ChangeEmergency = Result<
    EmergencyDays> (*)(app::Store&, const app::EmergencyChange&, const app::Actor&, const Clock&);
// The whole command, once for each idempotency key. With `packs` the county is looked up in them,
// and the answer has `warnings`.
Exit change_emergency(
    const EmergencyOptions& options,
    cli::Context& context,
    ChangeEmergency change,
    std::string_view verb,
    const app::RulePacks* packs = nullptr
);

}  // namespace usagectl
