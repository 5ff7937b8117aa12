// SPDX-License-Identifier: MIT
// Files of a server are taken once each, whatever is cut, grows, or dies.
#include "app/ingest_pick_up.hpp"

#include <catch2/catch.hpp>

#include "input/staging.hpp"
#include "link/memory_folder.hpp"
#include "link/scripted_market.hpp"
#include "store/place.hpp"
#include "support/scratch.hpp"

using namespace usagectl;
using test::MemoryFolder;
using test::Postgres;
using test::Sqlite;

namespace {

const Instant now = instant(1'790'000'000);
const Instant yesterday = now - std::chrono::hours(24);

std::string csv(const std::string& meter, int wh) {
    return "meter,start,wh\n" + meter + ",2026-09-20T00:00:00Z," + std::to_string(wh) + "\n" +
           meter + ",2026-09-20T00:15:00Z,7\n";
}

template <class Engine>
class House {
public:
    House()
        : store(place.open()) {
        request.zone = Zone::find("America/Chicago").value();
        wish.staging = scratch.path("incoming");
        folder.files["a.csv"] = {csv("1", 10), yesterday};
        folder.files["b.csv"] = {csv("2", 20), yesterday};
    }

    struct Ran {
        std::vector<app::FileReport> files;
        app::PickedUp taken;
        std::optional<Error> ended;
    };
    Ran run() {
        const FixedClock clock(now);
        const auto actor = test::sample_actor();
        const app::IngestObserver observer;
        Ran ran;
        const auto take = app::take_readings(*store, request, actor, clock, observer, ran.files);
        wish.dry_run = request.dry_run;
        auto answer = app::pick_up(*store, folder, wish, take, clock, {});
        ran.taken = std::move(answer.taken);
        ran.ended = std::move(answer.ended);
        return ran;
    }
    std::size_t stored() {
        std::size_t meters = 0;
        store->meters().each("", [&](const meter::Meter&) { return ++meters > 0; });
        return meters;
    }

    Engine place;
    std::unique_ptr<app::Store> store;
    test::Scratch scratch;
    MemoryFolder folder;
    app::PickUp wish;
    app::IngestRequest request;
};

}  // namespace

TEMPLATE_TEST_CASE("what was taken is not fetched again", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    const auto first = house.run();
    CHECK_FALSE(first.ended);
    REQUIRE(first.files.size() == 2);
    CHECK(first.files[0].path == "sftp://files.example.com/outbox/a.csv");
    CHECK(first.files[0].status == app::FileStatus::loaded);
    const auto second = house.run();
    CHECK(second.files.empty());
    CHECK(second.taken.known == 2);
    CHECK(house.folder.fetched["a.csv"] == 1);

    // Other content under an old name is another file; old content under another name is not.
    house.folder.files["a.csv"] = {csv("3", 30), now - std::chrono::hours(1)};
    house.folder.files["c.csv"] = {csv("2", 20), yesterday};
    const auto third = house.run();
    REQUIRE(third.files.size() == 2);
    CHECK(third.files[0].status == app::FileStatus::loaded);
    CHECK(third.files[1].status == app::FileStatus::duplicate);
    CHECK(house.stored() == 3);
}

TEMPLATE_TEST_CASE("a cut transfer goes on where it stopped", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.folder.cut_after = 20;
    house.folder.cuts = 2;
    const auto taken = house.run();
    CHECK_FALSE(taken.ended);
    CHECK(taken.files.size() == 2);
    CHECK(house.folder.bytes == csv("1", 10).size() + csv("2", 20).size());
}

TEMPLATE_TEST_CASE(
    "a server that stays away keeps what was fetched for the next run", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.folder.cut_after = 5;
    house.folder.cuts = 4;
    const auto cut = house.run();
    REQUIRE(cut.ended);
    CHECK(cut.ended->code == "network_cut");
    CHECK(cut.files.empty());
    CHECK(house.folder.bytes == 20);
    const auto taken = house.run();
    CHECK(taken.files.size() == 2);
    CHECK(house.folder.bytes == csv("1", 10).size() + csv("2", 20).size());
}

TEMPLATE_TEST_CASE("files still being written are left", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.folder.grows = "b.csv";
    house.folder.files["c.csv.part"] = {csv("4", 1), yesterday};
    house.folder.files["young.csv"] = {csv("5", 1), now - std::chrono::seconds(5)};
    auto taken = house.run();
    CHECK(taken.files.size() == 1);
    REQUIRE(taken.taken.left.size() == 3);
    CHECK(taken.taken.left[0].path == "sftp://files.example.com/outbox/c.csv.part");
    CHECK(taken.taken.left[2].reason == "it is still growing");
    CHECK(house.stored() == 1);
    house.folder.grows.clear();
    house.folder.files["b.csv"].content = csv("2", 20);
    taken = house.run();
    CHECK(taken.files.size() == 1);
    CHECK(house.stored() == 2);
}

TEMPLATE_TEST_CASE("a file leaves the server only when it is safe here", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.wish.afterwards = app::Afterwards::archive;
    house.wish.archive = "done";
    house.folder.cut_moves = true;
    const auto cut = house.run();
    REQUIRE(cut.ended);
    CHECK(cut.files.size() == 2);
    CHECK(house.folder.files.size() == 2);
    house.folder.cut_moves = false;
    const auto taken = house.run();
    CHECK_FALSE(taken.ended);
    CHECK(taken.files.empty());
    CHECK(taken.taken.known == 2);
    CHECK(taken.taken.finished == 2);
    CHECK(house.folder.files.empty());
    CHECK(house.folder.archive.count("done/a.csv") == 1);
    CHECK(house.folder.fetched["a.csv"] == 1);
}

TEMPLATE_TEST_CASE("a file that cannot be archived keeps no other from it", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.wish.afterwards = app::Afterwards::archive;
    house.wish.archive = "done";
    house.folder.keeps = "a.csv";
    for (int i = 0; i < 2; ++i) {
        const auto run = house.run();
        REQUIRE(run.ended);
        CHECK(run.ended->code == "remote_refused");
        REQUIRE(run.taken.left.size() == 1);
        CHECK(run.taken.left[0].path.ends_with("/a.csv"));
        CHECK(house.folder.files.size() == 1);
        CHECK(house.folder.archive.size() == 1);
    }
    house.folder.keeps.clear();
    CHECK(house.run().taken.finished == 1);
}

TEMPLATE_TEST_CASE(
    "a refused file stays on the server and is not fetched for ever", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.wish.afterwards = app::Afterwards::remove;
    house.folder.files["bad.csv"] = {"no meter data\n", yesterday};
    const auto first = house.run();
    REQUIRE(first.files.size() == 3);
    CHECK(first.files[2].status == app::FileStatus::rejected);
    CHECK(house.folder.files.size() == 1);
    CHECK(house.run().files.empty());
    CHECK(house.folder.fetched["bad.csv"] == 1);
}

TEMPLATE_TEST_CASE("patterns choose, and a dry run keeps nothing", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.wish.pattern = "a*";
    house.wish.afterwards = app::Afterwards::remove;
    house.request.dry_run = true;
    const auto dry = house.run();
    REQUIRE(dry.files.size() == 1);
    CHECK(dry.files[0].counts.stored == 2);
    CHECK(house.stored() == 0);
    CHECK(house.folder.files.size() == 2);
    house.request.dry_run = false;
    CHECK(house.run().files.size() == 1);
    CHECK(house.folder.files.count("b.csv") == 1);
}

TEMPLATE_TEST_CASE(
    "a server that tells neither size nor time is told by content", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    House<TestType> house;
    house.folder.tells = false;
    CHECK(house.run().files.size() == 2);
    const auto again = house.run();
    REQUIRE(again.files.size() == 2);
    CHECK(again.files[0].status == app::FileStatus::duplicate);
}

TEST_CASE("one process at a time picks up from a folder") {
    House<Sqlite> house;
    const auto held = input::Staging::open(house.wish.staging, house.folder.shown());
    REQUIRE(held);
    const auto second = house.run();
    REQUIRE(second.ended);
    CHECK(second.ended->code == "staging_busy");
    CHECK(second.ended->retryable);
}
