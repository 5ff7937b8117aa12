// SPDX-License-Identifier: MIT
// usagectl card print: sheets of cards, to be cut, folded and sealed.
#include <fstream>

#include "app/card_print.hpp"
#include "app/card_steps.hpp"
#include "card/card_settings.hpp"
#include "card/commands.hpp"
#include "card/print_source.hpp"
#include "card/words.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/secret_output.hpp"
#include "crypto/locked_bytes.hpp"
#include "paper/card_sheet.hpp"

namespace usagectl {

namespace {

struct PrintOptions {
    std::optional<card::BatchName> batch;
    std::string output;
    std::string print_file;
    std::string key_file;
};

constexpr std::string_view serial_place = "{serial}";

// What the QR code of a card says.
std::string redeem_text(const std::string& pattern, const std::string& serial) {
    if (pattern.empty())
        return serial;
    auto text = pattern;
    return text.replace(text.find(serial_place), serial_place.size(), serial);
}

std::string redeem_pattern(const cli::Context& context) {
    auto pattern = context.settings.text("cards.redeem_url");
    if (!pattern.empty() && pattern.find(serial_place) == std::string::npos) {
        context.fail(
            {Exit::usage,
             "malformed_setting",
             "cards.redeem_url: it does not say where the serial number goes",
             "write {serial} in its place: https://example.com/card/{serial}"}
        );
    }
    return pattern;
}

// The bytes of the file; empty when there is to be none.
std::string logo(const std::string& path, const cli::Context& context) {
    if (path.empty())
        return {};
    std::ifstream file(path, std::ios::binary);
    // A byte more than a picture may have tells that it is too large.
    std::string bytes(paper::Document::png_max + 1, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    if (bytes.empty()) {
        context.fail(
            {Exit::not_found,
             "picture_missing",
             "there is no picture in " + path,
             "usagectl config set utility.logo names a PNG file"}
        );
    }
    return bytes;
}

paper::SheetLook look_of(const std::string& batch, const cli::Context& context) {
    const auto& settings = context.settings;
    return {
        settings.text("utility.name"),
        settings.text("utility.phone"),
        settings.text("utility.web"),
        logo(settings.text("utility.logo"), context),
        batch};
}

Error with_settings(Error error) {
    if (error.code == "card_text_missing")
        error.hint = "usagectl config set utility.name NAME, and utility.phone or utility.web";
    return error;
}

struct Drawn {
    card::Batch batch;
    std::int64_t cards = 0;
    bool sealed = false;
    Secret pdf;
};

// Reads the print file and draws what is of the batch.
Result<Drawn> draw(const PrintOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto pattern = redeem_pattern(context);
    auto sheet = paper::CardSheet::start(look_of(options.batch->text(), context));
    if (!sheet)
        return tl::unexpected(with_settings(sheet.error()));
    Drawn drawn;
    Result<void> read;
    const auto add = [&](app::CardPrinting& printing, std::string_view text) -> Result<void> {
        const auto line = card::parse_print_line(text);
        if (!line)
            return tl::unexpected(line.error());
        const auto wanted = printing.take(*line);
        if (!wanted)
            return tl::unexpected(wanted.error());
        if (!*wanted)
            return {};
        const auto serial = line->serial.text();
        return sheet->add(
            {serial,
             line->pin,
             line->value,
             line->currency,
             line->expires,
             redeem_text(pattern, serial)}
        );
    };
    const auto all = [&]() -> Result<void> {
        auto printing = app::CardPrinting::begin(store, options.batch->text());
        if (!printing)
            return tl::unexpected(printing.error());
        drawn.batch = printing->batch();
        const auto& path = options.print_file.empty() ? drawn.batch.print_file : options.print_file;
        const auto source = PrintSource::open(path, options.key_file);
        if (!source)
            return tl::unexpected(source.error());
        drawn.sealed = source->sealed();
        if (auto done = source->each_line([&](auto text) { return add(*printing, text); }); !done)
            return done;
        drawn.cards = printing->cards();
        return printing->finish();
    };
    store.read([&] { read = all(); });
    if (!read)
        return tl::unexpected(read.error());
    if (drawn.cards == 0) {
        return refuse(
            Exit::refused,
            "batch_empty",
            "no card of batch " + drawn.batch.name + " can be sold any more"
        );
    }
    drawn.pdf = sheet->pdf();
    return drawn;
}

cli::Json to_json(const Drawn& drawn, const PrintOptions& options, bool dry_run) {
    constexpr std::int64_t on_page = paper::CardSheet::columns * paper::CardSheet::rows;
    return {
        {"batch", drawn.batch.name},
        {"state", card::to_string(card::BatchState::printed)},
        {"cards", drawn.cards},
        {"left_out", drawn.batch.cards - drawn.cards},
        {"pages", (drawn.cards + on_page - 1) / on_page},
        {"file", options.output},
        {"sealed", drawn.sealed},
        {"dry_run", dry_run},
    };
}

Exit run(const PrintOptions& options, cli::Context& context) {
    crypto::keep_process_private();
    auto& store = context.store();
    const auto rules = card_rules_of(context.settings);
    const cli::Keyed keyed(
        context, cli::body_text({{"batch", options.batch->text()}, {"file", options.output}})
    );
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    context.must(cli::SecretOutput::check_free(options.output));
    const auto drawn = context.must(draw(options, context));
    const bool dry_run = context.globals.dry_run;
    app::MoveCards request;
    request.step = card::Step::print;
    request.batch = drawn.batch.name;
    request.dry_run = dry_run;
    cli::SecretOutput file(options.output);
    // The file is there before the batch is said to be printed, and gone when that is not kept.
    request.moved = [&](const std::vector<app::CardsMoved>&) {
        keyed.keep(to_json(drawn, options, false));
        if (dry_run)
            return;
        file.write(drawn.pdf.reveal());
        context.must(file.place());
    };
    context.must(app::move_cards(store, request, rules, cli::actor_of(context), context.clock));
    file.keep();
    context.print(to_json(drawn, options, dry_run), {});
    return Exit::done;
}

std::vector<cli::Word> print_words() {
    using cli::bind;
    using O = PrintOptions;
    return {
        words::batch(&O::batch, true),
        bind(
            {.name = "--output",
             .letter = 'o',
             .value = "FILE",
             .help = "a new file for the PDF, readable by its owner alone",
             .complete = cli::Complete::file,
             .required = true},
            &O::output
        ),
        bind(
            {.name = "--print-file",
             .value = "FILE",
             .help = "where the PINs are now; default: where they were written",
             .complete = cli::Complete::file},
            &O::print_file
        ),
        bind(
            {.name = "--key-file",
             .value = "FILE",
             .help = "the secret key that opens a sealed print file",
             .complete = cli::Complete::file},
            &O::key_file
        ),
    };
}

}  // namespace

cli::Command card_print_command() {
    cli::Spec spec;
    spec.path = {"card", "print"};
    spec.summary = "draw sheets of cards to be cut and sealed";
    spec.description =
        "Eight cards on a letter page, each with its PIN on a strip that is folded over and "
        "sealed. The print file must be the one the cards were made with, whole and in order. "
        "Until the cards are received they can be printed again.";
    spec.words = print_words();
    spec.fields = {
        {"batch", "string", "the batch"},
        {"state", "string", "printed"},
        {"cards", "integer", "cards on the sheets"},
        {"left_out", "integer", "cards of the batch that are void or expired"},
        {"pages", "integer", "sheets of paper"},
        {"file", "string", "where the PDF is; it holds every PIN"},
        {"sealed", "boolean", "true: the print file was sealed"},
        {"dry_run", "boolean", "true when nothing was written"},
    };
    spec.examples = {
        {"usagectl card print --batch 2026-09 -o 2026-09.pdf", "from the print file of the batch"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such batch, or no print file"},
        {Exit::refused,
         "the file is there already, the print file is another batch's, or the "
         "cards have left the printer"},
        {Exit::rejected, "the print file is damaged, or sealed to another key"},
    };
    spec.changes = true;
    return cli::command<PrintOptions>(std::move(spec), run);
}

}  // namespace usagectl
