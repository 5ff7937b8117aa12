// SPDX-License-Identifier: MIT
// usagectl account events: every change of an account beside its balance.
#include "account/commands.hpp"
#include "account/words.hpp"
#include "app/accounts.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/masks.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

struct EventsOptions {
    std::optional<account::AccountId> account;
    bool reveal = false;
};

cli::Json item_of(const app::AccountEvent& event, bool reveal) {
    cli::Json item;
    item["at"] = format_instant(event.at);
    item["field"] = event.field;
    item["before"] = reveal ? event.before : cli::mask_phones(event.before);
    item["after"] = reveal ? event.after : cli::mask_phones(event.after);
    item["cause"] = event.cause;
    item["actor"] = event.actor;
    return item;
}

Exit run(const EventsOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto& id = options.account->text();
    cli::Json root;
    const auto collect = [&] {
        const auto known = store.accounts().find(id);
        if (!known)
            context.fail(app::unknown_account(id));
        root["account"] = id;
        root["items"] = cli::Json::array();
        for (const auto& event : store.accounts().events(known->number))
            root["items"].push_back(item_of(event, options.reveal));
    };
    store.read(collect);
    if (options.reveal) {
        store.write([&] {
            store.audit().append(cli::actor_of(context).record(
                context.clock.now(), "telephone numbers in the events of " + id + " shown"
            ));
        });
    }
    cli::Context::View view;
    view.columns = {
        {"at", "AT"},
        {"field", "FIELD"},
        {"before", "BEFORE"},
        {"after", "AFTER"},
        {"cause", "CAUSE"},
        {"actor", "ACTOR"},
    };
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command account_events_command() {
    cli::Spec spec;
    spec.path = {"account", "events"};
    spec.summary = "list the changes of an account's status and settings";
    spec.words = {
        words::account(&EventsOptions::account),
        cli::bind(
            {.name = "--reveal", .help = "show telephone numbers in full; this is recorded"},
            &EventsOptions::reveal
        ),
    };
    spec.fields = {
        {"account", "string", "the account's number"},
        {"items[].at", "instant", "when it changed"},
        {"items[].field", "string", "status, or the name of a setting"},
        {"items[].before", "string", "what it was; empty: nothing"},
        {"items[].after", "string", "what it became; empty: nothing"},
        {"items[].cause", "string", "why, or from which day"},
        {"items[].actor", "string", "who changed it"},
    };
    spec.records = true;
    spec.examples = {
        {"usagectl account events A-1001", "oldest first"},
    };
    spec.exits = {{Exit::not_found, "there is no such account"}};
    return cli::command<EventsOptions>(std::move(spec), run);
}

}  // namespace usagectl
