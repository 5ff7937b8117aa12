// SPDX-License-Identifier: MIT
#include "ingest/fetch_readings.hpp"

#include "app/ingest_pick_up.hpp"
#include "cli/actor.hpp"
#include "ingest/pick_up.hpp"

namespace usagectl {

namespace {

void add_named(PickUps& pick_ups, const std::string& sources) {
    if (sources == "all") {
        pick_ups.add_all();
        return;
    }
    std::size_t begin = 0;
    while (begin <= sources.size()) {
        const auto end = std::min(sources.find(',', begin), sources.size());
        pick_ups.add("@" + sources.substr(begin, end - begin));
        begin = end + 1;
    }
}

}  // namespace

app::IngestRequest ingest_request(const cli::Context& context) {
    const auto& settings = context.settings;
    app::IngestRequest request;
    request.zone = context.must(Zone::find(settings.text("timezone")));
    request.dry_run = context.globals.dry_run;
    request.future = std::chrono::minutes(settings.integer("ingest.future_minutes"));
    request.expansion.ratio =
        static_cast<std::uint64_t>(settings.integer("ingest.max_expansion_ratio"));
    request.expansion.total_bytes =
        static_cast<std::uint64_t>(settings.integer("ingest.max_expansion_bytes"));
    return request;
}

FetchedReadings fetch_readings(cli::Context& context, const std::string& sources) {
    const RemoteWords words;
    PickUps pick_ups(context, words, "readings");
    add_named(pick_ups, sources);
    const auto request = ingest_request(context);
    const auto actor = cli::actor_of(context);
    auto progress = context.progress("fetch", 0);
    app::IngestObserver observer;
    observer.interrupted = context.interrupted;
    observer.progress = [&](std::uint64_t done, std::optional<std::uint64_t> total) {
        progress.expect(total.value_or(0));
        progress.update(done);
    };
    FetchedReadings fetched;
    pick_ups.run({
        .take = app::take_readings(
            context.store(), request, actor, context.clock, observer, fetched.files
        ),
        .observer =
            {context.interrupted,
             [&](const std::string& name, auto done, auto total) {
                 progress.label("fetch " + name);
                 progress.expect(total.value_or(0));
                 progress.update(done);
             }},
        .failed =
            [&](const std::string& shown, Error error) {
                auto& report = fetched.files.emplace_back();
                report.path = shown;
                report.error = std::move(error);
            },
    });
    progress.finish();
    fetched.left = pick_ups.left();
    return fetched;
}

}  // namespace usagectl
