// SPDX-License-Identifier: MIT
// A damaged store says so, by meter and day, and never gives a wrong number.
#include <fstream>

#include <catch2/catch.hpp>

#include "store/place.hpp"
#include "store/samples.hpp"
#include "store/slot.hpp"
#include "store/sql.hpp"

using namespace usagectl;
using test::error_of;
using test::monday;
using test::Postgres;
using test::Sqlite;

namespace {

std::vector<std::string> findings_of(app::Store& store) {
    std::vector<std::string> findings;
    store.check([&](std::string finding) { findings.push_back(std::move(finding)); });
    return findings;
}

std::string block_data(store::Session& session) {
    std::string data;
    store::each_row(session, "select data from block", {}, [&](const store::Row& row) {
        data = row.bytes(0);
    });
    return data;
}

void set_block_data(store::Session& session, std::string_view data) {
    store::run(session, "update block set data = $1", {store::Bytes{data}});
}

}  // namespace

TEMPLATE_TEST_CASE(
    "a flipped byte anywhere in a block is an error that names meter and day", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    test::file(*store, {{{"1001", monday, {100, 200, 300}}}});
    const auto session = place.session();
    const std::string sound = block_data(*session);
    const std::string where = "meter 1001, day " + format_day(monday) + ": ";
    for (std::size_t i = 0; i < sound.size(); ++i) {
        CAPTURE(i);
        std::string bytes = sound;
        bytes[i] = static_cast<char>(bytes[i] ^ 0x10);
        set_block_data(*session, bytes);
        const auto read = [&] { static_cast<void>(test::read_values(*store, "1001")); };
        const auto list = [&] { static_cast<void>(store->blocks().history("1001", monday)); };
        const auto error = error_of(read);
        CHECK(error.code == "store_damaged");
        CHECK(error.message.find(where) == 0);
        CHECK(error_of(list).code == "store_damaged");
    }
    const auto findings = findings_of(*store);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().find(where) == 0);

    // What meets a damaged block is not filed on top of it.
    const auto error = error_of([&] { test::file(*store, {{{"1001", monday, {7}}}}); });
    CHECK(error.code == "store_damaged");
    set_block_data(*session, sound);
    CHECK(findings_of(*store).empty());
}

TEMPLATE_TEST_CASE("a check finds rows that belong to nothing", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    struct Row {
        const char* name;
        const char* change;
        const char* finding;
    };
    const auto row = GENERATE(
        Row{"meter", "delete from meter", "unknown meter number"},
        Row{"source", "update block set source = 99", "unknown source 99"},
        Row{"slot", "update block set slot = -5", "slot -5 is none"},
        Row{"channel", "update block set slot = slot + 16", "is none"},
        Row{"history",
            "insert into block_history select slot, 2, 1, 1, 1, data from block",
            "version 2: a version before it is missing"},
        Row{"superseder",
            "insert into block_history select slot, 1, 1, 1, 98, data from block",
            "unknown source 98"},
        Row{"open source",
            "insert into source select 2, kind, 'x', path, format, 'open', layer, size, known_at,"
            " records, intervals, blanks, read_rejected, rounded, total_wh, first_at, last_at,"
            " stored, unchanged, superseded, rejected, meters from source",
            "source 2: never completed"}
    );
    CAPTURE(row.name);
    const TestType place;
    const auto store = place.open();
    test::file(*store, {{{"1001"}}});
    CHECK(findings_of(*store).empty());
    place.session()->script(row.change);
    const auto findings = findings_of(*store);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().find(row.finding) != std::string::npos);
}

TEST_CASE("a file that is no database is a damaged store") {
    const Sqlite place;
    std::ofstream(place.path()) << std::string(8192, 'x');
    const auto error =
        error_of([&] { static_cast<void>(store::open_store(place.options(), SystemClock())); });
    CHECK(error.code == "store_damaged");
    CHECK(error.exit == Exit::unavailable);
    CHECK(store::open_for_completion(place.url()) == nullptr);
}

TEST_CASE("damage to pages of the file is found") {
    const Sqlite place;
    {
        const auto store = place.open();
        test::SampleFile sample;
        for (int i = 0; i < 2000; ++i)
            sample.blocks.push_back({std::to_string(i)});
        test::file(*store, sample);
    }
    const auto size = std::filesystem::file_size(place.path());
    std::fstream file(place.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(size / 2));
    file << std::string(4096, '\x5a');
    file.close();
    std::vector<std::string> findings;
    const auto error = error_of([&] { findings = findings_of(*place.open()); });
    CHECK((error.code == "store_damaged" || !findings.empty()));
}
