// SPDX-License-Identifier: MIT
// usagectl account show: everything that is kept of an account but its entries.
#include "account/account_json.hpp"
#include "account/commands.hpp"
#include "account/prepay_settings.hpp"
#include "account/words.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

struct ShowOptions {
    std::optional<account::AccountId> account;
    bool reveal = false;
};

Exit run(const ShowOptions& options, cli::Context& context) {
    auto& store = context.store();
    auto shown = context.must(app::show_account(store, options.account->text()));
    if (options.reveal) {
        store.write([&] {
            store.audit().append(cli::actor_of(context).record(
                context.clock.now(), "telephone numbers of " + shown.known.account.id + " shown"
            ));
        });
    }
    auto root = account_json(shown, options.reveal);
    root["currency"] = context.settings.text("prepay.currency");
    context.print(std::move(root), {});
    return Exit::done;
}

}  // namespace

cli::Command account_show_command() {
    cli::Spec spec;
    spec.path = {"account", "show"};
    spec.summary = "show one account";
    spec.words = {
        words::account(&ShowOptions::account),
        cli::bind(
            {.name = "--reveal", .help = "show telephone numbers in full; this is recorded"},
            &ShowOptions::reveal
        ),
    };
    spec.fields = account_fields();
    spec.fields.push_back({"currency", "string", "ISO 4217 code of every amount"});
    spec.item_list = "contacts";
    spec.records = true;
    spec.examples = {
        {"usagectl account show A-1001", "status, limits, meter and contacts"},
    };
    spec.exits = {{Exit::not_found, "there is no such account"}};
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
