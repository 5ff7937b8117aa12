// SPDX-License-Identifier: MIT
// usagectl tariff add: a file becomes the next version of its tariff.
#include "app/tariffs.hpp"
#include "base/digest.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "tariff/commands.hpp"
#include "tariff/tariff_file.hpp"

namespace usagectl {

namespace {

struct AddOptions {
    std::string file;
};

// The content, wherever the file lies.
std::string request_of(std::string_view text) {
    Sha256 hash;
    hash.update(text);
    return cli::Json{{"sha256", hash.finish()}}.dump();
}

cli::Json to_json(const app::TariffAdded& added, bool dry_run) {
    cli::Json root;
    root["tariff"] = added.version.name;
    root["version"] = added.version.version;
    root["effective"] = format_day(added.version.effective);
    root["sha256"] = added.version.sha256;
    root["status"] = added.unchanged ? "unchanged" : "added";
    root["dry_run"] = dry_run;
    return root;
}

Exit run(const AddOptions& options, cli::Context& context) {
    auto& store = context.store();
    app::AddTariff request;
    request.path = options.file;
    request.text = read_named_file(context, options.file);
    request.dry_run = context.globals.dry_run;
    const cli::Keyed keyed(context, request_of(request.text));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    request.added = [&](const app::TariffAdded& added) { keyed.keep(to_json(added, false)); };
    const auto added =
        context.must(app::add_tariff(store, request, cli::actor_of(context), context.clock));
    context.print(to_json(added, context.globals.dry_run), {});
    return Exit::done;
}

}  // namespace

cli::Command tariff_add_command() {
    cli::Spec spec;
    spec.path = {"tariff", "add"};
    spec.summary = "add a file as the next version of its tariff";
    spec.description =
        "A version is never edited: it holds from its effective date until a later one does, and "
        "what was charged keeps the version it used. The same text again changes nothing.";
    spec.words = {file_word(&AddOptions::file)};
    spec.fields = {
        {"tariff", "string", "the tariff's name"},
        {"version", "integer", "number of the version"},
        {"effective", "date", "first local day it holds"},
        {"sha256", "string", "of the text"},
        {"status", "string", "added, or unchanged: this text was there already"},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
    spec.examples = {
        {"usagectl tariff add time-of-use.toml", "from its effective date on"},
        {"usagectl tariff add tiered.toml --dry-run", "would it be taken?"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file"},
        {Exit::refused, "another version is effective from the same day"},
        {Exit::rejected, "the file has mistakes; nothing was stored"},
    };
    spec.changes = true;
    return cli::command<AddOptions>(std::move(spec), run);
}

}  // namespace usagectl
