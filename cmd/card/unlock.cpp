// SPDX-License-Identifier: MIT
// usagectl card unlock: a lock is opened before its time.
#include "card/commands.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

struct UnlockOptions {
    std::string scope;
    std::string name;
    std::string reason;
};

Exit run(const UnlockOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto scope = *card::parse_lock_scope(options.scope);
    if ((scope == card::LockScope::global) != options.name.empty()) {
        context.fail(
            {Exit::usage,
             "malformed_lock_name",
             "the global lock has no name, every other has one",
             "usagectl card locks shows them"}
        );
    }
    const cli::Json body{
        {"scope", options.scope}, {"name", options.name}, {"reason", options.reason}};
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    cli::Json root{
        {"scope", options.scope},
        {"name", options.name.empty() ? cli::Json() : cli::Json(options.name)},
        {"was_locked", false},
        {"dry_run", context.globals.dry_run},
    };
    const auto now = context.clock.now();
    const auto open = [&] {
        const auto count = store.cards().lock_count(scope, options.name, true);
        root["was_locked"] = count.locked(now);
        store.cards().save(scope, options.name, card::LockCount{});
        store.audit().append(cli::actor_of(context).record(
            now,
            "lock " + options.scope + (options.name.empty() ? "" : " " + options.name) +
                " opened: " + options.reason
        ));
        keyed.keep(root);
    };
    const auto look = [&] {
        root["was_locked"] = store.cards().lock_count(scope, options.name, false).locked(now);
    };
    if (context.globals.dry_run)
        store.read(look);
    else
        store.write(open);
    context.print(std::move(root), {});
    return Exit::done;
}

}  // namespace

cli::Command card_unlock_command() {
    cli::Spec spec;
    spec.path = {"card", "unlock"};
    spec.summary = "open a lock before its time";
    spec.description = "What was counted under it is forgotten. Who did it and why is kept.";
    spec.words = {
        cli::bind(
            {.name = "SCOPE",
             .help = "what is locked",
             .choices = {"card", "account", "channel", "global"},
             .required = true},
            &UnlockOptions::scope
        ),
        cli::bind(
            {.name = "NAME", .help = "serial number, account or channel; none for global"},
            &UnlockOptions::name
        ),
        cli::bind(
            {.name = "--reason", .value = "TEXT", .help = "why", .required = true},
            &UnlockOptions::reason
        ),
    };
    spec.fields = {
        {"scope", "string", "card, account, channel or global"},
        {"name", "string", "serial number, account or channel", true},
        {"was_locked", "boolean", "true: it was closed"},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
    spec.examples = {
        {"usagectl card unlock account A-1001 --reason 'customer called, read it out again'",
         "by the account"},
    };
    spec.exits = {{Exit::usage, "the global lock has no name, every other has one"}};
    spec.changes = true;
    return cli::command<UnlockOptions>(std::move(spec), run);
}

}  // namespace usagectl
