// SPDX-License-Identifier: MIT
// usagectl rules emergency add: a weather emergency of a county, day by day.
#include "cli/values.hpp"
#include "rules/commands.hpp"
#include "rules/emergency_answer.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

Exit run(const EmergencyOptions& options, cli::Context& context) {
    const auto packs = rule_packs(context);
    return change_emergency(options, context, app::enter_emergency, "entered", &packs);
}

}  // namespace

cli::Command rules_emergency_add_command() {
    cli::Spec spec;
    spec.path = {"rules", "emergency", "add"};
    spec.summary = "enter a weather emergency for a county";
    spec.description =
        "Holds suspensions in the county as the rule packs say: on its local day, and on the days "
        "after it that a rule looks back from. A day entered already is left as it is. A county "
        "that no rule pack lists and no account lives in is refused: by a misspelled name nobody "
        "is protected.";
    spec.words = emergency_words("which rules it counts for; default any: all of them");
    spec.words.push_back(cli::bind(
        {.name = "--force", .help = "enter a county that nobody knows"}, &EmergencyOptions::force
    ));
    spec.fields = emergency_fields("entered, or unchanged: it was in force already");
    spec.fields.push_back({"warnings", "array", "what may be wrong with the county's name"});
    spec.examples = {
        {"usagectl rules emergency add Harris --state TX --day 2026-11-20 --weather cold "
         "--reason 'NWS Houston: 30 F yesterday, 28 F forecast'",
         "one day"},
        {"usagectl rules emergency add 'Fort Bend' --state TX --day 2026-07-14 --to 2026-07-16 "
         "--weather heat --reason 'heat advisory' --dry-run",
         "what would three days be?"},
    };
    spec.exits = {
        {Exit::refused,
         "the county is unknown, or the idempotency key was used for something else"},
    };
    spec.changes = true;
    return cli::command<EmergencyOptions>(std::move(spec), run);
}

}  // namespace usagectl
