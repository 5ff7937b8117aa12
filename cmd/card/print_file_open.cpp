// SPDX-License-Identifier: MIT
// usagectl card print-file open: what a sealed print file says, for who holds the key.
#include <algorithm>
#include <ostream>

#include "card/commands.hpp"
#include "card/print_source.hpp"
#include "cli/context.hpp"
#include "cli/secret_output.hpp"
#include "cli/values.hpp"
#include "crypto/locked_bytes.hpp"

namespace usagectl {

namespace {

struct OpenOptions {
    std::string file;
    std::string key_file;
    std::string output;
};

Exit write_out(const PrintSource& source, cli::Context& context) {
    context.must(source.each_piece([&](std::string_view piece) -> Result<void> {
        context.io.out << piece;
        return {};
    }));
    return Exit::done;
}

Exit run(const OpenOptions& options, cli::Context& context) {
    crypto::keep_process_private();
    const auto source = context.must(PrintSource::open(options.file, options.key_file));
    if (!source.sealed()) {
        context.fail(
            {Exit::usage,
             "print_file_not_sealed",
             options.file + " is not sealed",
             "it can be read as it is"}
        );
    }
    if (options.output == "-")
        return write_out(source, context);
    context.must(cli::SecretOutput::check_free(options.output));
    cli::SecretOutput file(options.output);
    std::int64_t cards = -1;  // the header is no card
    context.must(source.each_piece([&](std::string_view piece) -> Result<void> {
        cards += std::count(piece.begin(), piece.end(), '\n');
        file.write(piece);
        return {};
    }));
    context.must(file.place());
    file.keep();
    context.print({{"file", options.output}, {"cards", std::max<std::int64_t>(cards, 0)}}, {});
    return Exit::done;
}

}  // namespace

cli::Command card_print_file_open_command() {
    using O = OpenOptions;
    cli::Spec spec;
    spec.path = {"card", "print-file", "open"};
    spec.summary = "open a sealed print file with its secret key";
    spec.description =
        "Writes the CSV file of serial numbers and PINs, readable by its owner alone. "
        "usagectl card print needs no opened file: it takes the sealed one and the key.";
    spec.words = {
        cli::bind(
            {.name = "FILE",
             .help = "the sealed print file",
             .complete = cli::Complete::file,
             .required = true},
            &O::file
        ),
        cli::bind(
            {.name = "--key-file",
             .value = "FILE",
             .help = "the secret key of usagectl card print-file key",
             .complete = cli::Complete::file,
             .required = true},
            &O::key_file
        ),
        cli::bind(
            {.name = "--output",
             .letter = 'o',
             .value = "FILE",
             .help = "a new file; - for standard output, CSV and nothing else",
             .complete = cli::Complete::file,
             .required = true},
            &O::output
        ),
    };
    spec.fields = {
        {"file", "string", "where the PINs are now, in clear"},
        {"cards", "integer", "how many"},
    };
    spec.examples = {
        {"usagectl card print-file open sealed.csv --key-file held.key -o opened.csv",
         "for a press"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file"},
        {Exit::refused, "the new file is there already, or the key can be read by others"},
        {Exit::rejected, "the file is damaged, or sealed to another key"},
    };
    return cli::command<OpenOptions>(std::move(spec), run);
}

}  // namespace usagectl
