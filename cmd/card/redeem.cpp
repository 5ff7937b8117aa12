// SPDX-License-Identifier: MIT
// usagectl card redeem: a card is spent as a payment.
#include "account/words.hpp"
#include "card/attempt.hpp"
#include "card/commands.hpp"
#include "card/redeem_lines.hpp"
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
    std::optional<std::string> lines;
};

void check_words(const RedeemOptions& options, cli::Context& context) {
    const auto wrong = [&](std::string_view code, std::string message) {
        context.fail(
            {Exit::usage,
             std::string(code),
             std::move(message),
             "one card: SERIAL --account ACCOUNT; many: --batch-input FILE, where each line names "
             "its serial, account, pin and key"}
        );
    };
    const auto& globals = context.globals;
    if (!options.lines) {
        if (options.serial.empty())
            wrong("missing_argument", "SERIAL is missing");
        if (!options.account)
            wrong("missing_option", "option --account is required");
        return;
    }
    const bool pin = options.pin.from_stdin || !options.pin.file.empty() || options.pin.descriptor;
    if (!options.serial.empty() || options.account || pin || globals.idempotency_key) {
        wrong(
            "options_conflict",
            "--batch-input does not go with SERIAL, --account, --pin-stdin, --pin-file, --pin-fd "
            "or --idempotency-key"
        );
    }
    const bool shaped = globals.format == "csv" || globals.format == "tsv" || globals.jq ||
                        globals.json_fields.value_or("") != "";
    if (shaped)
        wrong("options_conflict", "--batch-input answers in JSON lines, and in no other form");
}

Exit redeem_one(const RedeemOptions& options, cli::Context& context) {
    CardCounter counter(context, *card::parse_channel(options.channel));
    const auto account = options.account->text();
    const auto number = card::Serial::parse(options.serial);
    const auto serial = number ? number->text() : "";
    // The PIN is no part of what the key stands for: nothing of it is kept.
    const cli::Keyed keyed(context, redeem_body(serial, account, counter.channel()));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    const auto& currency = counter.rules().currency;
    const auto tried =
        counter.attempt(options.serial, options.pin, account, [&](const app::CardOutcome& outcome) {
            keyed.keep(redeemed_json(serial, outcome, currency, false));
        });
    if (!tried.outcome) {
        // The same request may have come twice at once: this one finds the card used by the other.
        if (auto before = keyed.before()) {
            context.print(std::move(*before), {});
            return Exit::done;
        }
        context.fail(tried.outcome.error());
    }
    context.print(redeemed_json(serial, *tried.outcome, currency, context.globals.dry_run), {});
    return Exit::done;
}

Exit run(const RedeemOptions& options, cli::Context& context) {
    check_words(options, context);
    if (options.lines)
        return redeem_lines(*options.lines, *card::parse_channel(options.channel), context);
    return redeem_one(options, context);
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
        "everything that follows from it, all of it or nothing. A card is spent once. With "
        "--batch-input each line is answered by one of JSON, as soon as what it did is durable.";
    spec.words = {
        cli::bind({.name = "SERIAL", .help = "the card's serial number"}, &RedeemOptions::serial),
        cli::bind(
            {.name = "--account",
             .value = "ACCOUNT",
             .help = "the account it is paid to",
             .complete = cli::Complete::account},
            &RedeemOptions::account
        ),
        cli::bind(
            {.name = "--batch-input",
             .value = "FILE",
             .help = "redeem the cards of these JSON lines instead; - reads standard input",
             .complete = cli::Complete::file},
            &RedeemOptions::lines
        ),
    };
    words::append_attempt_words<RedeemOptions>(spec.words);
    spec.fields = redeem_fields();
    spec.item_list = "orders";
    spec.examples = {
        {"usagectl card redeem 100000000017 --account A-1001 --pin-file pin.txt", "at the counter"},
        {"usagectl card redeem --batch-input cards.jsonl --channel kiosk", "many, by one process"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such account"},
        {Exit::refused, "the card or the account cannot be used; the error code says why"},
        {Exit::rejected, "lines of --batch-input were not taken; the others are redeemed"},
    };
    spec.changes = true;
    return cli::command<RedeemOptions>(std::move(spec), run);
}

}  // namespace usagectl
