// SPDX-License-Identifier: MIT
// usagectl payment post: money comes in, and what follows from it.
#include "account/account_json.hpp"
#include "account/prepay_settings.hpp"
#include "account/words.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "payment/commands.hpp"
#include "payment/payment_json.hpp"

namespace usagectl {

namespace {

struct PostOptions {
    std::optional<account::AccountId> account;
    std::optional<Money> amount;
    std::string method;
    std::string agent;
    std::optional<std::string> reference;
    std::optional<Instant> received_at;
};

std::string body_of(const app::PaymentAsked& asked) {
    cli::Json body{
        {"account", asked.account},
        {"amount", format_money(asked.amount)},
        {"method", account::to_string(asked.method)},
        {"agent", asked.agent},
        {"reference", asked.reference.value_or("")},
    };
    if (asked.received_at)
        body["received_at"] = format_instant(*asked.received_at);
    return cli::body_text(body);
}

Exit run(const PostOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    app::PostPayment request;
    request.payment = {
        options.account->text(),
        *options.amount,
        *account::parse_method(options.method),
        options.agent,
        options.reference,
        options.received_at,
    };
    request.dry_run = context.globals.dry_run;
    const cli::Keyed keyed(context, body_of(request.payment));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    const auto to_json = [&](const app::PaymentPosted& posted, bool dry_run) {
        auto root = payment_json(posted);
        root["currency"] = prepay.currency;
        root["dry_run"] = dry_run;
        return root;
    };
    request.posted = [&](const app::PaymentPosted& posted) { keyed.keep(to_json(posted, false)); };
    const auto posted = context.must(
        app::post_payment(store, request, prepay, cli::actor_of(context), context.clock)
    );
    if (posted.unchanged)
        context.note("this reference had been posted before: nothing was posted again");
    context.print(to_json(posted, context.globals.dry_run), {});
    return Exit::done;
}

std::vector<cli::Word> post_words() {
    using cli::bind;
    using O = PostOptions;
    return {
        words::account(&O::account),
        bind({.name = "AMOUNT", .help = "what was paid, as 25.00", .required = true}, &O::amount),
        bind(
            {.name = "--method",
             .value = "METHOD",
             .help = "how it was paid",
             .choices =
                 {"cash", "card", "ach", "money_transfer", "bill_payment", "agent", "prepaid_card"},
             .required = true},
            &O::method
        ),
        bind({.name = "--agent", .value = "NAME", .help = "the agent who took it"}, &O::agent),
        bind(
            {.name = "--reference",
             .value = "TEXT",
             .help = "what its sender calls it; the same reference is posted once"},
            &O::reference
        ),
        bind(
            {.name = "--received-at",
             .value = "INSTANT",
             .help = "when it was received; default now"},
            &O::received_at
        ),
    };
}

}  // namespace

cli::Command payment_post_command() {
    cli::Spec spec;
    spec.path = {"payment", "post"};
    spec.summary = "post a payment and do what follows from it";
    spec.description =
        "A pending account that now has enough is charged what is due and gets an activation "
        "order; a suspension that is not done yet is cancelled above the disconnection balance; a "
        "suspended account gets a reconnect order. The customer is told.";
    spec.words = post_words();
    spec.fields = payment_fields();
    spec.fields.push_back({"currency", "string", "ISO 4217 code of every amount"});
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.item_list = "orders";
    spec.examples = {
        {"usagectl payment post A-1001 25.00 --method cash", "over the counter"},
        {"usagectl payment post A-1001 40.00 --method ach --reference 2026-11-20/0042",
         "posted once, however often it is sent"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such account"},
        {Exit::refused, "the account is closed, or the reference names another payment"},
    };
    spec.changes = true;
    return cli::command<PostOptions>(std::move(spec), run);
}

}  // namespace usagectl
