// SPDX-License-Identifier: MIT
// usagectl card redeem: a card is spent as a payment.
#include "account/words.hpp"
#include "card/attempt.hpp"
#include "card/commands.hpp"
#include "card/words.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "payment/payment_json.hpp"

namespace usagectl {

namespace {

struct RedeemOptions {
    std::string serial;
    std::optional<account::AccountId> account;
    PinOptions pin;
    std::string channel = "csr";
};

cli::Json to_json(
    const std::string& serial, const app::CardOutcome& outcome, std::string_view currency, bool dry
) {
    auto root = payment_json(*outcome.payment);
    cli::Json answer{{"serial", serial}};
    answer.update(root);
    answer["currency"] = currency;
    answer["dry_run"] = dry;
    return answer;
}

Exit run(const RedeemOptions& options, cli::Context& context) {
    CardCounter counter(context, options.channel);
    const auto account = options.account->text();
    // The PIN is no part of what the key stands for: nothing of it is kept.
    const cli::Json body{
        {"serial", options.serial}, {"account", account}, {"channel", options.channel}};
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    const auto& currency = counter.rules().currency;
    const auto number = card::Serial::parse(options.serial);
    const auto serial = number ? number->text() : "";
    const auto tried =
        counter.attempt(options.serial, options.pin, account, [&](const app::CardOutcome& outcome) {
            keyed.keep(to_json(serial, outcome, currency, false));
        });
    if (!tried.outcome)
        context.fail(tried.outcome.error());
    context.print(to_json(serial, *tried.outcome, currency, context.globals.dry_run), {});
    return Exit::done;
}

std::vector<cli::Field> redeem_fields() {
    std::vector<cli::Field> fields{{"serial", "string", "serial number of the card"}};
    for (auto& field : payment_fields())
        fields.push_back(field);
    fields.push_back({"currency", "string", "ISO 4217 code of every amount"});
    fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    return fields;
}

}  // namespace

cli::Command card_redeem_command() {
    cli::Spec spec;
    spec.path = {"card", "redeem"};
    spec.summary = "spend a prepaid card as a payment";
    spec.description =
        "The card is looked at as card validate does, marked as used and posted as a payment with "
        "everything that follows from it, all of it or nothing. A card is spent once.";
    spec.words = {
        cli::bind(
            {.name = "SERIAL", .help = "the card's serial number", .required = true},
            &RedeemOptions::serial
        ),
        cli::bind(
            {.name = "--account",
             .value = "ACCOUNT",
             .help = "the account it is paid to",
             .complete = cli::Complete::account,
             .required = true},
            &RedeemOptions::account
        ),
    };
    words::append_attempt_words<RedeemOptions>(spec.words);
    spec.fields = redeem_fields();
    spec.item_list = "orders";
    spec.examples = {
        {"usagectl card redeem 100000000017 --account A-1001 --pin-file pin.txt", "at the counter"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such account"},
        {Exit::refused, "the card or the account cannot be used; the error code says why"},
    };
    spec.changes = true;
    return cli::command<RedeemOptions>(std::move(spec), run);
}

}  // namespace usagectl
