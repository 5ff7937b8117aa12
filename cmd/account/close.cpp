// SPDX-License-Identifier: MIT
// usagectl account close: the end of an account.
#include "account/account_json.hpp"
#include "account/commands.hpp"
#include "account/prepay_settings.hpp"
#include "account/words.hpp"
#include "app/account_close.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

struct CloseOptions {
    std::optional<account::AccountId> account;
    std::optional<LocalDay> on;
    std::string reason;
};

cli::Json to_json(const app::AccountClosed& done, const std::string& currency, bool dry_run) {
    cli::Json root;
    root["account"] = done.account;
    root["status"] = "closed";
    root["closed_on"] = format_day(done.on);
    root["deposit_used"] = format_money(done.deposit);
    root["paid_off_debt"] = format_money(done.from_debt);
    root["refund"] = format_money(done.refund);
    root["debt"] = format_money(done.debt);
    root["currency"] = currency;
    root["orders"] = orders_json(done.orders);
    root["dry_run"] = dry_run;
    return root;
}

Exit run(const CloseOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    app::CloseAccount request;
    request.account = options.account->text();
    request.on = options.on;
    request.reason = options.reason;
    request.dry_run = context.globals.dry_run;
    const cli::Json body{
        {"account", request.account},
        {"on", cli::day_json(request.on)},
        {"reason", request.reason},
    };
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    request.closed = [&](const app::AccountClosed& done) {
        keyed.keep(to_json(done, prepay.currency, false));
    };
    const auto done = context.must(
        app::close_account(store, request, prepay, cli::actor_of(context), context.clock)
    );
    context.print(to_json(done, prepay.currency, context.globals.dry_run), {});
    return Exit::done;
}

}  // namespace

cli::Command account_close_command() {
    cli::Spec spec;
    spec.path = {"account", "close"};
    spec.summary = "settle an account and end it";
    spec.description =
        "Settles what is left, calls off open orders and sets the meter free. Every day of service "
        "must be charged before.";
    spec.words = {
        words::account(&CloseOptions::account),
        cli::bind(
            {.name = "--on",
             .value = "DATE",
             .help = "last day of service; default yesterday, today before service"},
            &CloseOptions::on
        ),
        cli::bind({.name = "--reason", .value = "TEXT", .help = "why"}, &CloseOptions::reason),
    };
    spec.fields = {
        {"account", "string", "the account's number"},
        {"status", "string", "closed"},
        {"closed_on", "date", "last local day of service"},
        {"deposit_used", "money", "the deposit that was held"},
        {"paid_off_debt", "money", "old debt paid by what was left"},
        {"refund", "money", "due to the customer"},
        {"debt", "money", "still owed by the customer"},
        {"currency", "string", "ISO 4217 code of every amount"},
    };
    append_order_fields(spec.fields);
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.item_list = "orders";
    spec.examples = {
        {"usagectl account close A-1002 --reason 'moved away' --dry-run", "what would be settled"},
        {"usagectl account close A-1002 --on 2026-11-19 --reason 'moved away'", "for good"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such account"},
        {Exit::refused, "days are not charged yet, or the account is closed"},
    };
    spec.changes = true;
    return cli::command<CloseOptions>(std::move(spec), run);
}

}  // namespace usagectl
