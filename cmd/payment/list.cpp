// SPDX-License-Identifier: MIT
// usagectl payment list: what was paid to an account.
#include "account/words.hpp"
#include "app/accounts.hpp"
#include "app/names.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "payment/commands.hpp"

namespace usagectl {

namespace {

struct ListOptions {
    std::optional<account::AccountId> account;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
};

cli::Json item_of(const std::string& account_id, const app::Payment& payment) {
    cli::Json item;
    item["payment"] = app::name_of(app::Named::payment, account_id, payment.id);
    item["at"] = format_instant(payment.at);
    item["method"] = account::to_string(payment.method);
    item["agent"] = cli::name_json(payment.agent);
    item["reference"] = cli::text_json(payment.reference);
    item["amount"] = format_money(payment.amount);
    item["reversed_by"] =
        payment.reversed_by
            ? cli::Json(app::name_of(app::Named::entry, account_id, *payment.reversed_by))
            : cli::Json(nullptr);
    return item;
}

Exit run(const ListOptions& options, cli::Context& context) {
    auto& store = context.store();
    cli::Json root;
    store.read([&] {
        const auto shown = context.must(app::show_account(store, options.account->text()));
        const auto& id = shown.known.account.id;
        const app::DaySpan days{
            options.from.value_or(local_day(0)), options.to.value_or(local_day(131'071))};
        root["account"] = id;
        root["currency"] = context.settings.text("prepay.currency");
        root["items"] = cli::Json::array();
        for (const auto& payment : store.ledger().payments(shown.known.number, days))
            root["items"].push_back(item_of(id, payment));
    });
    cli::Context::View view;
    view.columns = {
        {"payment", "PAYMENT"},
        {"at", "AT"},
        {"method", "METHOD"},
        {"reference", "REFERENCE"},
        {"amount", "AMOUNT", true},
        {"reversed_by", "REVERSED BY"},
    };
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command payment_list_command() {
    cli::Spec spec;
    spec.path = {"payment", "list"};
    spec.summary = "list what was paid to an account";
    spec.words = {
        words::account(&ListOptions::account),
        cli::bind(
            {.name = "--from", .value = "DATE", .help = "first local day"}, &ListOptions::from
        ),
        cli::bind(
            {.name = "--to", .value = "DATE", .help = "last local day, inclusive"}, &ListOptions::to
        ),
    };
    spec.fields = {
        {"account", "string", "the account's number"},
        {"currency", "string", "ISO 4217 code of every amount"},
        {"items[].payment", "string", "the payment's name"},
        {"items[].at", "instant", "when it was received"},
        {"items[].method", "string", "how it was paid"},
        {"items[].agent", "string", "through whom", true},
        {"items[].reference", "string", "what its sender calls it", true},
        {"items[].amount", "money", "what was paid"},
        {"items[].reversed_by", "string", "the entry that took it back", true},
    };
    spec.examples = {
        {"usagectl payment list A-1001", "oldest first"},
    };
    spec.exits = {{Exit::not_found, "there is no such account"}};
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
