// SPDX-License-Identifier: MIT
// usagectl ingest: files in, blocks stored.
#include "app/ingest.hpp"

#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
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

cli::Json instant_or_null(const std::optional<Instant>& at) {
    return at ? cli::Json(format_instant(*at)) : cli::Json(nullptr);
}

void add_figures(cli::Json& into, const meter::ReadTally& tally, const meter::Counts& counts) {
    into["records"] = tally.records;
    into["intervals"] = tally.intervals;
    into["stored"] = counts.stored;
    into["unchanged"] = counts.unchanged;
    into["superseded"] = counts.superseded;
    into["rejected"] = counts.rejected;
    into["total_wh"] = tally.total_wh;
    into["first"] = instant_or_null(tally.first);
    into["last"] = instant_or_null(tally.last);
}

cli::Json to_json(const app::FileReport& report) {
    cli::Json file;
    file["path"] = report.path;
    file["format"] = report.format ? cli::Json(to_string(*report.format)) : cli::Json(nullptr);
    file["sha256"] = report.sha256.empty() ? cli::Json(nullptr) : cli::Json(report.sha256);
    file["status"] = to_string(report.status);
    add_figures(file, report.tally, report.counts);
    file["meters"] = report.counts.meters;
    file["blanks"] = report.tally.blanks;
    file["rounded"] = report.tally.rounded;
    file["reason"] = report.error ? cli::Json(report.error->message) : cli::Json(nullptr);
    return file;
}

// The sums over all files; `meters` would count a meter once per file, so it is left out.
cli::Json sum(const std::vector<app::FileReport>& reports) {
    meter::ReadTally tally;
    meter::Counts counts;
    for (const auto& report : reports) {
        tally.records += report.tally.records;
        tally.intervals += report.tally.intervals;
        tally.total_wh += report.tally.total_wh;
        counts.stored += report.counts.stored;
        counts.unchanged += report.counts.unchanged;
        counts.superseded += report.counts.superseded;
        counts.rejected += report.counts.rejected;
        const auto& first = report.tally.first;
        const auto& last = report.tally.last;
        if (first && (!tally.first || *first < *tally.first)) tally.first = first;
        if (last && (!tally.last || *last > *tally.last)) tally.last = last;
    }
    cli::Json totals;
    totals["files"] = reports.size();
    add_figures(totals, tally, counts);
    return totals;
}

// One exit code for many files: the common one when all that failed failed alike, else 6.
Exit outcome(const std::vector<app::FileReport>& reports) {
    std::optional<Exit> worst;
    for (const auto& report : reports) {
        const bool sound = report.status == app::FileStatus::loaded ||
                           report.status == app::FileStatus::duplicate;
        if (sound) continue;
        const auto exit = report.error ? report.error->exit : Exit::rejected;
        worst = worst && *worst != exit ? Exit::rejected : exit;
    }
    return worst.value_or(Exit::done);
}

// 1234567 as "1,234,567".
std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (auto at = text.size(); at > sign + 3;) text.insert(at -= 3, ",");
    return text;
}

std::string footing(const std::vector<app::FileReport>& reports, const cli::Json& totals) {
    const auto figure = [&](std::string_view key) {
        return grouped(totals[std::string(key)].get<std::int64_t>());
    };
    return std::to_string(reports.size()) + (reports.size() == 1 ? " file: " : " files: ") +
           figure("intervals") + " intervals = " + figure("stored") + " stored + " +
           figure("unchanged") + " unchanged + " + figure("superseded") + " superseded + " +
           figure("rejected") + " rejected; " + figure("total_wh") + " Wh";
}

Exit run(const IngestOptions& options, cli::Context& context) {
    const auto request = make_request(options, context);
    auto& store = context.store();
    const auto actor = cli::actor_of(context);
    RejectLog rejects(options.rejects, context);
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
    const auto reports = app::ingest(store, request, actor, context.clock, observer);
    rejects.finish();

    cli::Json root;
    root["files"] = cli::Json::array();
    for (const auto& report : reports) root["files"].push_back(to_json(report));
    root["totals"] = sum(reports);
    root["dry_run"] = context.globals.dry_run;
    cli::Context::View view;
    view.columns = {
        {"path", "FILE"},
        {"format", "FORMAT"},
        {"status", "STATUS"},
        {"meters", "METERS", true},
        {"intervals", "INTERVALS", true},
        {"stored", "STORED", true},
        {"unchanged", "UNCHANGED", true},
        {"superseded", "SUPERSEDED", true},
        {"rejected", "REJECTED", true},
        {"total_wh", "WH", true},
    };
    view.footing = {footing(reports, root["totals"])};
    if (context.globals.dry_run) view.footing.emplace_back("dry run: nothing was kept");
    context.print(std::move(root), view);
    return outcome(reports);
}

}  // namespace

namespace {

std::vector<cli::Field> fields() {
    return {
        {"files[].path", "string", "the file as named"},
        {"files[].format", "string", "lse, smt-csv, espi, nem12 or csv", true},
        {"files[].sha256", "string", "of the file as given", true},
        {"files[].status", "string", "loaded, duplicate, partial or rejected"},
        {"files[].records", "integer", "data records read"},
        {"files[].intervals", "integer", "intervals read; blanks are none"},
        {"files[].stored", "integer", "of these, stored"},
        {"files[].unchanged", "integer", "of these, already stored with the same value"},
        {"files[].superseded", "integer", "of these, older than what is stored"},
        {"files[].rejected", "integer", "of these, not taken"},
        {"files[].total_wh", "integer", "control total of what was read and not rejected"},
        {"files[].first", "instant", "start of the earliest interval", true},
        {"files[].last", "instant", "end of the latest interval", true},
        {"files[].meters", "integer", "meters seen"},
        {"files[].blanks", "integer", "values left blank"},
        {"files[].rounded", "integer", "values finer than 1 Wh, rounded half-even"},
        {"files[].reason", "string", "why the file as a whole was not taken", true},
        {"totals.files", "integer", "files seen"},
        {"totals.records", "integer", "sum over the files"},
        {"totals.intervals", "integer", "sum over the files"},
        {"totals.stored", "integer", "sum over the files"},
        {"totals.unchanged", "integer", "sum over the files"},
        {"totals.superseded", "integer", "sum over the files"},
        {"totals.rejected", "integer", "sum over the files"},
        {"totals.total_wh", "integer", "sum over the files"},
        {"totals.first", "instant", "earliest of the files", true},
        {"totals.last", "instant", "latest of the files", true},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
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
    spec.fields = fields();
    spec.examples = {
        {"usagectl ingest outbox/", "take every file of a directory"},
        {"usagectl ingest --dry-run --rejects bad.jsonl day.lse.gz", "try a file and see its errors"},
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
