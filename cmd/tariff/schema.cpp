// SPDX-License-Identifier: MIT
// usagectl tariff schema: the layout of a tariff file, for editors and other programs.
#include <ostream>

#include "cli/context.hpp"
#include "cli/values.hpp"
#include "layout/schema_json.hpp"
#include "tariff/commands.hpp"
#include "tariff/format.hpp"

namespace usagectl {

namespace {

struct SchemaOptions {};

Exit run(const SchemaOptions&, cli::Context& context) {
    context.io.out << schema_of(tariff::format(), "usagectl tariff file, version 1").dump(2)
                   << "\n";
    return Exit::done;
}

}  // namespace

cli::Command tariff_schema_command() {
    cli::Spec spec;
    spec.path = {"tariff", "schema"};
    spec.summary = "print the JSON schema of a tariff file";
    spec.description =
        "The schema describes the TOML file as editors with TOML support read it. What a schema "
        "cannot say (holes in the day, periods without a price) is told by usagectl tariff check.";
    spec.examples = {
        {"usagectl tariff schema > tariff.schema.json", "for an editor"},
    };
    spec.bare = true;
    return cli::command<SchemaOptions>(std::move(spec), run);
}

}  // namespace usagectl
