// SPDX-License-Identifier: MIT
// usagectl db migrate: bring a store's schema to what this usagectl knows.
#include "cli/context.hpp"
#include "db/commands.hpp"
#include "db/status_answer.hpp"

namespace usagectl {

namespace {

struct MigrateOptions {};

Exit run(const MigrateOptions&, cli::Context& context) {
    const auto url = context.secret_store_url();
    const auto before = context.stores.status(url);
    context.settle_clock(before.sandbox);
    const auto after = context.globals.dry_run ? before : context.stores.migrate(url);
    context.print(status_json(after), status_view(after));
    return Exit::done;
}

}  // namespace

cli::Command db_migrate_command() {
    cli::Spec spec;
    spec.path = {"db", "migrate"};
    spec.summary = "bring a datastore's schema up to date";
    spec.description =
        "Applies the migrations that are missing, each in a transaction and under a lock. A store "
        "made by a newer usagectl, or one whose migrations were altered, is refused.";
    spec.fields = status_fields();
    spec.examples = {{"usagectl db migrate --dry-run", "which migrations are missing"}};
    spec.exits = {
        {Exit::refused, "the store is newer than this usagectl, or its migrations were altered"},
        {Exit::unavailable, "the datastore cannot be written or reached"},
    };
    spec.changes = true;
    return cli::command<MigrateOptions>(std::move(spec), run);
}

}  // namespace usagectl
