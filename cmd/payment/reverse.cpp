// SPDX-License-Identifier: MIT
// usagectl payment reverse: a payment that bounced is taken back.
#include "account/prepay_settings.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "payment/commands.hpp"
#include "payment/payment_json.hpp"

namespace usagectl {

namespace {

struct ReverseOptions {
    std::string payment;
    std::string reason;
};

Exit run(const ReverseOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    app::ReversePayment request{options.payment, options.reason, context.globals.dry_run};
    const cli::Keyed keyed(
        context, cli::body_text(cli::Json{{"payment", options.payment}, {"reason", options.reason}})
    );
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    const auto to_json = [&](const app::PaymentPosted& reversed, bool dry_run) {
        auto root = payment_json(reversed);
        root["currency"] = prepay.currency;
        root["dry_run"] = dry_run;
        return root;
    };
    request.reversed = [&](const app::PaymentPosted& reversed) {
        keyed.keep(to_json(reversed, false));
    };
    const auto reversed = context.must(
        app::reverse_payment(store, request, prepay, cli::actor_of(context), context.clock)
    );
    context.print(to_json(reversed, context.globals.dry_run), {});
    return Exit::done;
}

}  // namespace

cli::Command payment_reverse_command() {
    cli::Spec spec;
    spec.path = {"payment", "reverse"};
    spec.summary = "take back a payment that bounced";
    spec.description =
        "Posts the payment's entry the other way round and judges status and orders anew. Power is "
        "not cut by it: that is left to the nightly process and its rules.";
    spec.words = {
        cli::bind(
            {.name = "PAYMENT", .help = "the payment's name", .required = true},
            &ReverseOptions::payment
        ),
        cli::bind(
            {.name = "--reason",
             .value = "TEXT",
             .help = "why: a returned cheque, a chargeback",
             .required = true},
            &ReverseOptions::reason
        ),
    };
    spec.fields = payment_fields();
    spec.fields.push_back({"currency", "string", "ISO 4217 code of every amount"});
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.item_list = "orders";
    spec.examples = {
        {"usagectl payment reverse P-A-1001-20261120-1 --reason 'returned cheque'",
         "the balance falls by what was paid"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such payment"},
        {Exit::refused, "it was taken back before, or the account is closed"},
    };
    spec.changes = true;
    return cli::command<ReverseOptions>(std::move(spec), run);
}

}  // namespace usagectl
