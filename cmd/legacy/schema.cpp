// SPDX-License-Identifier: MIT
// usagectl legacy schema: the columns of the files that go to and from the legacy billing system.
#include <ostream>

#include "cli/context.hpp"
#include "cli/values.hpp"
#include "legacy/commands.hpp"
#include "legacy/layouts.hpp"

namespace usagectl {

namespace {

struct SchemaOptions {
    std::string what;
};

// A row as an object of its fields, all of them texts.
cli::Json row_schema(const legacy::Layout& layout) {
    cli::Json schema;
    schema["title"] = layout.title;
    schema["type"] = "object";
    schema["properties"] = cli::Json::object();
    auto required = cli::Json::array();
    for (const auto& column : layout.columns) {
        cli::Json property;
        property["type"] = "string";
        property["description"] = column.help;
        if (const auto pattern = legacy::pattern_of(column.shape); !pattern.empty())
            property["pattern"] = pattern;
        schema["properties"][std::string(column.name)] = std::move(property);
        if (column.required)
            required.push_back(column.name);
    }
    schema["patternProperties"] = {{"^x_", {{"type", "string"}}}};
    schema["additionalProperties"] = false;
    schema["required"] = std::move(required);
    return schema;
}

Exit run(const SchemaOptions& options, cli::Context& context) {
    cli::Json root;
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema";
    if (options.what.empty()) {
        root["$defs"] = cli::Json::object();
        for (const auto* layout : legacy::layouts())
            root["$defs"][std::string(layout->name)] = row_schema(*layout);
    }
    for (const auto* layout : legacy::layouts()) {
        if (layout->name == options.what)
            root.update(row_schema(*layout));
    }
    context.io.out << root.dump(2) << "\n";
    return Exit::done;
}

}  // namespace

cli::Command legacy_schema_command() {
    cli::Spec spec;
    spec.path = {"legacy", "schema"};
    spec.summary = "print the JSON schema of the legacy files' rows";
    spec.description =
        "A file is comma-separated text (RFC 4180) with a header row; the schema describes one row "
        "as an object by column. Columns may come in any order; one whose name begins with x_ is "
        "passed over.";
    spec.words = {
        cli::bind(
            {.name = "WHAT",
             .help = "which file; default all of them",
             .choices = {"extract", "bills", "charges", "accounts"}},
            &SchemaOptions::what
        ),
    };
    spec.examples = {
        {"usagectl legacy schema extract", "the columns of an extract"},
    };
    spec.bare = true;
    return cli::command<SchemaOptions>(std::move(spec), run);
}

}  // namespace usagectl
