// SPDX-License-Identifier: MIT
// usagectl card ship: cards go to an agent.
#include "card/commands.hpp"
#include "card/move.hpp"

namespace usagectl {

namespace {

Exit run(const MoveOptions& options, cli::Context& context) {
    return move_and_print(card::Step::ship, options, context);
}

}  // namespace

cli::Command card_ship_command() {
    cli::Spec spec;
    spec.path = {"card", "ship"};
    spec.summary = "send cards to an agent";
    spec.description =
        "They cannot be spent before the agent has confirmed to have them and they were put on "
        "sale. Single cards are packaged into a batch of their own.";
    spec.words = move_words(false);
    spec.words.push_back(words::agent(&MoveOptions::agent, true));
    spec.fields = move_fields();
    spec.examples = {{"usagectl card ship --batch 2026-12 --agent corner-store", "a whole batch"}};
    spec.exits = {
        {Exit::not_found, "there is no such batch, card or agent"},
        {Exit::refused, "it is not in stock"},
    };
    spec.changes = true;
    return cli::command<MoveOptions>(std::move(spec), run);
}

}  // namespace usagectl
