// SPDX-License-Identifier: MIT
#include "ingest/answer.hpp"

#include <algorithm>

#include "cli/json_values.hpp"
#include "ingest/refusal.hpp"

namespace usagectl {

namespace {

void add_figures(cli::Json& into, const meter::ReadTally& tally, const meter::Counts& counts) {
    into["records"] = tally.records;
    into["intervals"] = tally.intervals;
    into["stored"] = counts.stored;
    into["unchanged"] = counts.unchanged;
    into["superseded"] = counts.superseded;
    into["rejected"] = counts.rejected;
    into["total_wh"] = tally.total_wh;
    into["first"] = cli::instant_json(tally.first);
    into["last"] = cli::instant_json(tally.last);
}

cli::Json to_json(const app::FileReport& report) {
    cli::Json file;
    file["path"] = report.path;
    file["format"] = cli::name_json(report.format);
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
        if (first && (!tally.first || *first < *tally.first))
            tally.first = first;
        if (last && (!tally.last || *last > *tally.last))
            tally.last = last;
    }
    cli::Json totals;
    totals["files"] = reports.size();
    add_figures(totals, tally, counts);
    return totals;
}

// 1234567 as "1,234,567".
std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    const std::size_t sign = number < 0 ? 1 : 0;
    for (auto at = text.size(); at > sign + 3;)
        text.insert(at -= 3, ",");
    return text;
}

std::string footing(const cli::Json& totals) {
    const auto files = totals["files"].get<std::uint64_t>();
    const auto figure = [&](std::string_view key) {
        return grouped(totals[std::string(key)].get<std::int64_t>());
    };
    return std::to_string(files) + (files == 1 ? " file: " : " files: ") + figure("intervals") +
           " intervals = " + figure("stored") + " stored + " + figure("unchanged") +
           " unchanged + " + figure("superseded") + " superseded + " + figure("rejected") +
           " rejected; " + figure("total_wh") + " Wh";
}

}  // namespace

cli::Json ingest_json(
    const std::vector<app::FileReport>& reports,
    const std::vector<std::string>& left,
    std::uint64_t known,
    bool dry_run
) {
    cli::Json root;
    root["files"] = cli::Json::array();
    for (const auto& report : reports)
        root["files"].push_back(to_json(report));
    root["totals"] = sum(reports);
    root["left"] = left;
    root["known"] = known;
    root["dry_run"] = dry_run;
    return root;
}

cli::Context::View ingest_view(const cli::Json& root) {
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
    view.footing = {footing(root["totals"])};
    for (const auto& file : root["left"])
        view.footing.push_back("left " + file.get<std::string>());
    if (const auto known = root["known"].get<std::uint64_t>(); known > 0)
        view.footing.push_back(std::to_string(known) + " on the server had been taken before");
    if (root["dry_run"].get<bool>())
        view.footing.emplace_back("dry run: nothing was kept");
    return view;
}

Exit ingest_exit(const cli::Json& root) {
    const auto& files = root["files"];
    const bool sound = std::all_of(files.begin(), files.end(), [](const cli::Json& file) {
        return file["status"] == "loaded" || file["status"] == "duplicate";
    });
    return sound ? Exit::done : Exit::rejected;
}

std::optional<Error>
ingest_refusal(const std::vector<app::FileReport>& reports, std::vector<std::string>& reasons) {
    std::vector<NotTaken> failed;
    for (const auto& report : reports) {
        const bool sound =
            report.status == app::FileStatus::loaded || report.status == app::FileStatus::duplicate;
        if (!sound)
            failed.push_back({report.path, report.error});
    }
    return refusal_of(failed, reports.size(), reasons);
}

std::vector<cli::Field> ingest_fields() {
    return {
        {"files[].path", "string", "the file as named"},
        {"files[].format", "string", "lse, smt-csv, espi, nem12, csv or rejects", true},
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
        {"left", "array", "files on servers left for the next run, with the reason"},
        {"known", "integer", "files on servers taken in earlier runs"},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
}

}  // namespace usagectl
