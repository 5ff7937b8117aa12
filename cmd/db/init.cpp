// SPDX-License-Identifier: MIT
// usagectl db init: a new datastore, or a new schema in a PostgreSQL database.
#include "cli/context.hpp"
#include "db/commands.hpp"
#include "db/status_answer.hpp"

namespace usagectl {

namespace {

struct InitOptions {
    bool sandbox = false;
};

Exit run(const InitOptions& options, cli::Context& context) {
    context.settle_clock(options.sandbox);
    const auto url = context.secret_store_url();
    const auto status = context.globals.dry_run ? context.stores.status(url)
                                                : context.stores.init(url, options.sandbox);
    if (context.globals.dry_run && status.exists) {
        context.fail({
            Exit::refused,
            "store_exists",
            "there is a store at " + status.url + " already",
            "usagectl db status shows what it is",
        });
    }
    context.print(status_json(status), status_view(status));
    return Exit::done;
}

}  // namespace

cli::Command db_init_command() {
    cli::Spec spec;
    spec.path = {"db", "init"};
    spec.summary = "make a new datastore";
    spec.description =
        "Makes the datastore that --db, the environment or the configuration names. A sandbox "
        "accepts a clock set by USAGECTL_NOW, and stays a sandbox for ever.";
    spec.words = {
        cli::bind(
            {.name = "--sandbox", .help = "accept USAGECTL_NOW; cannot be undone"},
            &InitOptions::sandbox
        ),
    };
    spec.fields = status_fields();
    spec.examples = {
        {"usagectl db init --db ./trial.db --sandbox", "a store to try things on"},
        {"usagectl db init --db postgresql://ops@db1,db2/usage", "a schema on PostgreSQL"},
    };
    spec.exits = {
        {Exit::refused, "there is a store already"},
        {Exit::unavailable, "the place cannot be written, or the server not reached"},
    };
    spec.changes = true;
    return cli::command<InitOptions>(std::move(spec), run);
}

}  // namespace usagectl
