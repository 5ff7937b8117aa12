// SPDX-License-Identifier: MIT
// usagectl rules emergency withdraw: an emergency that was entered and is none.
#include "cli/values.hpp"
#include "rules/commands.hpp"
#include "rules/emergency_answer.hpp"

namespace usagectl {

namespace {

Exit run(const EmergencyOptions& options, cli::Context& context) {
    return change_emergency(options, context, app::withdraw_emergency, "withdrawn");
}

}  // namespace

cli::Command rules_emergency_withdraw_command() {
    cli::Spec spec;
    spec.path = {"rules", "emergency", "withdraw"};
    spec.summary = "withdraw a weather emergency of a county";
    spec.description =
        "For what was entered by mistake. It holds nothing from now on and stays readable, with "
        "who withdrew it, when and why. An emergency that has passed needs no withdrawal.";
    spec.words = emergency_words("only this kind; default: every kind");
    spec.fields = emergency_fields("withdrawn");
    spec.examples = {
        {"usagectl rules emergency withdraw Harris --state TX --day 2026-11-20 "
         "--reason 'meant Harrison County'",
         "everything entered for that day"},
    };
    spec.exits = {
        {Exit::not_found, "no such emergency is in force"},
        {Exit::refused, "the idempotency key was used for something else"},
    };
    spec.changes = true;
    return cli::command<EmergencyOptions>(std::move(spec), run);
}

}  // namespace usagectl
