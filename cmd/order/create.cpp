// SPDX-License-Identifier: MIT
// usagectl order create: work in the field that a person orders, an exchange of the meter.
#include "account/prepay_settings.hpp"
#include "account/words.hpp"
#include "app/order_create.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "order/commands.hpp"
#include "order/order_json.hpp"

namespace usagectl {

namespace {

struct CreateOrderOptions {
    std::optional<account::AccountId> account;
    std::string kind;
    std::optional<meter::MeterId> new_meter;
    std::string reason;
    std::string note;
    std::optional<Instant> due_at;
};

std::string body_of(const CreateOrderOptions& options, const app::CreateOrder& request) {
    return cli::body_text(cli::Json{
        {"account", request.account},
        {"kind", options.kind},
        {"new_meter", request.new_meter},
        {"reason", request.reason},
        {"note", request.note},
        {"due_at", cli::instant_json(request.due_at)},
    });
}

Exit run(const CreateOrderOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    app::CreateOrder request;
    request.account = options.account->text();
    request.new_meter = options.new_meter->text();
    request.reason = options.reason;
    request.note = options.note;
    request.due_at = options.due_at;
    request.dry_run = context.globals.dry_run;
    const cli::Keyed keyed(context, body_of(options, request));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    const auto to_json = [&](const app::OrderShown& shown, bool dry_run) {
        auto root = order_json(shown);
        root["currency"] = prepay.currency;
        root["dry_run"] = dry_run;
        return root;
    };
    request.created = [&](const app::OrderShown& shown) { keyed.keep(to_json(shown, false)); };
    const auto shown = context.must(
        app::create_order(store, request, prepay, cli::actor_of(context), context.clock)
    );
    context.print(to_json(shown, context.globals.dry_run), {});
    return Exit::done;
}

std::vector<cli::Word> create_words() {
    using cli::bind;
    using O = CreateOrderOptions;
    return {
        words::account(&O::account),
        bind(
            {.name = "--kind",
             .value = "KIND",
             .help = "what is to be done; the other kinds the rules order",
             .choices = {"change"},
             .required = true},
            &O::kind
        ),
        bind(
            {.name = "--new-meter",
             .value = "METER",
             .help = "the meter that is to serve the account",
             .complete = cli::Complete::meter,
             .required = true},
            &O::new_meter
        ),
        bind({.name = "--reason", .value = "TEXT", .help = "why", .required = true}, &O::reason),
        bind({.name = "--note", .value = "TEXT", .help = "for whoever goes there"}, &O::note),
        bind(
            {.name = "--due", .value = "INSTANT", .help = "to be done by then; default: any time"},
            &O::due_at
        ),
    };
}

}  // namespace

cli::Command order_create_command() {
    cli::Spec spec;
    spec.path = {"order", "create"};
    spec.summary = "order an exchange of an account's meter";
    spec.description =
        "Orders work in the field on an account in service or suspended: an exchange of its meter. "
        "Nothing changes until the field says that it is done.";
    spec.words = create_words();
    spec.fields = order_fields(false);
    spec.fields.push_back(currency_field());
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.examples = {
        {"usagectl order create A-1004 --kind change --new-meter 10443720000000009 --reason 'the "
         "display is dark' --dry-run",
         "can the meter be exchanged for that one?"},
        {"usagectl order create A-1004 --kind change --new-meter 10443720000000009 --reason recall "
         "--note 'dog in the yard' --due 2026-12-01T22:00:00Z",
         "by a day, and what to look out for"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such account, or no such meter"},
        {Exit::refused, "the account is not served, the meter is taken, or one is ordered already"},
    };
    spec.changes = true;
    return cli::command<CreateOrderOptions>(std::move(spec), run);
}

}  // namespace usagectl
