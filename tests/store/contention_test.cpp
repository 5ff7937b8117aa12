// SPDX-License-Identifier: MIT
// Several sessions on one store.
#include <filesystem>
#include <future>
#include <thread>

#include <catch2/catch.hpp>

#include "store/datastore.hpp"
#include "store/failing_session.hpp"
#include "store/place.hpp"
#include "store/samples.hpp"
#include "store/sql.hpp"
#include "store/sqlite.hpp"
#include "store/write_turn.hpp"

using namespace usagectl;
using namespace std::chrono_literals;
using test::error_of;
using test::FailingSession;
using test::file;
using test::Postgres;
using test::Sqlite;

namespace {

store::OpenOptions patient(const test::Place& place) {
    auto options = place.options();
    options.busy = std::chrono::seconds(20);
    return options;
}

}  // namespace

TEMPLATE_TEST_CASE(
    "a store that stays locked is busy, and may be tried again", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto first = place.open();
    const auto second = place.open();
    first->write([&] {
        first->lock_ingest();
        const auto error = error_of([&] { file(*second, {{{"1001"}}}); });
        CHECK(error.code == "store_busy");
        CHECK(error.exit == Exit::unavailable);
        CHECK(error.retryable);
        CHECK_FALSE(error.hint.empty());
    });
    CHECK(file(*second, {{{"1001"}}}).counts.stored == 4);
}

TEST_CASE("waiting for a turn and then for the file takes one limit, not two") {
    const Sqlite place;
    place.init();
    // By another name it is the same file, and another queue for turns.
    const auto other_name = place.directory() / "other.db";
    std::filesystem::create_symlink(place.path(), other_name);
    const auto other = store::open_sqlite({.path = other_name.string()});
    other->begin(store::Access::write);
    store::WriteTurn turn(place.path().string());
    REQUIRE(turn.take(0ms));

    constexpr auto limit = 2000ms;
    Error error;
    std::promise<void> ended;
    std::thread writer([&] {
        error = error_of([&] {
            const auto session = store::open_sqlite({.path = place.path().string(), .busy = limit});
            session->begin(store::Access::write);
            session->rollback();
        });
        ended.set_value();
    });
    std::this_thread::sleep_for(limit * 3 / 4);
    turn.give();
    // Long after the limit, and before the limit would be over that began with the turn.
    static_cast<void>(ended.get_future().wait_for(limit * 3 / 4));
    other->rollback();
    writer.join();
    CHECK(error.code == "store_busy");
}

TEMPLATE_TEST_CASE("writers wait for each other and all succeed", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    constexpr int writers = 4;
    constexpr int files = 5;
    std::vector<Error> errors(writers);
    std::vector<std::thread> threads;
    for (int writer = 0; writer < writers; ++writer) {
        threads.emplace_back([&, writer] {
            errors[static_cast<std::size_t>(writer)] = error_of([&] {
                const auto store = store::open_store(patient(place), FixedClock(test::some_day));
                for (int i = 0; i < files; ++i) {
                    const std::string own = std::to_string(writer) + "/" + std::to_string(i);
                    file(*store, {{{"shared"}, {own}, {"shared", test::day_after(i)}}});
                }
            });
        });
    }
    for (auto& thread : threads)
        thread.join();
    for (const auto& error : errors)
        CHECK(error.code.empty());

    const auto store = place.open();
    CHECK(store->meters().ids("", 1000).size() == writers * files + 1);
    CHECK(store->blocks().find_source(writers * files));
    std::vector<std::string> findings;
    store->check([&](std::string finding) { findings.push_back(std::move(finding)); });
    CHECK(findings.empty());
}

TEST_CASE("a missing store opened by many at once is made once") {
    const Sqlite place;
    constexpr std::size_t openers = 6;
    std::vector<Error> errors(openers);
    std::vector<std::thread> threads;
    for (auto& error : errors) {
        threads.emplace_back([&place, &error] {
            error = error_of([&] {
                const auto store = store::open_store(patient(place), FixedClock(test::some_day));
                store->write([&] { store->meters().save({"1001", "UTC", {}, {}, 1, {}}); });
            });
        });
    }
    for (auto& thread : threads)
        thread.join();
    for (const auto& error : errors)
        CHECK(error.message == "");
    CHECK(place.open()->meters().ids("", 10).size() == 1);
}

TEMPLATE_TEST_CASE(
    "meters made by another session meanwhile are found, not made twice", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto first = place.open();
    const auto second = place.open();
    file(*first, {{{"1001"}, {"1002"}}});
    file(*second, {{{"1003"}, {"1001"}}});
    const auto again = file(*first, {{{"1003", test::day_after(1)}, {"1004"}, {"1003"}}});
    CHECK(again.counts.stored == 8);
    CHECK(again.counts.unchanged == 4);
    CHECK(first->meters().ids("", 10).size() == 4);
}

TEST_CASE("a meter made by another session at any moment of a write is not made twice") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    const auto other = place.open();
    bool reached = true;
    for (int call = 1; reached; ++call) {
        const std::string meter = "m" + std::to_string(call);
        FailingSession::Trigger trigger;
        store::Datastore store(std::make_unique<FailingSession>(place.session(), trigger), "it");
        trigger = {
            true, call, 0, [&] {
                // While the numbers of meters are locked it cannot; then it is busy.
                static_cast<void>(error_of([&] {
                    other->write([&] { other->meters().save({meter, "UTC", {}, {}, 1, {}}); });
                }));
            }};
        CHECK(file(store, {{{"a" + meter}, {meter}, {"z" + meter}}}).counts.stored == 12);
        reached = trigger.calls >= call;
        CHECK(test::read_values(store, meter).size() == 4);
        REQUIRE(call < 100);
    }
}
