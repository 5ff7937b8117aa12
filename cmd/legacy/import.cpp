// SPDX-License-Identifier: MIT
// usagectl legacy import: customers and meters from an extract of the legacy billing system.
#include "app/legacy_csv.hpp"
#include "app/legacy_import.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "legacy/commands.hpp"
#include "legacy/spill.hpp"

namespace usagectl {

namespace {

struct ImportOptions {
    std::string file;
    bool strict = false;
};

cli::Json item_of(const app::ImportedLine& line) {
    cli::Json item;
    item["line"] = line.line;
    item["account"] = cli::name_json(line.account);
    item["status"] = app::to_string(line.status);
    item["code"] = line.error ? cli::Json(line.error->code) : nullptr;
    item["message"] = line.error ? cli::Json(line.error->message) : nullptr;
    return item;
}

cli::Json root_of(const app::LegacyImported& imported, std::string_view status, bool dry_run) {
    const auto& extract = imported.extract;
    cli::Json root;
    root["extract"] = extract.number == 0 ? cli::Json(nullptr) : cli::Json(extract.number);
    root["status"] = status;
    root["sha256"] = extract.sha256;
    root["lines"] = extract.lines;
    root["new"] = extract.added;
    root["changed"] = extract.changed;
    root["unchanged"] = extract.unchanged;
    root["rejected"] = extract.rejected;
    root["dry_run"] = dry_run;
    return root;
}

std::string_view status_of(const app::LegacyImported& imported) {
    if (imported.duplicate)
        return "duplicate";
    return imported.extract.rejected == 0 ? "taken" : "partial";
}

std::vector<cli::Column> columns() {
    return {
        {"line", "LINE", true},
        {"account", "ACCOUNT"},
        {"status", "STATUS"},
        {"code", "CODE"},
        {"message", "MESSAGE"},
    };
}

cli::Json with_items(cli::Json root, Spill& items) {
    root["items"] = cli::Json::array();
    items.each([&](const cli::Json& item) { root["items"].push_back(item); });
    return root;
}

void show(cli::Context& context, const cli::Json& root, Spill& items) {
    cli::Context::StreamView view;
    view.columns = columns();
    view.footing = [&] {
        return std::vector<std::string>{
            root.at("status").get<std::string>() + ": " + root.at("lines").dump() + " lines, " +
            root.at("new").dump() + " new, " + root.at("changed").dump() + " changed, " +
            root.at("unchanged").dump() + " unchanged, " + root.at("rejected").dump() +
            " rejected"};
    };
    context.stream(root, view, [&](const cli::Context::Emit& emit) { items.each(emit); });
}

Exit run(const ImportOptions& options, cli::Context& context) {
    auto& store = context.store();
    const bool dry_run = context.globals.dry_run;
    const auto sha256 = context.must(app::legacy_file_hash(options.file));
    const cli::Keyed keyed(
        context, cli::Json{{"sha256", sha256}, {"strict", options.strict}}.dump()
    );
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {columns()});
        return Exit::done;
    }
    Spill items;
    std::uint64_t rejected = 0;
    app::ImportLegacy request;
    request.path = options.file;
    request.strict = options.strict;
    request.dry_run = dry_run;
    request.line = [&](const app::ImportedLine& line) {
        rejected += line.status == app::ImportedAs::rejected ? 1 : 0;
        items.add(item_of(line));
    };
    request.imported = [&](const app::LegacyImported& imported) {
        if (context.globals.idempotency_key && !dry_run)
            keyed.keep(with_items(root_of(imported, status_of(imported), false), items));
    };
    const auto imported = app::import_legacy(store, request, cli::actor_of(context), context.clock);
    if (!imported && rejected != 0) {
        // The file was refused as a whole, and these are the lines to mend.
        items.each([&](const cli::Json& item) {
            if (item.at("status") == "rejected") {
                context.note(
                    "line " + item.at("line").dump() + ": " + item.at("message").get<std::string>()
                );
            }
        });
    }
    const auto made = context.must(imported);
    show(context, root_of(made, status_of(made), dry_run), items);
    return made.extract.rejected != 0 && !made.duplicate ? Exit::rejected : Exit::done;
}

}  // namespace

cli::Command legacy_import_command() {
    cli::Spec spec;
    spec.path = {"legacy", "import"};
    spec.summary = "take in an extract of the legacy billing system";
    spec.description =
        "Keeps what the extract says of each account, for legacy lookup and account create. A line "
        "that cannot be read is told and leaves the others alone; the same content again is "
        "recognised. Plain or compressed.";
    spec.words = {
        cli::bind(
            {.name = "FILE",
             .help = "the extract, comma-separated; legacy schema extract shows its columns",
             .complete = cli::Complete::file,
             .required = true},
            &ImportOptions::file
        ),
        cli::bind(
            {.name = "--strict", .help = "a line that is rejected rejects the file"},
            &ImportOptions::strict
        ),
    };
    spec.fields = {
        {"extract", "integer", "number of the extract", true},
        {"status", "string", "taken, partial (lines were rejected) or duplicate"},
        {"sha256", "string", "of the content"},
        {"lines", "integer", "behind the header row"},
        {"new", "integer", "accounts nobody had told of"},
        {"changed", "integer", "accounts of which something is said now that was not"},
        {"unchanged", "integer", "accounts of which the same is said"},
        {"rejected", "integer", "lines that were not taken"},
        {"dry_run", "boolean", "true when nothing was kept"},
        {"items[].line", "integer", "number of the line, the header row is 1"},
        {"items[].account", "string", "the account it names", true},
        {"items[].status", "string", "new, changed, unchanged or rejected"},
        {"items[].code", "string", "why it was rejected", true},
        {"items[].message", "string", "the same in words", true},
    };
    spec.examples = {
        {"usagectl legacy import extract.csv", "what is known of customers and meters"},
        {"usagectl legacy import extract.csv --strict --dry-run", "would all of it be taken?"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file"},
        {Exit::rejected, "lines were rejected, or with --strict the file"},
    };
    spec.changes = true;
    return cli::command<ImportOptions>(std::move(spec), run);
}

}  // namespace usagectl
