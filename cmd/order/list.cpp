// SPDX-License-Identifier: MIT
// usagectl order list: orders to the field.
#include "account/account_json.hpp"
#include "account/words.hpp"
#include "app/accounts.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "order/commands.hpp"
#include "order/order_json.hpp"

namespace usagectl {

namespace {

struct ListOptions {
    std::optional<account::AccountId> account;
    std::string kind;
    std::string state;
    bool open = false;
};

Exit run(const ListOptions& options, cli::Context& context) {
    auto& store = context.store();
    app::ServiceStore::OrderFilter filter;
    if (options.account)
        filter.account =
            context.must(app::show_account(store, options.account->text())).known.number;
    if (!options.kind.empty())
        filter.kind = account::parse_order_kind(options.kind);
    if (!options.state.empty())
        filter.state = account::parse_order_state(options.state);
    filter.open = options.open;
    cli::Json root;
    root["currency"] = context.settings.text("prepay.currency");
    root["items"] = cli::Json::array();
    store.read([&] {
        app::list_orders(store, filter, [&](const app::OrderShown& shown) {
            root["items"].push_back(order_json(shown));
            return true;
        });
    });
    context.print(std::move(root), order_table());
    return Exit::done;
}

}  // namespace

cli::Command order_list_command() {
    cli::Spec spec;
    spec.path = {"order", "list"};
    spec.summary = "list orders to the field";
    spec.words = {
        cli::bind(
            {.name = "--account",
             .value = "ACCOUNT",
             .help = "only this account's",
             .complete = cli::Complete::account},
            &ListOptions::account
        ),
        cli::bind(
            {.name = "--kind",
             .value = "KIND",
             .help = "only orders of this kind",
             .choices = {"activate", "suspend", "reconnect", "change", "recharge"}},
            &ListOptions::kind
        ),
        cli::bind(
            {.name = "--state",
             .value = "STATE",
             .help = "only orders in this state",
             .choices =
                 {"pending", "pending_usage", "exported", "completed", "failed", "cancelled"}},
            &ListOptions::state
        ),
        cli::bind({.name = "--open", .help = "only those not yet decided"}, &ListOptions::open),
    };
    spec.fields = order_fields(true);
    spec.fields.push_back(currency_field());
    spec.examples = {
        {"usagectl order list --open", "what the field still has to do"},
        {"usagectl order list --kind suspend --state pending", "with the rules that hold them"},
    };
    spec.exits = {{Exit::not_found, "there is no such account"}};
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
