// SPDX-License-Identifier: MIT
// usagectl card print-file key: a pair of keys, so that PINs leave the store's machine sealed.
#include "card/commands.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "crypto/locked_bytes.hpp"
#include "crypto/sealed_file.hpp"

namespace usagectl {

namespace {

struct KeyOptions {
    std::string output;
};

Exit run(const KeyOptions& options, cli::Context& context) {
    crypto::keep_process_private();
    const auto key = context.must(crypto::make_key_pair(options.output));
    context.note("keep " + options.output + " with the printer, away from the store");
    context.print(
        {{"file", options.output},
         {"public_key", key.text()},
         {"setting", "usagectl config set cards.printer_key " + key.text()}},
        {}
    );
    return Exit::done;
}

}  // namespace

cli::Command card_print_file_key_command() {
    cli::Spec spec;
    spec.path = {"card", "print-file", "key"};
    spec.summary = "make a pair of keys to seal print files";
    spec.description =
        "The secret key is for whoever prints the cards, who makes it on a machine of his own; the "
        "public key is set as cards.printer_key where cards are made. No store is asked.";
    spec.words = {
        cli::bind(
            {.name = "--output",
             .letter = 'o',
             .value = "FILE",
             .help = "a new file for the secret key",
             .complete = cli::Complete::file,
             .required = true},
            &KeyOptions::output
        ),
    };
    spec.fields = {
        {"file", "string", "where the secret key is"},
        {"public_key", "string", "64 hexadecimal digits"},
        {"setting", "string", "the command that has print files sealed to it"},
    };
    spec.examples = {{"usagectl card print-file key -o printer.key", "at the printer's"}};
    spec.exits = {{Exit::refused, "the file is there already"}};
    return cli::command<KeyOptions>(std::move(spec), run);
}

}  // namespace usagectl
