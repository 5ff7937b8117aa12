// SPDX-License-Identifier: MIT
// usagectl ingest: files in, blocks stored.
#include "app/ingest_pick_up.hpp"

#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "ingest/answer.hpp"
#include "ingest/commands.hpp"
#include "ingest/fetch_readings.hpp"
#include "ingest/rejects.hpp"
#include "ingest/remote_words.hpp"

namespace usagectl {

namespace {

struct IngestOptions : RemoteWords {
    std::vector<std::string> sources;
    std::string format_in = "auto";
    meter::Layer layer = meter::Layer::vee;
    std::optional<std::string> timezone;
    std::optional<std::string> rejects;
    bool strict = false;
    bool all = false;
};

app::IngestRequest make_request(const IngestOptions& options, const cli::Context& context) {
    auto request = ingest_request(context);
    request.format = meter::parse_format(options.format_in);
    request.layer = options.layer;
    if (options.timezone)
        request.zone = context.must(Zone::find(*options.timezone));
    request.zone_is_explicit = options.timezone.has_value();
    request.strict = options.strict;
    return request;
}

// Local sources into the request, the others to be picked up.
void sort_sources(
    const IngestOptions& options,
    const cli::Context& context,
    app::IngestRequest& request,
    PickUps& pick_ups
) {
    if (options.sources.empty() != options.all) {
        context.fail({
            Exit::usage,
            "source_unnamed",
            options.all ? "--all takes no further sources" : "no source is named",
            "name files, directories, URLs or @NAME, or take --all of the configured ones",
        });
    }
    if (options.all)
        pick_ups.add_all();
    for (const auto& source : options.sources) {
        if (is_remote_source(context, source))
            pick_ups.add(source);
        else
            request.sources.push_back(source);
    }
}

cli::Json ingest_files(
    app::IngestRequest& request,
    PickUps& pick_ups,
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
    if (!pick_ups.empty()) {
        const auto fetching = [&](const std::string& name, auto done, auto total) {
            progress.label("fetch " + name);
            progress.expect(total.value_or(0));
            progress.update(done);
        };
        const auto actor = cli::actor_of(context);
        pick_ups.run({
            .take = app::take_readings(store, request, actor, context.clock, observer, reports),
            .observer = {context.interrupted, fetching},
            .failed =
                [&](const std::string& shown, Error error) {
                    app::FileReport report;
                    report.path = shown;
                    report.error = std::move(error);
                    observer.file(report);
                    reports.push_back(std::move(report));
                },
        });
    }
    rejects.finish();
    return ingest_json(reports, pick_ups.left(), pick_ups.known(), request.dry_run);
}

// The same sources and choices, however the words stood.
std::string request_of(const IngestOptions& options) {
    cli::Json body;
    body["sources"] = options.sources;
    body["all"] = options.all;
    body["format_in"] = options.format_in;
    body["layer"] = to_string(options.layer);
    body["timezone"] = cli::value_json(options.timezone);
    body["strict"] = options.strict;
    return cli::body_text(body);
}

Exit run(const IngestOptions& options, cli::Context& context) {
    auto request = make_request(options, context);
    PickUps pick_ups(context, options, "readings");
    sort_sources(options, context, request, pick_ups);
    auto& store = context.store();
    const cli::Keyed keyed(context, request_of(options));
    if (auto before = keyed.before()) {
        const auto exit = ingest_exit(*before);
        const auto view = ingest_view(*before);
        context.print(std::move(*before), view);
        return exit;
    }
    RejectLog rejects(options.rejects, request, context);
    std::vector<app::FileReport> reports;
    cli::Json root;
    try {
        root = ingest_files(request, pick_ups, rejects, reports, context);
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
        "before, by content, is a duplicate and changes nothing. A file that --rejects wrote is "
        "read as well, each record in its own format.";
    spec.words = {
        bind(
            {.name = "SOURCE",
             .help = "a file, a directory, - for standard input, a URL, or @NAME of a source",
             .complete = cli::Complete::file,
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
    spec.words.push_back(bind(
        {.name = "--all", .help = "pick up from every source of the configuration"},
        &IngestOptions::all
    ));
    words::append_remote_words<IngestOptions>(spec.words);
    spec.item_list = "files";
    spec.fields = ingest_fields();
    spec.examples = {
        {"usagectl ingest outbox/", "take every file of a directory"},
        {"usagectl ingest --dry-run --rejects bad.jsonl day.lse.gz",
         "try a file and see its errors"},
        {"usagectl ingest corrected.jsonl --rejects left.jsonl",
         "take corrected records in, write down what is still wrong"},
        {"usagectl ingest --layer raw --format-in csv reads.csv", "file on-demand reads"},
        {"usagectl ingest sftp://rep1@files.example.com/outbox/ --pattern '*.lse*'",
         "pick up settled data from a server"},
        {"usagectl ingest --all", "every source of the configuration, as a timer does"},
    };
    spec.exits = {
        {Exit::not_found, "a source does not exist"},
        {Exit::refused, "a server or a file of secrets cannot be trusted"},
        {Exit::unavailable, "a file could not be read, a server or the store does not answer"},
        {Exit::rejected, "a file, or part of one, was not taken"},
    };
    spec.changes = true;
    return cli::command<IngestOptions>(std::move(spec), run);
}

}  // namespace usagectl
