// SPDX-License-Identifier: MIT
// The file of a local store: its modes, its directory, a full disk, a read-only one.
#include <algorithm>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "store/place.hpp"
#include "store/samples.hpp"
#include "store/small_disk.hpp"
#include "store/sql.hpp"

using namespace usagectl;
using test::error_of;
using test::file;
using test::SmallDisk;
using test::Sqlite;

namespace {

namespace fs = std::filesystem;

unsigned mode_of(const fs::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777U : 0U;
}

}  // namespace

TEST_CASE("a new store and its log are for their owner alone") {
    const Sqlite place;
    const auto previous = ::umask(0);
    const auto store = place.open();
    file(*store, {{{"1001"}}});
    ::umask(previous);
    for (const auto* suffix : {"", "-wal", "-shm"}) {
        CAPTURE(suffix);
        CHECK(mode_of(place.path().string() + suffix) == 0600);
    }
}

TEST_CASE("directories above a store are made only when asked for, for the user alone") {
    const Sqlite place;
    const auto directory = place.directory() / "share" / "usagectl";
    auto options = place.options();
    options.url = (directory / "usagectl.db").string();
    const auto error =
        error_of([&] { static_cast<void>(store::open_store(options, SystemClock())); });
    CHECK(error.code == "store_unreachable");
    CHECK(error.hint.find("directory") != std::string::npos);
    CHECK_FALSE(fs::exists(directory));

    options.directories = true;
    const auto previous = ::umask(0);
    CHECK(store::open_store(options, SystemClock())->status().exists);
    ::umask(previous);
    CHECK(mode_of(directory) == 0700);
    CHECK(mode_of(directory.parent_path()) == 0700);
}

TEST_CASE("names that mean something to SQLite are only names") {
    const Sqlite place;
    const auto before = fs::current_path();
    fs::current_path(place.directory());
    for (const auto* name : {":memory:", "file:x?mode=memory"}) {
        static_cast<void>(store::open_store({.url = name}, SystemClock()));
        CHECK(fs::exists(place.directory() / name));
    }
    fs::current_path(before);
}

TEST_CASE("a local store keeps its write-ahead log and syncs every commit") {
    const Sqlite place;
    static_cast<void>(place.open());
    const auto session = place.session();
    std::string mode;
    store::each_row(*session, "pragma journal_mode", {}, [&](const store::Row& row) {
        mode = row.text(0);
    });
    CHECK(mode == "wal");
    CHECK(store::find_integer(*session, "pragma synchronous", {}) == 2);
    CHECK(store::find_integer(*session, "pragma foreign_keys", {}) == 1);
    CHECK(store::find_integer(*session, "pragma trusted_schema", {}) == 0);
}

TEST_CASE("who wrote nothing that waits for the disk leaves a short log to others, and no long one"
) {
    const Sqlite place;
    place.init();
    const auto log = place.path().string() + "-wal";
    const auto write = [&](store::Access access, const std::string& key, std::size_t size) {
        const auto session = place.session();
        session->begin(access);
        store::run(
            *session,
            "insert into store_info (key, value) values ($1, $2)",
            {key, std::string(size, 'x')}
        );
        session->commit();
    };
    const auto rows = [&] {
        return store::find_integer(*place.session(), "select count(*) from store_info", {});
    };
    const auto none = rows();
    CHECK_FALSE(fs::exists(log));
    write(store::Access::write_soon, "told", 10);
    CHECK(fs::exists(log));
    CHECK(rows() == *none + 1);
    CHECK(fs::exists(log));
    write(store::Access::write, "paid", 10);
    CHECK_FALSE(fs::exists(log));
    write(store::Access::write_soon, "long", 600UL << 10);
    CHECK_FALSE(fs::exists(log));
    CHECK(rows() == *none + 3);
}

TEST_CASE("completion reads a store that another process is writing to") {
    const Sqlite place;
    const auto writer = place.open();
    file(*writer, {{{"1001"}}});
    writer->write([&] {
        test::file_in_transaction(*writer, {{{"1002"}}});
        const auto reader = store::open_for_completion(place.url());
        REQUIRE(reader);
        CHECK(reader->meters().ids("", 10) == std::vector<std::string>{"1001"});
        const auto error = error_of([&] {
            reader->write([&] { reader->meters().save({"1003", "UTC", {}, {}, 1, {}}); });
        });
        CHECK(error.code == "store_read_only");
    });
}

TEST_CASE("a full disk stores nothing of the file and leaves the store sound") {
    const Sqlite place;
    const SmallDisk disk(place.directory() / "disk");
    if (!disk.mounted()) {
        WARN("skipped: cannot mount a small file system");
        return;
    }
    const auto store = store::open_store({.url = disk.store()}, SystemClock());
    file(*store, {{{"1001"}}});
    test::SampleFile large;
    for (int i = 0; i < 20000; ++i)
        large.blocks.push_back({"m" + std::to_string(i)});
    const auto error = error_of([&] { file(*store, large); });
    CHECK(error.code == "store_full");
    CHECK(error.exit == Exit::unavailable);
    CHECK(error.hint.find("free space") != std::string::npos);
    CHECK(test::read_values(*store, "1001").size() == 4);
    CHECK(store->meters().ids("m", 10).empty());
    std::vector<std::string> findings;
    store->check([&](std::string finding) { findings.push_back(std::move(finding)); });
    CHECK(findings.empty());
    // Room for a small file is left.
    CHECK(file(*store, {{{"1002"}}}).counts.stored == 4);
}

TEST_CASE("a store on a read-only disk is refused with the cure") {
    const Sqlite place;
    const SmallDisk disk(place.directory() / "disk");
    if (!disk.mounted()) {
        WARN("skipped: cannot mount a small file system");
        return;
    }
    const auto open = [&](const std::string& url) {
        return error_of([&] {
            const auto store = store::open_store({.url = url}, SystemClock());
            file(*store, {{{"1001"}}});
        });
    };
    CHECK(open(disk.store()).code.empty());
    REQUIRE(disk.make_read_only());
    // The store is read, and nothing more.
    CHECK(
        test::read_values(*store::open_store({.url = disk.store()}, SystemClock()), "1001")
            .size() == 4
    );
    for (const auto& url : {disk.store(), disk.store() + ".new"}) {
        const auto error = open(url);
        CHECK(error.code == "store_read_only");
        CHECK(error.exit == Exit::unavailable);
        CHECK_FALSE(error.hint.empty());
    }
}
