// SPDX-License-Identifier: MIT
// usagectl card validate: whether a card could be spent, and what it is worth.
#include "card/attempt.hpp"
#include "card/commands.hpp"
#include "card/words.hpp"
#include "cli/context.hpp"

namespace usagectl {

namespace {

struct ValidateOptions {
    std::string serial;
    PinOptions pin;
    std::string channel = "csr";
};

Exit run(const ValidateOptions& options, cli::Context& context) {
    CardCounter counter(context, *card::parse_channel(options.channel));
    const auto tried = counter.attempt(options.serial, options.pin, std::nullopt);
    cli::Json root{
        {"serial", tried.serial},
        {"valid", tried.outcome.has_value()},
        {"value", nullptr},
        {"currency", counter.rules().currency},
        {"reason", nullptr},
    };
    if (tried.outcome)
        root["value"] = format_money(tried.outcome->value);
    else
        root["reason"] = tried.outcome.error().code;
    context.print(std::move(root), {});
    return tried.outcome ? Exit::done : Exit::check_failed;
}

}  // namespace

cli::Command card_validate_command() {
    cli::Spec spec;
    spec.path = {"card", "validate"};
    spec.summary = "tell whether a card can be spent";
    spec.description =
        "The serial number, whether the card is on sale, the PIN and whether it was spent are "
        "looked at in this order; then its last day and whether it is held. Nothing is posted. "
        "Refusals are counted, here as when a card is redeemed.";
    spec.words = {
        cli::bind(
            {.name = "SERIAL", .help = "the card's serial number", .required = true},
            &ValidateOptions::serial
        ),
    };
    words::append_attempt_words<ValidateOptions>(spec.words);
    spec.fields = {
        {"serial", "string", "serial number"},
        {"valid", "boolean", "true: it could be spent"},
        {"value", "money", "what it is worth; null when it is not valid", true},
        {"currency", "string", "ISO 4217 code of the value"},
        {"reason", "string", "why it is not valid: card_unknown, card_wrong_pin and so on", true},
    };
    spec.examples = {
        {"usagectl card validate 100000000017 --pin-file pin.txt", "exit 0 or 1"},
    };
    spec.exits = {
        {Exit::check_failed, "the card is not valid"},
        {Exit::refused, "there are no keys to hold PINs against"},
    };
    spec.records = true;
    return cli::command<ValidateOptions>(std::move(spec), run);
}

}  // namespace usagectl
