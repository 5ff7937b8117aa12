// SPDX-License-Identifier: MIT
// The meter table and the audit record.
#include <catch2/catch.hpp>

#include "store/place.hpp"
#include "store/samples.hpp"

using namespace usagectl;
using test::file;
using test::Postgres;
using test::Sqlite;

namespace {

using Names = std::vector<std::string>;

Names names_from(app::Store& store, std::string_view from, std::size_t limit = 1'000'000) {
    Names names;
    store.meters().each(from, [&](const meter::Meter& meter) {
        names.push_back(meter.id);
        return names.size() < limit;
    });
    return names;
}

}  // namespace

TEMPLATE_TEST_CASE(
    "meters are listed in byte order whatever the server sorts by", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file(*store, {{{"b1"}, {"B2"}, {"a/1"}, {"10"}, {"9"}, {"a.1"}, {"_z"}}});
    CHECK(names_from(*store, "") == Names{"10", "9", "B2", "_z", "a.1", "a/1", "b1"});
    CHECK(names_from(*store, "B2") == Names{"B2", "_z", "a.1", "a/1", "b1"});
    CHECK(names_from(*store, "B3", 2) == Names{"_z", "a.1"});
    CHECK(names_from(*store, "c").empty());
    CHECK(store->meters().ids("a", 10) == Names{"a.1", "a/1"});
    CHECK(store->meters().ids("", 2) == Names{"10", "9"});
    CHECK(store->meters().ids("zz", 2).empty());
}

TEMPLATE_TEST_CASE("a list of meters may be used while it is walked", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    test::SampleFile sample;
    for (int i = 0; i < 1500; ++i)
        sample.blocks.push_back({std::to_string(10000 + i)});
    file(*store, sample);
    int found = 0;
    store->meters().each("", [&](const meter::Meter& meter) {
        if (store->meters().find(meter.id))
            ++found;
        return true;
    });
    CHECK(found == 1500);
}

TEMPLATE_TEST_CASE("saving a meter keeps when it was first known", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const meter::Meter made{"1001", "Europe/Berlin", "REP", std::nullopt, 40, instant(5)};
    const meter::Meter changed{"1001", "UTC", std::nullopt, "A-1", 1, instant(9)};
    store->write([&] { store->meters().save(made); });
    auto found = store->meters().find("1001");
    REQUIRE(found);
    CHECK(found->timezone == "Europe/Berlin");
    CHECK(found->provider_of_record == "REP");
    CHECK_FALSE(found->account);
    CHECK(found->multiplier == 40);
    store->write([&] { store->meters().save(changed); });
    found = store->meters().find("1001");
    REQUIRE(found);
    CHECK(found->timezone == "UTC");
    CHECK_FALSE(found->provider_of_record);
    CHECK(found->account == "A-1");
    CHECK(found->known_since == instant(5));
    CHECK_FALSE(store->meters().find("1002"));
    // Numbers go on where they stopped.
    file(*store, {{{"1002"}, {"1001"}}});
    CHECK(test::read_values(*store, "1002").size() == 4);
}

TEMPLATE_TEST_CASE("meters of another zone are found among all others", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    store->write([&] {
        for (int i = 0; i < 2100; ++i) {
            const char* zone = i == 7 ? "America/Denver" : i < 1050 ? "UTC" : "America/Chicago";
            store->meters().save({std::to_string(i), zone, {}, {}, 1, {}});
        }
    });
    const auto otherwise = [&](std::string_view zone) {
        std::vector<std::pair<std::string, std::string>> found;
        store->meters().each_zoned_otherwise(
            zone,
            [&](std::string_view id, std::string_view other) { found.emplace_back(id, other); }
        );
        return found;
    };
    CHECK(otherwise("UTC").size() == 1051);
    CHECK(otherwise("America/Chicago").size() == 1050);
    CHECK(otherwise("America/Denver").size() == 2099);
    CHECK(otherwise("Europe/Berlin").size() == 2100);
    const auto chicago = otherwise("America/Chicago");
    CHECK(
        std::count(
            chicago.begin(),
            chicago.end(),
            std::pair<std::string, std::string>{"7", "America/Denver"}
        ) == 1
    );
}

TEMPLATE_TEST_CASE("the audit record is read newest first within its span", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    store->write([&] {
        for (int i = 0; i < 600; ++i) {
            store->audit().append(
                {0, instant(1000 + i / 2), "ann", "root", "ingest", "[\"x\"]", std::to_string(i)}
            );
        }
    });
    const auto outcomes = [&](std::optional<Instant> from, std::optional<Instant> to, std::size_t n
                          ) {
        std::vector<int> found;
        store->audit().each(from, to, n, [&](const audit::Record& record) {
            CHECK(record.actor == "ann");
            CHECK(record.os_user == "root");
            CHECK(record.command == "ingest");
            CHECK(record.arguments == "[\"x\"]");
            found.push_back(std::stoi(record.outcome));
            return true;
        });
        return found;
    };
    CHECK(outcomes({}, {}, 3) == std::vector{599, 598, 597});
    CHECK(outcomes({}, {}, 1000).size() == 600);
    CHECK(outcomes({}, {}, 300).back() == 300);
    CHECK(outcomes(instant(1001), instant(1003), 100) == std::vector{5, 4, 3, 2});
    CHECK(outcomes({}, {}, 0).empty());
    CHECK(outcomes(instant(5000), {}, 10).empty());
}
