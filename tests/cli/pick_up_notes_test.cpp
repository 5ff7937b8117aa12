// SPDX-License-Identifier: MIT
// What a connection says of itself comes out of one thread, whichever it was said in.
#include "ingest/pick_up.hpp"

#include <sstream>
#include <thread>

#include <catch2/catch.hpp>

#include "app/ingest_pick_up.hpp"
#include "link/memory_folder.hpp"
#include "store/place.hpp"
#include "support/run_command.hpp"
#include "support/scratch.hpp"

using namespace usagectl;

namespace {

const Instant now = instant(1'790'000'000);

// Tells of every transfer, as connections do with --verbose.
class TellingFolder final : public app::RemoteFolder {
public:
    TellingFolder(test::MemoryFolder& folder, std::function<void(std::string)> log)
        : folder_(folder)
        , log_(std::move(log)) {}
    const std::string& shown() const override { return folder_.shown(); }
    std::vector<app::RemoteFile> list() override {
        log_("LIST");
        return folder_.list();
    }
    void fetch(
        const std::string& name,
        const std::string& path,
        const std::function<bool(std::uint64_t)>& progress
    ) override {
        log_("GET " + name);
        folder_.fetch(name, path, progress);
    }
    void move(const std::string& name, const std::string& folder) override {
        folder_.move(name, folder);
    }
    void remove(const std::string& name) override { folder_.remove(name); }

private:
    test::MemoryFolder& folder_;
    std::function<void(std::string)> log_;
};

class OneFolder final : public cli::Network {
public:
    std::unique_ptr<app::RemoteFolder>
    folder(const cli::Source&, const cli::NetworkUse& use) override {
        return std::make_unique<TellingFolder>(memory, use.log);
    }
    std::unique_ptr<market::Market> market(const Zone&, const cli::NetworkUse&) override {
        return nullptr;
    }
    std::unique_ptr<app::Pace>
    pace(std::function<bool()>, std::function<void(std::string_view)>) override {
        return nullptr;
    }

    test::MemoryFolder memory;
};

struct Note {
    std::string text;
    std::thread::id thread;
};

struct NotedRun {
    std::vector<Note> notes;
    std::vector<app::FileReport> reports;
};

NotedRun run(OneFolder& network, bool interrupted = false) {
    const test::Sqlite place;
    const auto store = place.open();
    const test::Scratch scratch;
    const cli::Environment environment = [&](std::string_view name) {
        return name == "XDG_STATE_HOME" ? std::optional(scratch.path()) : std::nullopt;
    };
    const auto settings = cli::Settings::read(environment, {}, std::nullopt).value();
    std::istringstream in;
    std::ostringstream out;
    cli::Streams io{in, out, out};
    cli::Globals globals;
    globals.verbose = true;
    cli::Spec spec;
    spec.path = {"ingest"};
    const std::vector<std::string> arguments;
    const FixedClock clock(now);
    test::NoStores stores;
    NotedRun ran;
    cli::Context context{
        .io = io,
        .globals = globals,
        .settings = settings,
        .spec = spec,
        .arguments = arguments,
        .clock = clock,
        .registry = {},
        .environment = environment,
        .store = [&]() -> app::Store& { return *store; },
        .store_url = {},
        .secret_store_url = {},
        .stores = stores,
        .network = network,
        .settle_clock = {},
        .print = {},
        .stream = {},
        .note =
            [&](std::string_view text) {
                ran.notes.push_back({std::string(text), std::this_thread::get_id()});
            },
        .progress = {},
        .interrupted = [] { return false; },
    };
    const RemoteWords words;
    PickUps pick_ups(context, words, "readings");
    pick_ups.add("sftp://files.example.com/outbox/");
    app::IngestRequest request;
    request.zone = Zone::find("UTC").value();
    const app::Actor actor{"ann", "os", "ingest", "[]"};
    const app::IngestObserver observer;
    try {
        pick_ups.run({
            .take = app::take_readings(*store, request, actor, clock, observer, ran.reports),
            .observer = {[&] { return interrupted; }, {}},
            .failed = [](const std::string& shown,
                         Error error) { FAIL(shown << ": " << error.message); },
        });
    } catch (const app::Interrupted&) {
        CHECK(interrupted);
    }
    return ran;
}

void post(OneFolder& network) {
    for (const std::string name : {"a", "b", "c"}) {
        network.memory.files[name + ".csv"] = {
            "meter,start,wh\n" + name + ",2026-09-20T00:00:00Z,1\n", now - std::chrono::hours(24)};
    }
}

}  // namespace

TEST_CASE("notes of a transfer are written by the thread that owns the streams") {
    OneFolder network;
    post(network);
    const auto ran = run(network);
    for (const auto& report : ran.reports)
        CHECK((report.error ? report.error->message : "") == "");
    CHECK(ran.reports.size() == 3);
    std::vector<std::string> texts;
    for (const auto& note : ran.notes) {
        texts.push_back(note.text);
        CHECK(note.thread == std::this_thread::get_id());
    }
    CHECK(texts == std::vector<std::string>{"LIST", "GET a.csv", "GET b.csv", "GET c.csv", "LIST"});
}

TEST_CASE("notes of a transfer that is interrupted are not lost") {
    OneFolder network;
    post(network);
    const auto ran = run(network, true);
    REQUIRE(ran.notes.size() >= 2);
    CHECK(ran.notes[1].text == "GET a.csv");
}
