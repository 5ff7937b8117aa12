// SPDX-License-Identifier: MIT
// usagectl legacy import: customers and meters from extracts of the legacy billing system.
#include "app/legacy_csv.hpp"
#include "app/legacy_pick_up.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "ingest/remote_words.hpp"
#include "legacy/commands.hpp"
#include "legacy/import_answer.hpp"

namespace usagectl {

namespace {

struct ImportOptions : RemoteWords {
    std::string source;
    bool strict = false;
};

app::ImportLegacy
request_of(const ImportOptions& options, const cli::Context& context, ImportAnswer& answer) {
    app::ImportLegacy request;
    request.strict = options.strict;
    request.dry_run = context.globals.dry_run;
    request.line = [&](const app::ImportedLine& line) { answer.add(line); };
    return request;
}

// The same request, asked before with this key: its answer is given again.
bool answered(const cli::Keyed& keyed, cli::Context& context) {
    auto before = keyed.before();
    if (!before)
        return false;
    const auto view = import_view(*before);
    context.print(std::move(*before), view);
    return true;
}

Exit import_file(const ImportOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto sha256 = context.must(app::legacy_file_hash(options.source));
    const cli::Keyed keyed(
        context, cli::body_text(cli::Json{{"sha256", sha256}, {"strict", options.strict}})
    );
    if (answered(keyed, context))
        return Exit::done;
    ImportAnswer answer(context.globals.dry_run);
    auto request = request_of(options, context, answer);
    request.path = options.source;
    request.imported = [&](const app::LegacyImported& imported) {
        answer.take(imported);
        if (context.globals.idempotency_key && !request.dry_run)
            keyed.keep(answer.whole());
    };
    answer.begin(options.source);
    const auto imported = app::import_legacy(store, request, cli::actor_of(context), context.clock);
    if (!imported) {
        answer.refuse(imported.error());
        answer.each_reject([&](const std::string& line) { context.note(line); });
        context.fail(imported.error());
    }
    answer.show(context);
    return answer.failed().empty() ? Exit::done : Exit::rejected;
}

void pick_up_extracts(
    const ImportOptions& options, PickUps& pick_ups, cli::Context& context, ImportAnswer& answer
) {
    const auto request = request_of(options, context, answer);
    const auto actor = cli::actor_of(context);
    const app::ExtractObserver observer{
        [&](const std::string& shown) { answer.begin(shown); },
        [&](const app::LegacyImported& imported) { answer.take(imported); },
        [&](const Error& why) { answer.refuse(why); },
    };
    auto progress = context.progress("legacy import", 0);
    pick_ups.run({
        .purpose = app::extract_purpose,
        .take = app::take_extracts(context.store(), request, actor, context.clock, observer),
        .observer =
            {context.interrupted,
             [&](const std::string& name, auto done, auto total) {
                 progress.label("fetch " + name);
                 progress.expect(total.value_or(0));
                 progress.update(done);
             }},
        .failed = [&](const std::string& shown, Error why) { answer.fail(shown, std::move(why)); },
    });
    progress.finish();
    answer.seen(pick_ups.left(), pick_ups.known());
}

Exit import_remote(const ImportOptions& options, cli::Context& context) {
    PickUps pick_ups(context, options, "extracts");
    pick_ups.add(options.source);
    auto& store = context.store();
    const cli::Keyed keyed(
        context, cli::body_text(cli::Json{{"source", options.source}, {"strict", options.strict}})
    );
    if (answered(keyed, context))
        return Exit::done;
    ImportAnswer answer(context.globals.dry_run);
    try {
        pick_up_extracts(options, pick_ups, context, answer);
    } catch (const app::Interrupted&) {
        context.note("interrupted: finished files are kept, the open one is not");
        return Exit::interrupted;
    }
    if (context.globals.idempotency_key && !context.globals.dry_run)
        store.write([&] { keyed.keep(answer.whole()); });
    answer.show(context);
    std::vector<std::string> reasons;
    auto error = refusal_of(answer.failed(), answer.files(), reasons);
    if (!error)
        return Exit::done;
    for (const auto& reason : reasons)
        context.note(reason);
    context.fail(std::move(*error));
}

Exit run(const ImportOptions& options, cli::Context& context) {
    return is_remote_source(context, options.source) ? import_remote(options, context)
                                                     : import_file(options, context);
}

}  // namespace

cli::Command legacy_import_command() {
    cli::Spec spec;
    spec.path = {"legacy", "import"};
    spec.summary = "take in extracts of the legacy billing system";
    spec.description =
        "Keeps what an extract says of each account, for legacy lookup and account create. A line "
        "that cannot be read is told and leaves the others alone; the same content again is "
        "recognised. Plain or compressed, a file here or the files of a folder on a server, each "
        "taken once.";
    spec.words = {
        cli::bind(
            {.name = "SOURCE",
             .help = "a comma-separated file, the URL of a folder, or @NAME of a source",
             .complete = cli::Complete::file,
             .required = true},
            &ImportOptions::source
        ),
        cli::bind(
            {.name = "--strict", .help = "a line that is rejected rejects its file"},
            &ImportOptions::strict
        ),
    };
    words::append_remote_words<ImportOptions>(spec.words);
    spec.fields = import_fields();
    spec.examples = {
        {"usagectl legacy import extract.csv", "what is known of customers and meters"},
        {"usagectl legacy import extract.csv --strict --dry-run", "would all of it be taken?"},
        {"usagectl legacy import @billing", "the newest from the server, as a timer does"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file or source"},
        {Exit::refused, "a server or a file of secrets cannot be trusted"},
        {Exit::unavailable, "a file could not be read, a server or the store does not answer"},
        {Exit::rejected, "lines were rejected, or with --strict a file"},
    };
    spec.changes = true;
    return cli::command<ImportOptions>(std::move(spec), run);
}

}  // namespace usagectl
