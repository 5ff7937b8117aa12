// SPDX-License-Identifier: MIT
#include "app/ingest_pick_up.hpp"

namespace usagectl::app {

namespace {

TakenAs taken_as(const FileReport& report) {
    return {
        report.sha256,
        std::string(to_string(report.status)),
        report.status == FileStatus::rejected,
        report.error && report.error->exit == Exit::unavailable};
}

}  // namespace

TakeFile take_readings(
    Store& store,
    const IngestRequest& request,
    const Actor& actor,
    const Clock& clock,
    const IngestObserver& observer,
    std::vector<FileReport>& reports
) {
    return [&](const std::string& path, const std::string& shown, const Keep& keep) {
        auto keeping = observer;
        keeping.keep = [&](const FileReport& report) { keep(taken_as(report)); };
        auto report = ingest_file(store, request, actor, clock, keeping, path, shown);
        if (observer.file)
            observer.file(report);
        auto as = taken_as(report);
        reports.push_back(std::move(report));
        return as;
    };
}

}  // namespace usagectl::app
