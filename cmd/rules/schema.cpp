// SPDX-License-Identifier: MIT
// usagectl rules schema: the layout of a rule pack, for editors and other programs.
#include <ostream>

#include "cli/context.hpp"
#include "cli/values.hpp"
#include "rules/commands.hpp"
#include "rules/schema_json.hpp"

namespace usagectl {

namespace {

struct SchemaOptions {};

Exit run(const SchemaOptions&, cli::Context& context) {
    context.io.out << rules_schema().dump(2) << "\n";
    return Exit::done;
}

}  // namespace

cli::Command rules_schema_command() {
    cli::Spec spec;
    spec.path = {"rules", "schema"};
    spec.summary = "print the JSON schema of a rule pack";
    spec.description =
        "The schema describes the TOML file as editors with TOML support read it. What a schema "
        "cannot say (figures that contradict each other, ids that are used twice) is told by "
        "usagectl rules check.";
    spec.examples = {
        {"usagectl rules schema > rules.schema.json", "for an editor"},
    };
    spec.bare = true;
    return cli::command<SchemaOptions>(std::move(spec), run);
}

}  // namespace usagectl
