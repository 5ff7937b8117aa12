// SPDX-License-Identifier: MIT
#include "app/tariffs.hpp"

#include <catch2/catch.hpp>

#include "store/sql.hpp"
#include "tariff/tariff_text.hpp"

using namespace usagectl;
using test::add;
using test::flat_text;
using test::Postgres;
using test::Sqlite;

namespace {

std::size_t audit_rows(app::Store& store) {
    std::size_t rows = 0;
    store.audit().each({}, {}, 100, [&](const audit::Record&) {
        ++rows;
        return true;
    });
    return rows;
}

std::string last_outcome(app::Store& store) {
    std::string outcome;
    store.audit().each({}, {}, 1, [&](const audit::Record& record) {
        outcome = record.actor + ": " + record.outcome;
        return true;
    });
    return outcome;
}

LocalDay date(const char* text) {
    return *parse_day(text);
}

}  // namespace

TEMPLATE_TEST_CASE("versions are added, never edited", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const auto first = add(*store, flat_text("t", "2026-01-01"));
    REQUIRE(first);
    CHECK(first->version.version == 1);
    CHECK_FALSE(first->unchanged);
    CHECK(
        test::ann.name + ": tariff t version 1 added, effective 2026-01-01" == last_outcome(*store)
    );

    SECTION("the same text again is the version it was") {
        const auto again = add(*store, flat_text("t", "2026-01-01"));
        REQUIRE(again);
        CHECK(again->unchanged);
        CHECK(again->version.version == 1);
        CHECK(store->tariffs().versions("t").size() == 1);
        CHECK(last_outcome(*store) == "ann: tariff t version 1 was there already");
    }
    SECTION("another text that holds from the same day is refused, and leaves nothing") {
        const auto other = add(*store, flat_text("t", "2026-01-01", "0.11"));
        REQUIRE_FALSE(other);
        CHECK(other.error().code == "tariff_effective_taken");
        CHECK(other.error().exit == Exit::refused);
        CHECK(audit_rows(*store) == 1);
        CHECK(store->tariffs().versions("t").size() == 1);
    }
    SECTION("a dry run says what it would do") {
        const auto dry = add(*store, flat_text("t", "2026-06-01"), true);
        REQUIRE(dry);
        CHECK(dry->version.version == 2);
        CHECK(audit_rows(*store) == 1);
        CHECK(store->tariffs().versions("t").size() == 1);
    }
    SECTION("a file with mistakes is rejected whole") {
        const auto bad = add(*store, "name = \"t\"\neffective = 2026-13-01\n");
        REQUIRE_FALSE(bad);
        CHECK(bad.error().exit == Exit::rejected);
        CHECK(bad.error().code == "tariff_malformed");
        CHECK(bad.error().message.rfind("f.toml:2:", 0) == 0);
        const auto two = add(*store, "name = \"t\"\n");
        CHECK(two.error().message == "f.toml:1:1: the tariff has no effective (1 of 3 mistakes)");
    }
    SECTION("the text comes back byte for byte, with its hash") {
        const auto odd = flat_text("odd", "2026-01-01") + "# \xC3\xA9 'quoted' \\ \n\n";
        REQUIRE(add(*store, odd));
        const auto kept = store->tariffs().versions("odd");
        REQUIRE(kept.size() == 1);
        CHECK(kept[0].text == odd);
        CHECK(kept[0].sha256.size() == 64);
        CHECK(kept[0].added_at == test::some_day);
    }
}

TEMPLATE_TEST_CASE("names of tariffs come by their beginning, each once", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    using Names = std::vector<std::string>;
    const TestType place;
    const auto store = place.open();
    for (const auto* name : {"home-tou", "Home", "home-flat", "home", "shop"})
        REQUIRE(add(*store, flat_text(name, "2026-01-01")));
    REQUIRE(add(*store, flat_text("home", "2026-06-01")));
    CHECK(store->tariffs().names("", 10) == Names{"Home", "home", "home-flat", "home-tou", "shop"});
    CHECK(store->tariffs().names("home", 10) == Names{"home", "home-flat", "home-tou"});
    CHECK(store->tariffs().names("home", 2) == Names{"home", "home-flat"});
    CHECK(store->tariffs().names("home-", 10) == Names{"home-flat", "home-tou"});
    CHECK(store->tariffs().names("\xff'", 10).empty());
}

TEST_CASE("a check of the store finds a text that was tampered with") {
    const Sqlite place;
    const auto store = place.open();
    REQUIRE(add(*store, flat_text("t", "2026-01-01")));
    std::vector<std::string> found;
    const auto keep = [&](std::string finding) { found.push_back(std::move(finding)); };
    store->check(keep);
    CHECK(found.empty());
    place.session()->script("drop trigger tariff_update; update tariff set text = text || ' '");
    store->check(keep);
    CHECK(
        found == std::vector<std::string>{"version 1 of tariff t is not the text that was added"}
    );
}

TEMPLATE_TEST_CASE("the latest version that is effective holds", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    // Added out of order: a correction of the past comes last.
    REQUIRE(add(*store, flat_text("t", "2026-01-01")));
    REQUIRE(add(*store, flat_text("t", "2026-07-01")));
    REQUIRE(add(*store, flat_text("t", "2026-03-01")));
    REQUIRE(add(*store, flat_text("other", "2026-02-01")));
    const auto versions = *app::tariff_versions(*store, "t");
    struct Case {
        const char* day;
        std::int64_t version;
    };
    for (const auto& [day, version] : std::initializer_list<Case>{
             {"2025-12-31", 0},
             {"2026-01-01", 1},
             {"2026-02-28", 1},
             {"2026-03-01", 3},
             {"2026-06-30", 3},
             {"2026-07-01", 2},
             {"2099-01-01", 2}}) {
        CAPTURE(day);
        const auto* found = app::version_on(versions, date(day));
        CHECK((found == nullptr ? 0 : found->version) == version);
    }
    CHECK(app::last_day_of(versions, versions[0]) == date("2026-02-28"));
    CHECK(app::last_day_of(versions, versions[2]) == date("2026-06-30"));
    CHECK_FALSE(app::last_day_of(versions, versions[1]));

    const auto listed = app::list_tariffs(*store);
    REQUIRE(listed.size() == 4);
    CHECK(listed[0].version.name == "other");
    CHECK_FALSE(listed[0].until);
    CHECK(listed[1].version.version == 1);
    CHECK(listed[1].until == date("2026-02-28"));
    CHECK(listed[3].version.version == 2);

    CHECK(app::show_tariff(*store, {"t", 1, {}})->until == date("2026-02-28"));
    CHECK(app::show_tariff(*store, {"t", {}, {}})->version.version == 2);
    CHECK(app::show_tariff(*store, {"t", {}, date("2026-04-01")})->version.version == 3);
    CHECK(app::show_tariff(*store, {"t", 4, {}}).error().code == "tariff_version_unknown");
    CHECK(
        app::show_tariff(*store, {"t", {}, date("2025-01-01")}).error().code ==
        "tariff_not_in_force"
    );
    const auto unknown = app::show_tariff(*store, {"othr", {}, {}});
    CHECK(unknown.error().code == "tariff_unknown");
    CHECK(unknown.error().hint == "did you mean other?");
}
