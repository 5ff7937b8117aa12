// SPDX-License-Identifier: MIT
// usagectl ingest: files in, blocks stored.
#include "app/ingest.hpp"

#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "ingest/answer.hpp"
#include "ingest/commands.hpp"
#include "ingest/rejects.hpp"

namespace usagectl {

namespace {

struct IngestOptions {
    std::vector<std::string> sources;
    std::string format_in = "auto";
    meter::Layer layer = meter::Layer::vee;
    std::optional<std::string> timezone;
    std::optional<std::string> rejects;
    bool strict = false;
};

app::IngestRequest make_request(const IngestOptions& options, const cli::Context& context) {
    app::IngestRequest request;
    request.sources = options.sources;
    request.format = meter::parse_format(options.format_in);
    request.layer = options.layer;
    const auto& settings = context.settings;
    request.zone = context.must(Zone::find(options.timezone.value_or(settings.text("timezone"))));
    request.zone_is_explicit = options.timezone.has_value();
    request.strict = options.strict;
    request.dry_run = context.globals.dry_run;
    request.future = std::chrono::minutes(settings.integer("ingest.future_minutes"));
    request.expansion.ratio =
        static_cast<std::uint64_t>(settings.integer("ingest.max_expansion_ratio"));
    request.expansion.total_bytes =
        static_cast<std::uint64_t>(settings.integer("ingest.max_expansion_bytes"));
    return request;
}

cli::Json ingest_files(
    const app::IngestRequest& request,
    RejectLog& rejects,
    std::vector<app::FileReport>& reports,
    cli::Context& context
) {
    auto& store = context.store();
    auto progress = context.progress("ingest", 0);
    app::IngestObserver observer;
    observer.interrupted = context.interrupted;
    observer.progress = [&](std::uint64_t done, std::optional<std::uint64_t> total) {
        progress.expect(total.value_or(0));
        progress.update(done);
    };
    observer.reject = [&](const std::string& path, const meter::Reject& reject) {
        rejects.add(path, reject);
    };
    observer.file = [&](const app::FileReport& report) {
        progress.finish();
        rejects.close_file(report);
    };
    reports = app::ingest(store, request, cli::actor_of(context), context.clock, observer);
    rejects.finish();
    return ingest_json(reports, request.dry_run);
}

// The same sources and choices, however the words stood.
std::string request_of(const IngestOptions& options) {
    cli::Json body;
    body["sources"] = options.sources;
    body["format_in"] = options.format_in;
    body["layer"] = to_string(options.layer);
    body["timezone"] = options.timezone ? cli::Json(*options.timezone) : cli::Json(nullptr);
    body["strict"] = options.strict;
    return body.dump(-1, ' ', false, cli::Json::error_handler_t::replace);
}

Exit run(const IngestOptions& options, cli::Context& context) {
    const auto request = make_request(options, context);
    auto& store = context.store();
    const cli::Keyed keyed(context, request_of(options));
    if (auto before = keyed.before()) {
        const auto exit = ingest_exit(*before);
        const auto view = ingest_view(*before);
        context.print(std::move(*before), view);
        return exit;
    }
    RejectLog rejects(options.rejects, context);
    std::vector<app::FileReport> reports;
    cli::Json root;
    try {
        root = ingest_files(request, rejects, reports, context);
    } catch (const app::Interrupted&) {
        context.note("interrupted: finished files are kept, the open one is not");
        return Exit::interrupted;
    }
    if (context.globals.idempotency_key)
        store.write([&] { keyed.keep(root); });
    const auto view = ingest_view(root);
    context.print(std::move(root), view);
    std::vector<std::string> reasons;
    auto error = ingest_refusal(reports, reasons);
    if (!error)
        return Exit::done;
    for (const auto& reason : reasons)
        rejects.tell(reason);
    context.fail(std::move(*error));
}

}  // namespace

cli::Command ingest_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"ingest"};
    spec.summary = "read meter interval files into the store";
    spec.description =
        "Reads ERCOT LSE, Smart Meter Texas CSV, Green Button (ESPI), NEM12 and plain CSV files, "
        "told apart by content, plain or in .gz, .zip or .zst. A directory gives all its files; "
        "- is standard input. Each file is stored whole or not at all; a file that was taken "
        "before, by content, is a duplicate and changes nothing.";
    spec.words = {
        bind(
            {.name = "SOURCE",
             .help = "a file, a directory, or - for standard input",
             .complete = cli::Complete::file,
             .required = true,
             .repeatable = true},
            &IngestOptions::sources
        ),
        bind(
            {.name = "--format-in",
             .value = "FORMAT",
             .help = "the files' format instead of detection",
             .choices = {"auto", "lse", "smt-csv", "espi", "nem12", "csv"},
             .default_text = "auto"},
            &IngestOptions::format_in
        ),
        bind(
            {.name = "--layer",
             .value = "LAYER",
             .help = "where the values go: settled (vee) or on-demand (raw)",
             .choices = {"vee", "raw"},
             .default_text = "vee"},
            &IngestOptions::layer
        ),
        bind(
            {.name = "--timezone",
             .value = "ZONE",
             .help = "how to read local times, over what the file says",
             .complete = cli::Complete::timezone},
            &IngestOptions::timezone
        ),
        bind(
            {.name = "--rejects",
             .value = "FILE",
             .help = "write what was not taken to FILE, one JSON object a line",
             .complete = cli::Complete::file},
            &IngestOptions::rejects
        ),
        bind(
            {.name = "--strict", .help = "one bad record rejects its whole file"},
            &IngestOptions::strict
        ),
    };
    spec.item_list = "files";
    spec.fields = ingest_fields();
    spec.examples = {
        {"usagectl ingest outbox/", "take every file of a directory"},
        {"usagectl ingest --dry-run --rejects bad.jsonl day.lse.gz",
         "try a file and see its errors"},
        {"usagectl ingest --layer raw --format-in csv reads.csv", "file on-demand reads"},
    };
    spec.exits = {
        {Exit::not_found, "a source does not exist"},
        {Exit::unavailable, "a file could not be read, or the store could not be written"},
        {Exit::rejected, "a file, or part of one, was not taken"},
    };
    spec.changes = true;
    return cli::command<IngestOptions>(std::move(spec), run);
}

}  // namespace usagectl
