// SPDX-License-Identifier: MIT
// Whatever fails in the middle, the store is as it was before, and the next try works.
#include <catch2/catch.hpp>

#include "store/datastore.hpp"
#include "store/failing_session.hpp"
#include "store/place.hpp"
#include "store/rows.hpp"
#include "store/samples.hpp"

using namespace usagectl;
using test::day_after;
using test::error_of;
using test::FailingSession;
using test::monday;
using test::Postgres;
using test::Sqlite;

namespace {

// New meters, new blocks, a replaced one, one that arrives superseded, an audit row.
void do_everything(app::Store& store) {
    store.write([&] {
        store.lock_ingest();
        test::file_in_transaction(
            store,
            {{{"1001", monday, {9}, 2000},
              {"1002", monday, {9}, 500},
              {"1003", monday, {1, 2}, 2000},
              {"1003", day_after(1), {3}, 2000}},
             instant(200)}
        );
        store.meters().save({"1004", "UTC", {}, {}, 1, instant(200)});
        store.audit().append({0, instant(200), "ann", "root", "ingest", "[]", "done"});
    });
}

}  // namespace

TEMPLATE_TEST_CASE("a failure at any call of a write leaves nothing behind", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    test::file(
        *place.open(), {{{"1001", monday, {1}, 1000}, {"1002", monday, {2}, 1000}}, instant(100)}
    );
    const auto observer = place.session();
    const std::string before = test::all_rows(*observer);

    FailingSession::Trigger trigger;
    store::Datastore store(std::make_unique<FailingSession>(place.session(), trigger), "it");
    bool failed = true;
    while (failed) {
        trigger = {true, trigger.fail_at + 1, 0};
        failed = error_of([&] { do_everything(store); }).code == "store_failed";
        REQUIRE(trigger.fail_at < 100);
        if (failed)
            CHECK(test::all_rows(*observer) == before);
    }
    trigger.armed = false;
    CHECK(trigger.fail_at > 10);
    CHECK(test::read_values(store, "1001") == std::vector<std::int64_t>{9});
    CHECK(test::read_values(store, "1002") == std::vector<std::int64_t>{2});
    CHECK(test::read_values(store, "1003") == std::vector<std::int64_t>{1, 2});
    CHECK(store.meters().find("1004"));
    std::vector<std::string> findings;
    store.check([&](std::string finding) { findings.push_back(std::move(finding)); });
    CHECK(findings.empty());
}

TEMPLATE_TEST_CASE(
    "work that throws is rolled back and its exception passed on", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    struct Undo {};
    CHECK_THROWS_AS(
        store->write([&] {
            test::file_in_transaction(*store, {{{"1001"}}});
            throw Undo{};
        }),
        Undo
    );
    CHECK_FALSE(store->meters().find("1001"));
    CHECK_FALSE(store->blocks().extent());
    // The numbers given out before are void: another meter gets them now.
    test::file(*store, {{{"1002"}}});
    test::file(*store, {{{"1001", monday, {7}}}});
    CHECK(test::read_values(*store, "1001") == std::vector<std::int64_t>{7});
    CHECK(test::read_values(*store, "1002").size() == 4);
}

TEMPLATE_TEST_CASE("a read sees one state although another session writes", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto reader = place.open();
    const auto writer = place.open();
    test::file(*writer, {{{"1001", monday, {1}}}});
    reader->read([&] {
        CHECK(test::read_values(*reader, "1001") == std::vector<std::int64_t>{1});
        test::file(*writer, {{{"1001", monday, {2}}}});
        CHECK(test::read_values(*reader, "1001") == std::vector<std::int64_t>{1});
    });
    CHECK(test::read_values(*reader, "1001") == std::vector<std::int64_t>{2});
}
