// SPDX-License-Identifier: MIT
// usagectl db status: which datastore, which schema, without changing anything.
#include "cli/context.hpp"
#include "db/commands.hpp"
#include "db/status_answer.hpp"

namespace usagectl {

namespace {

struct StatusOptions {};

Exit run(const StatusOptions&, cli::Context& context) {
    const auto status = context.stores.status(context.secret_store_url());
    if (status.exists)
        context.settle_clock(status.sandbox);
    context.print(status_json(status), status_view(status));
    return Exit::done;
}

}  // namespace

cli::Command db_status_command() {
    cli::Spec spec;
    spec.path = {"db", "status"};
    spec.summary = "show which datastore is used and its schema";
    spec.fields = status_fields();
    spec.examples = {{"usagectl db status --json", "for a script"}};
    spec.exits = {{Exit::unavailable, "the datastore cannot be read or reached"}};
    return cli::command<StatusOptions>(std::move(spec), run);
}

}  // namespace usagectl
