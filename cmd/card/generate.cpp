// SPDX-License-Identifier: MIT
// usagectl card generate: a batch of cards, their PINs in a print file and nowhere else.
#include <filesystem>
#include <thread>

#include "app/card_generate.hpp"
#include "card/card_json.hpp"
#include "card/card_settings.hpp"
#include "card/commands.hpp"
#include "card/print_file.hpp"
#include "card/words.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"

namespace usagectl {

namespace {

struct GenerateOptions {
    std::optional<card::BatchName> batch;
    std::optional<std::int64_t> count;
    std::optional<Money> value;
    std::optional<LocalDay> expires;
    std::string print_file;
};

app::GenerateCards request_of(const GenerateOptions& options, cli::Context& context) {
    app::GenerateCards request;
    request.batch = options.batch->text();
    request.count = *options.count;
    request.value = *options.value;
    request.expires = options.expires;
    std::error_code ignored;
    request.print_file = std::filesystem::absolute(options.print_file, ignored).string();
    request.dry_run = context.globals.dry_run;
    request.threads = std::max(1U, std::thread::hardware_concurrency());
    if (request.count < 1 || request.count > app::most_cards) {
        context.fail(
            {Exit::usage,
             "malformed_count",
             "--count: a batch has 1 to " + std::to_string(app::most_cards) + " cards"}
        );
    }
    if (request.value <= Money()) {
        context.fail({Exit::usage, "malformed_amount", "--value: a card is worth more than 0.00"});
    }
    return request;
}

std::optional<crypto::PublicKey> printer_of(cli::Context& context) {
    const auto& text = context.settings.text("cards.printer_key");
    if (text.empty())
        return std::nullopt;
    return context.must(crypto::PublicKey::parse(text));
}

cli::Json
to_json(const app::CardsGenerated& made, const app::CardRules& rules, bool sealed, bool dry_run) {
    auto root = batch_json(made.batch, "", rules.currency);
    root["first_serial"] = card::Serial::of(made.batch.first).text();
    root["last_serial"] = card::Serial::of(made.batch.first + made.batch.wanted - 1).text();
    root["resumed"] = made.resumed;
    root["sealed"] = sealed;
    root["dry_run"] = dry_run;
    return root;
}

Exit run(const GenerateOptions& options, cli::Context& context) {
    auto request = request_of(options, context);
    const auto rules = card_rules_of(context.settings);
    const auto pins = context.must(card_pins(context.settings));
    const auto printer = printer_of(context);
    auto& store = context.store();
    const cli::Json body{
        {"batch", request.batch},
        {"count", request.count},
        {"value", format_money(request.value)},
        {"expires", request.expires ? format_day(*request.expires) : ""}};
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    auto progress = context.progress("cards", static_cast<std::uint64_t>(request.count));
    progress.count(cli::Progress::Unit::items);
    request.progress = [&](std::int64_t made) {
        progress.update(static_cast<std::uint64_t>(made));
    };
    request.interrupted = context.interrupted;
    const bool sealed = printer.has_value();
    request.finished = [&](const app::CardsGenerated& done) {
        keyed.keep(to_json(done, rules, sealed, false));
    };
    PrintFile sink(request.print_file, printer);
    LockedText text((app::piece_cards + 1) * app::print_line_size);
    const auto made = context.must(app::generate_cards(
        store, request, rules, pins, sink, text, cli::actor_of(context), context.clock
    ));
    if (made.interrupted)
        context.note("stopped; the same command makes the cards that are missing");
    context.print(to_json(made, rules, sealed, request.dry_run), {});
    return made.interrupted ? Exit::interrupted : Exit::done;
}

std::vector<cli::Word> generate_words() {
    using cli::bind;
    using O = GenerateOptions;
    return {
        bind(
            {.name = "--batch",
             .value = "BATCH",
             .help = "name of the new batch",
             .required = true},
            &O::batch
        ),
        bind(
            {.name = "--count",
             .value = "N",
             .help = "how many cards, at most 1000000",
             .required = true},
            &O::count
        ),
        bind(
            {.name = "--value", .value = "AMOUNT", .help = "worth of each card", .required = true},
            &O::value
        ),
        bind(
            {.name = "--expires", .value = "DATE", .help = "the last day a card can be spent"},
            &O::expires
        ),
        bind(
            {.name = "--print-file",
             .value = "FILE",
             .help = "a new file for serial numbers and PINs, sealed if cards.printer_key is set",
             .complete = cli::Complete::file,
             .required = true},
            &O::print_file
        ),
    };
}

}  // namespace

cli::Command card_generate_command() {
    cli::Spec spec;
    spec.path = {"card", "generate"};
    spec.summary = "make a batch of prepaid cards";
    spec.description =
        "Serial numbers follow one another and are never used again; PINs are random. A PIN is "
        "written to the print file and kept nowhere: the store has a mark it can be held against. "
        "Stopped, the command goes on where it was when it is given again.";
    spec.words = generate_words();
    spec.fields = batch_fields(false);
    for (const auto& field : std::vector<cli::Field>{
             {"first_serial", "string", "serial number of the first card"},
             {"last_serial", "string", "serial number of the last"},
             {"resumed", "boolean", "true: some of them had been made before"},
             {"sealed", "boolean", "true: only the printer's key opens the print file"},
             {"dry_run", "boolean", "true when nothing was kept"}})
        spec.fields.push_back(field);
    spec.examples = {
        {"usagectl card generate --batch 2026-12 --count 500 --value 25.00 --expires 2028-12-31 "
         "--print-file cards.csv",
         "500 cards of 25.00"},
    };
    spec.exits = {
        {Exit::refused, "the batch or the print file is there already, or there is no key"},
        {Exit::interrupted, "stopped in good order; the same command goes on"},
    };
    spec.changes = true;
    return cli::command<GenerateOptions>(std::move(spec), run);
}

}  // namespace usagectl
