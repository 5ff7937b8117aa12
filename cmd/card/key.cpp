// SPDX-License-Identifier: MIT
// usagectl card key: a key for the marks of PINs.
#include <filesystem>

#include "card/card_settings.hpp"
#include "card/commands.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"

namespace usagectl {

namespace {

struct KeyOptions {};

Exit run(const KeyOptions&, cli::Context& context) {
    crypto::keep_process_private();
    auto& store = context.store();
    const auto file = context.must(card_key_file(context.settings));
    const cli::Keyed keyed(context, cli::body_text(cli::Json{{"file", file}}));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    cli::Json root{{"file", file}, {"key", nullptr}, {"dry_run", context.globals.dry_run}};
    if (!context.globals.dry_run) {
        std::error_code ignored;  // opening the file tells what is wrong
        std::filesystem::create_directories(std::filesystem::path(file).parent_path(), ignored);
        const auto name = context.must(crypto::add_card_key(file));
        root["key"] = name;
        store.write([&] {
            store.audit().append(cli::actor_of(context).record(
                context.clock.now(), "key " + name + " for the marks of PINs made"
            ));
            keyed.keep(root);
        });
    }
    context.note("copy this file to a safe place: without it no card can be spent");
    context.print(std::move(root), {});
    return Exit::done;
}

}  // namespace

cli::Command card_key_command() {
    cli::Spec spec;
    spec.path = {"card", "key"};
    spec.summary = "make a key for the PINs of cards";
    spec.description =
        "Adds a key to the file cards.key_file names, which is made when it is not there. New "
        "cards use the newest key; cards made before keep theirs.";
    spec.fields = {
        {"file", "string", "where the keys are"},
        {"key", "string", "name of the new key; null on a dry run", true},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
    spec.examples = {{"usagectl card key", "before the first card is made"}};
    spec.exits = {{Exit::refused, "the file is open to others, or is damaged"}};
    spec.changes = true;
    return cli::command<KeyOptions>(std::move(spec), run);
}

}  // namespace usagectl
