// SPDX-License-Identifier: MIT
// usagectl db grant: what a database user may do to the store, and nothing more.
#include "app/roles.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "db/commands.hpp"

namespace usagectl {

namespace {

struct GrantOptions {
    std::string role;
    std::string user;
};

cli::Json role_json(const std::optional<app::Role>& role) {
    return role ? cli::Json(app::role_words.word(*role)) : cli::Json();
}

cli::Json to_json(const app::RoleGranted& granted, bool dry_run) {
    cli::Json root;
    root["user"] = granted.user;
    root["role"] = role_json(granted.role);
    root["role_before"] = role_json(granted.before);
    root["changed"] = granted.changes();
    root["items"] = cli::Json::array();
    for (const auto& object : granted.objects) {
        root["items"].push_back({
            {"table", object.schema ? cli::Json() : cli::Json(object.name)},
            {"privileges", object.words},
            {"changed", object.changed},
        });
    }
    root["beyond"] = granted.beyond;
    root["dry_run"] = dry_run;
    return root;
}

cli::Context::View view_of(const cli::Json& root) {
    cli::Context::View view;
    view.columns = {{"table", "TABLE"}, {"privileges", "PRIVILEGES"}, {"changed", "CHANGED"}};
    view.footing = {root["changed"].dump() + " changed"};
    return view;
}

void warn(const app::RoleGranted& granted, const cli::Context& context) {
    for (const auto& right : granted.beyond) {
        context.note(
            granted.user + " still has " + right + ", through PUBLIC or another role of the server"
        );
    }
}

Exit run(const GrantOptions& options, cli::Context& context) {
    app::GrantRole request;
    request.role = app::role_words.parse(options.role);
    request.user = options.user;
    request.dry_run = context.globals.dry_run;
    auto& store = context.store();
    const cli::Json body{{"role", options.role}, {"user", options.user}};
    // A name need not be UTF-8; then no user has it.
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        const auto view = view_of(*before);
        context.print(std::move(*before), view);
        return Exit::done;
    }
    const auto granted = context.must(app::grant_role(
        store,
        request,
        [&](const app::RoleGranted& done) { keyed.keep(to_json(done, false)); },
        cli::actor_of(context),
        context.clock
    ));
    auto root = to_json(granted, context.globals.dry_run);
    const auto view = view_of(root);
    context.print(std::move(root), view);
    warn(granted, context);
    return Exit::done;
}

std::vector<cli::Word> grant_words() {
    return {
        cli::bind(
            {.name = "ROLE",
             .help = "what the user is for; none takes everything back",
             .choices = {"reader", "ingest", "cashier", "operator", "auditor", "none"},
             .required = true},
            &GrantOptions::role
        ),
        cli::bind(
            {.name = "--to",
             .value = "DBUSER",
             .help = "a user of the PostgreSQL server, exactly as it is called there",
             .required = true},
            &GrantOptions::user
        ),
    };
}

}  // namespace

cli::Command db_grant_command() {
    cli::Spec spec;
    spec.path = {"db", "grant"};
    spec.summary = "give a PostgreSQL user the rights of a role";
    spec.description =
        "Makes a user's rights on the store exactly those of the role: what is missing is granted, "
        "what is too much is taken back. No role may change or remove what is only ever added to. "
        "Only the owner of the store can grant. SQLite has no users.";
    spec.words = grant_words();
    spec.fields = {
        {"user", "string", "the database user"},
        {"role", "string", "the role the user has now; null for none", true},
        {"role_before", "string", "the role recorded before", true},
        {"changed", "integer", "how many objects have other rights than before"},
        {"items[].table", "string", "a table or view; null for the schema they are in", true},
        {"items[].privileges", "string", "what the user may do, as GRANT has it; empty: nothing"},
        {"items[].changed", "boolean", "false when it was so before"},
        {"beyond", "array", "what the user may do nevertheless, through PUBLIC or another role"},
        {"dry_run", "boolean", "true when nothing was granted"},
    };
    spec.examples = {
        {"usagectl db grant cashier --to alice --db postgresql://owner@db1/usage",
         "who takes payments"},
        {"usagectl db grant none --to alice --db postgresql://owner@db1/usage", "who has left"},
    };
    spec.exits = {
        {Exit::not_found, "the server knows no such user"},
        {Exit::refused,
         "the store is SQLite, the user owns it or is a superuser, or you are not its owner"},
        {Exit::unavailable, "the datastore cannot be reached"},
    };
    spec.changes = true;
    return cli::command<GrantOptions>(std::move(spec), run);
}

}  // namespace usagectl
