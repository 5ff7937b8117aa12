// SPDX-License-Identifier: MIT
// The list of meters to read, where nobody can write it: the night charges all the same.
#include <catch2/catch.hpp>

#include <filesystem>

#include "store/small_disk.hpp"
#include "whole/shop.hpp"

namespace usagectl::test {
namespace {

namespace fs = std::filesystem;

// One account in service, with no reading for the day before.
struct NightShop : Shop {
    explicit NightShop(const Place& place)
        : Shop(place.url(), "2026-07-06T17:00:00Z") {
        set("timezone", "UTC");
        must(
            {"tariff",
             "add",
             files().write(
                 "t.toml",
                 "name = \"plain\"\neffective = 2026-01-01\ncurrency = \"USD\"\n"
                 "[[energy]]\nname = \"Energy\"\nper_kwh = \"0.10\"\n"
             )}
        );
        must(
            {"account",
             "create",
             "A-1",
             "--name",
             "C",
             "--meter",
             "M-1",
             "--tariff",
             "plain",
             "--meter-number",
             "1",
             "--begin-reading",
             "0",
             "--installed-on",
             "2026-07-06",
             "--last-read-on",
             "2026-07-06"}
        );
        must({"payment", "post", "A-1", "50.00", "--method", "cash"});
        environment["USAGECTL_NOW"] = "2026-07-07T02:00:00Z";
        must({"ingest", files().write("use.csv", hourly({"M-1"}, "2026-07-06T00:00:00Z", 24, 500))}
        );
        must({"account", "activate", "A-1"});
        environment["USAGECTL_NOW"] = "2026-07-08T09:00:00Z";
        fs::create_directory(folder());
        set("nightly.request_directory", folder());
    }
    [[nodiscard]] std::string folder() const { return files().path("list"); }
    [[nodiscard]] bool written() const {
        return fs::exists(folder() + "/reading-requests-2026-07-07.csv");
    }
    Finished night() { return run({"nightly", "--idempotency-key", "night-7", "--json"}); }

    void check_told(const char* reason) {
        const auto finished = night();
        CAPTURE(finished.err, finished.out);
        REQUIRE(finished.exit == 6);
        const auto root = finished.json();
        CHECK(root.at("charged") == 2);
        const auto& step = root.at("steps").at(0);
        CHECK(step.at("name") == "readings");
        CHECK(step.at("status") == "failed");
        CHECK(step.at("code") == "file_not_written");
        CHECK_THAT(step.at("detail").get<std::string>(), Catch::EndsWith(reason));
        CHECK_THAT(
            step.at("hint").get<std::string>(),
            Catch::Contains("`usagectl nightly --date 2026-07-07`")
        );
        CHECK_FALSE(written());
        CHECK_FALSE(fs::exists(folder() + "/reading-requests-2026-07-07.csv.part"));
        const auto words = run({"nightly", "--date", "2026-07-07"});
        CHECK(words.exit == 6);
        CHECK_THAT(words.out, Catch::Contains("hint: make nightly.request_directory"));
    }
    // The same night by the same key, once the list can be written.
    void check_again() {
        const auto finished = night();
        CAPTURE(finished.err, finished.out);
        REQUIRE(finished.exit == 0);
        const auto root = finished.json();
        CHECK(root.at("charged") == 0);
        CHECK(root.at("steps").at(0).at("status") == "done");
        CHECK(root.at("steps").at(0).at("code").is_null());
        CHECK(written());
    }
};

}  // namespace

TEST_CASE("a file in the place of the folder for the list") {
    const Sqlite place;
    NightShop shop(place);
    fs::remove(shop.folder());
    shop.files().write("list", "not a folder");
    shop.check_told("Not a directory");
    fs::remove(shop.folder());
    fs::create_directory(shop.folder());
    shop.check_again();
}

TEST_CASE("a folder for the list that is not there") {
    const Sqlite place;
    NightShop shop(place);
    fs::remove(shop.folder());
    shop.check_told("No such file or directory");
    fs::create_directory(shop.folder());
    shop.check_again();
}

TEST_CASE("a folder for the list that takes no writes") {
    const Sqlite place;
    NightShop shop(place);
    fs::remove(shop.folder());
    const SmallDisk disk(shop.folder());
    if (!disk.mounted() || !disk.make_read_only()) {
        WARN("skipped: cannot mount a small file system");
        return;
    }
    shop.check_told("Read-only file system");
}

TEST_CASE("a full disk under the folder for the list") {
    const Sqlite place;
    NightShop shop(place);
    fs::remove(shop.folder());
    const SmallDisk disk(shop.folder());
    if (!disk.mounted()) {
        WARN("skipped: cannot mount a small file system");
        return;
    }
    shop.files().write("list/ballast", std::string(2 << 20, 'x'));
    shop.check_told("No space left on device");
    fs::remove(shop.folder() + "/ballast");
    shop.check_again();
}

TEST_CASE("a folder for the legacy system that is not there") {
    const Sqlite place;
    NightShop shop(place);
    const auto folder = shop.files().path("legacy");
    shop.set("legacy.export_directory", folder);
    const auto failed = shop.night();
    CAPTURE(failed.err, failed.out);
    REQUIRE(failed.exit == 6);
    CHECK(failed.json().at("charged") == 2);
    const auto step = failed.json().at("steps").back();
    CHECK(step.at("name") == "legacy_export");
    CHECK(step.at("status") == "failed");
    CHECK_THAT(
        step.at("hint").get<std::string>(), Catch::Contains("make legacy.export_directory a folder")
    );
    fs::create_directory(folder);
    const auto done = shop.night();
    REQUIRE(done.exit == 0);
    CHECK(done.json().at("charged") == 0);
    CHECK(fs::exists(folder + "/prepay-charges-2026-07-07.csv"));
}

}  // namespace usagectl::test
