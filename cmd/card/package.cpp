// SPDX-License-Identifier: MIT
// usagectl card package: some cards of a batch become a batch of their own.
#include "card/commands.hpp"
#include "card/move.hpp"

namespace usagectl {

namespace {

Exit run(const MoveOptions& options, cli::Context& context) {
    if (options.batch.has_value() != options.count.has_value()) {
        context.fail(
            {Exit::usage,
             "cards_missing",
             "--batch and --count go together: the first so many cards of the batch",
             "or name serial numbers"}
        );
    }
    if (options.count && (*options.count < 1 || *options.count > 1'000'000))
        context.fail({Exit::usage, "malformed_count", "--count: 1 to 1000000 cards"});
    return move_and_print(card::Step::package, options, context);
}

}  // namespace

cli::Command card_package_command() {
    cli::Spec spec;
    spec.path = {"card", "package"};
    spec.summary = "make a batch of its own of some cards";
    spec.description =
        "A batch is what travels together. Cards that go another way are packaged first; the new "
        "batch is where the old one is.";
    spec.words = move_words(false);
    spec.words.push_back(cli::bind(
        {.name = "--count", .value = "N", .help = "with --batch: its first so many cards"},
        &MoveOptions::count
    ));
    spec.words.push_back(cli::bind(
        {.name = "--into", .value = "BATCH", .help = "name of the new batch", .required = true},
        &MoveOptions::into
    ));
    spec.fields = move_fields();
    spec.examples = {
        {"usagectl card package --batch 2026-12 --count 100 --into 2026-12-north", "a hundred"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such batch or card"},
        {Exit::refused, "there are not so many cards, or the new name is taken"},
    };
    spec.changes = true;
    return cli::command<MoveOptions>(std::move(spec), run);
}

}  // namespace usagectl
