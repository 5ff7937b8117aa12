// SPDX-License-Identifier: MIT
// What only a server can do: go away, refuse, be the wrong one.
#include <catch2/catch.hpp>

#include "store/datastore.hpp"
#include "store/place.hpp"
#include "store/rows.hpp"
#include "store/samples.hpp"

using namespace usagectl;
using test::error_of;
using test::file;
using test::Postgres;

namespace {

// A store whose server process is known.
struct Victim {
    explicit Victim(const Postgres& place) {
        place.init();
        auto session = place.session();
        process = *store::find_integer(*session, "select pg_backend_pid()", {});
        raw = session.get();
        store = std::make_unique<store::Datastore>(std::move(session), "it");
    }
    std::int64_t process = 0;
    store::Session* raw = nullptr;
    std::unique_ptr<store::Datastore> store;
};

// Returns when the server process is gone.
void terminate(const Postgres& place, std::int64_t process) {
    const auto gone = store::find_integer(
        *place.session(), "select pg_terminate_backend(cast($1 as integer), 20000)", {process}
    );
    REQUIRE(gone == 1);
}

Error open_error(const std::string& url) {
    return error_of([&] { static_cast<void>(store::open_store({.url = url}, SystemClock())); });
}

}  // namespace

TEST_CASE("a server that goes away in the middle has stored nothing") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    const Victim victim(place);
    const auto observer = place.session();
    const std::string before = test::all_rows(*observer);
    const auto error = error_of([&] {
        victim.store->write([&] {
            test::file_in_transaction(*victim.store, {{{"1001"}}});
            terminate(place, victim.process);
            test::file_in_transaction(*victim.store, {{{"1002"}}});
        });
    });
    CHECK(error.code == "store_unreachable");
    CHECK(error.exit == Exit::unavailable);
    CHECK(error.retryable);
    CHECK(test::all_rows(*observer) == before);

    // The same command may be given again on the same store.
    CHECK(file(*victim.store, {{{"1002"}, {"1001"}}}).counts.stored == 8);
    CHECK(test::read_values(*victim.store, "1001").size() == 4);
}

TEST_CASE("a connection found dead between transactions is replaced without a word") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    const Victim victim(place);
    file(*victim.store, {{{"1001"}}});
    terminate(place, victim.process);
    CHECK(file(*victim.store, {{{"1001", test::day_after(1)}, {"1002"}}}).counts.stored == 8);
    CHECK(victim.store->meters().ids("", 10).size() == 2);
}

TEST_CASE("a read-only server, a missing right and a lock each have their own error") {
    REQUIRE_ENGINE(Postgres);
    struct Row {
        const char* setting;
        const char* code;
        Exit exit;
    };
    const auto row = GENERATE(
        Row{"set default_transaction_read_only = on", "store_read_only", Exit::unavailable},
        Row{"set role pg_monitor", "store_permission", Exit::refused}
    );
    const Postgres place;
    const Victim victim(place);
    // pg_monitor is a role every server has and that owns nothing here.
    victim.raw->script("do $$ begin execute 'grant usage on schema ' || current_schema() ||"
                       " ' to pg_monitor'; end $$");
    victim.raw->script("grant select on all tables in schema pg_catalog to pg_monitor");
    victim.raw->script(row.setting);
    const auto error = error_of([&] { file(*victim.store, {{{"1001"}}}); });
    CHECK(error.code == row.code);
    CHECK(error.exit == row.exit);
    CHECK_FALSE(error.hint.empty());
}

TEST_CASE("a lock inside the store is waited for only so long") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    const Victim victim(place);
    const auto other = place.session();
    other->begin(store::Access::write);
    other->script("lock table block in access exclusive mode");
    const auto error = error_of([&] { file(*victim.store, {{{"1001"}}}); });
    CHECK(error.code == "store_busy");
    CHECK(error.retryable);
    other->rollback();
    CHECK(file(*victim.store, {{{"1001"}}}).counts.stored == 4);
}

TEST_CASE("a server that is not there is unreachable, and the password stays secret") {
    REQUIRE_ENGINE(Postgres);
    struct Row {
        const char* url;
        const char* code;
    };
    const auto row = GENERATE(
        Row{"postgresql://bob:SECRET@127.0.0.1:1/usage", "store_unreachable"},
        Row{"postgresql://bob:SECRET@[::1/usage", "store_url_malformed"},
        Row{"postgresql://127.0.0.1:1/usage?password=SECRET&nonsense=1", "store_url_malformed"},
        Row{"postgresql://127.0.0.1:SECRET/usage", "store_unreachable"}
    );
    CAPTURE(row.url);
    const auto error = open_error(row.url);
    CHECK(error.code == row.code);
    if (std::string(row.url).find(":SECRET/") != std::string::npos)
        return;  // a port, not a secret
    CHECK((error.message + error.hint).find("SECRET") == std::string::npos);
}

TEST_CASE("of several hosts the one that can be written to is used") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    place.init();
    std::string url = place.url();
    url.insert(url.find('@') + 1, "127.0.0.1:1,");
    CHECK(store::store_status({.url = url}).exists);
    const auto error = error_of([&] {
        static_cast<void>(store::store_status({.url = place.url() + "&target_session_attrs=standby"}
        ));
    });
    CHECK(error.code == "store_unreachable");
}
