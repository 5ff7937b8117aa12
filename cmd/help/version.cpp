// SPDX-License-Identifier: MIT
// usagectl version: what this is and what it was built with.
#include "help/version.hpp"

#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "help/commands.hpp"

namespace usagectl {

namespace {

struct VersionOptions {};

#if defined(__clang__)
constexpr std::string_view compiler = "clang " __clang_version__;
#else
constexpr std::string_view compiler = "gcc " __VERSION__;
#endif

Exit run(const VersionOptions&, cli::Context& context) {
    cli::Json root;
    root["version"] = version;
    root["commit"] = cli::name_json(commit);
    root["compiler"] = compiler;
    root["sqlite"] = context.stores.sqlite_version();
    root["schema_version"] = context.stores.newest_schema();
    context.print(
        std::move(root), {.columns = {}, .heading = {"usagectl " + std::string(version)}}
    );
    return Exit::done;
}

}  // namespace

cli::Command version_command() {
    cli::Spec spec;
    spec.path = {"version"};
    spec.summary = "print the version and what it was built with";
    spec.fields = {
        {"version", "string", "of usagectl"},
        {"commit", "string", "it was built from", true},
        {"compiler", "string", "it was built with"},
        {"sqlite", "string", "version of the SQLite library in use"},
        {"schema_version", "integer", "newest datastore schema it knows"},
    };
    spec.examples = {
        {"usagectl version", "one line"},
        {"usagectl version --json", "what a report about a bug should hold"},
    };
    spec.bare = true;
    return cli::command<VersionOptions>(std::move(spec), run);
}

}  // namespace usagectl
