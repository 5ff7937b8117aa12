// SPDX-License-Identifier: MIT
// usagectl card receive, confirm, activate, freeze, unfreeze, void: steps that need no more than
// the cards that take them. One declaration, told apart by a table.
#include "card/commands.hpp"
#include "card/move.hpp"

namespace usagectl {

namespace {

template <card::Step step>
Exit run(const MoveOptions& options, cli::Context& context) {
    return move_and_print(step, options, context);
}

struct Told {
    std::string_view verb;
    std::string_view summary;
    std::string_view description;
    cli::Example example;
    bool reason_needed = false;
};

template <card::Step step>
cli::Command command_of(const Told& told) {
    cli::Spec spec;
    spec.path = {"card", told.verb};
    spec.summary = told.summary;
    spec.description = told.description;
    spec.words = move_words(told.reason_needed);
    spec.fields = move_fields();
    spec.examples = {told.example};
    spec.exits = {
        {Exit::not_found, "there is no such batch or card"},
        {Exit::refused, "its state does not allow the step"},
    };
    spec.changes = true;
    return cli::command<MoveOptions>(std::move(spec), run<step>);
}

}  // namespace

cli::Command card_receive_command() {
    return command_of<card::Step::receive>({
        "receive",
        "take cards into stock",
        "From the printer, or back from an agent who did not put them on sale. Single cards are "
        "packaged into a batch of their own.",
        {"usagectl card receive --batch 2026-12", "the printer has delivered"},
    });
}

cli::Command card_confirm_command() {
    auto command = command_of<card::Step::confirm>({
        "confirm",
        "note that an agent has the cards",
        "Cards are put on sale only after the agent has confirmed to have them.",
        {"usagectl card confirm --batch 2026-11-north --by 'Ms Ortiz, by phone'", "who said so"},
    });
    command.spec.words.push_back(
        cli::bind({.name = "--by", .value = "NAME", .help = "who let us know"}, &MoveOptions::by)
    );
    return command;
}

cli::Command card_activate_command() {
    return command_of<card::Step::activate>({
        "activate",
        "put cards on sale",
        "From now on they can be spent, and their worth is a liability. Above "
        "cards.second_person_above two people have to do it, one after the other.",
        {"usagectl card activate --batch 2026-11", "after the agent's confirmation"},
    });
}

cli::Command card_freeze_command() {
    return command_of<card::Step::freeze>({
        "freeze",
        "hold cards as they are",
        "A frozen card is not spent, and a frozen batch goes nowhere, until it is let go on.",
        {"usagectl card freeze 100000000001 --reason 'reported stolen'", "one card"},
        true,
    });
}

cli::Command card_unfreeze_command() {
    return command_of<card::Step::unfreeze>({
        "unfreeze",
        "let frozen cards go on",
        "They are again what they were when they were frozen.",
        {"usagectl card unfreeze 100000000001 --reason 'found again'", "one card"},
        true,
    });
}

cli::Command card_void_command() {
    return command_of<card::Step::annul>({
        "void",
        "make cards worthless for ever",
        "What was not spent yet. The liability goes, and so does what the agent had of it.",
        {"usagectl card void --batch 2026-10 --reason 'misprinted'", "a whole batch"},
        true,
    });
}

}  // namespace usagectl
