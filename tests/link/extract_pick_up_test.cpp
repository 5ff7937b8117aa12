// SPDX-License-Identifier: MIT
// Extracts of the legacy system are taken from a server once each, as readings are.
#include "app/legacy_pick_up.hpp"

#include <catch2/catch.hpp>

#include "app/ingest_pick_up.hpp"
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

template <class Engine>
class Billing {
public:
    Billing()
        : store(place.open()) {
        wish.staging = scratch.path("incoming");
        wish.purpose = app::extract_purpose;
        folder.files["1.csv"] = {"account,name,cycle_day\nL-1,Ann,7\nL-2,Bo,8\n", yesterday};
        folder.files["2.csv"] = {"account,name,cycle_day\nL-2,Bob,8\nL-3,Cy,99\n", yesterday};
    }

    struct Ran {
        std::vector<std::string> files;  // "URL: 2 new" or "URL: code"
        app::PickUpAnswer answer;
    };
    Ran run() {
        Ran ran;
        std::string shown;
        const app::ExtractObserver observer{
            [&](const std::string& url) { shown = url.substr(url.rfind('/') + 1); },
            [&](const app::LegacyImported& imported) {
                const auto& extract = imported.extract;
                ran.files.push_back(
                    shown + ": " +
                    (imported.duplicate ? "duplicate"
                                        : std::to_string(extract.added) + " new " +
                                              std::to_string(extract.rejected) + " rejected")
                );
            },
            [&](const Error& why) { ran.files.push_back(shown + ": " + why.code); },
        };
        const FixedClock clock(now);
        const auto actor = test::sample_actor();
        const auto take = app::take_extracts(*store, request, actor, clock, observer);
        wish.dry_run = request.dry_run;
        ran.answer = app::pick_up(*store, folder, wish, take, clock, {});
        return ran;
    }
    std::string name_of(const char* account) {
        const auto known = store->legacy().find(account);
        return known ? known->facts.name : "";
    }

    Engine place;
    std::unique_ptr<app::Store> store;
    test::Scratch scratch;
    MemoryFolder folder;
    app::PickUp wish;
    app::ImportLegacy request;
};

using Files = std::vector<std::string>;

}  // namespace

TEMPLATE_TEST_CASE("extracts on a server are taken once, in order", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    Billing<TestType> billing;
    const auto first = billing.run();
    CHECK_FALSE(first.answer.ended);
    CHECK(first.files == Files{"1.csv: 2 new 0 rejected", "2.csv: 0 new 1 rejected"});
    CHECK(billing.name_of("L-2") == "Bob");
    CHECK(billing.name_of("L-3") == "");

    const auto second = billing.run();
    CHECK(second.files.empty());
    CHECK(second.answer.taken.known == 2);
    CHECK(billing.folder.fetched["1.csv"] == 1);

    // Old content under a new name is a duplicate; new content under an old name is not.
    billing.folder.files["3.csv"] = billing.folder.files["1.csv"];
    billing.folder.files["2.csv"] = {"account,name\nL-3,Cy\n", yesterday + std::chrono::hours(1)};
    CHECK(billing.run().files == Files{"2.csv: 1 new 0 rejected", "3.csv: duplicate"});
    CHECK(billing.name_of("L-2") == "Bob");
}

TEMPLATE_TEST_CASE("an extract is known by its URL", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    Billing<TestType> billing;
    static_cast<void>(billing.run());
    std::vector<std::string> outcomes;
    billing.store->audit().each({}, {}, 9, [&](const audit::Record& record) {
        outcomes.push_back(record.outcome);
        return true;
    });
    CHECK(
        outcomes ==
        Files{
            "extract 2: 0 new, 1 changed, 0 unchanged, 1 rejected",
            "extract 1: 2 new, 0 changed, 0 unchanged, 0 rejected"}
    );
    FixedClock clock(now);
    auto again = billing.request;
    again.path = billing.scratch.write("copy.csv", billing.folder.files["1.csv"].content);
    const auto made = app::import_legacy(*billing.store, again, test::sample_actor(), clock);
    REQUIRE(made);
    CHECK(made->duplicate);
    CHECK(made->extract.path == "sftp://files.example.com/outbox/1.csv");
}

TEMPLATE_TEST_CASE("a refused extract stays where a person can look at it", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    Billing<TestType> billing;
    billing.request.strict = true;
    billing.wish.afterwards = app::Afterwards::remove;
    billing.folder.files["0.csv"] = {"no header\n", yesterday};
    const auto first = billing.run();
    CHECK(
        first.files ==
        Files{"0.csv: header_malformed", "1.csv: 2 new 0 rejected", "2.csv: extract_rejected"}
    );
    CHECK(billing.name_of("L-2") == "Bo");
    CHECK(billing.folder.files.size() == 2);
    CHECK(billing.run().files.empty());
    CHECK(billing.folder.fetched["0.csv"] == 1);
    CHECK(billing.folder.files.size() == 2);
}

TEMPLATE_TEST_CASE(
    "a dry run of extracts keeps nothing and leaves the server alone", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    Billing<TestType> billing;
    billing.wish.afterwards = app::Afterwards::remove;
    billing.request.dry_run = true;
    CHECK(billing.run().files.size() == 2);
    CHECK(billing.name_of("L-1") == "");
    CHECK(billing.folder.files.size() == 2);
    billing.request.dry_run = false;
    CHECK(billing.run().files.size() == 2);
    CHECK(billing.folder.files.empty());
}

TEMPLATE_TEST_CASE(
    "what ingest refused is an extract all the same, and may be one", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    Billing<TestType> billing;
    const FixedClock clock(now);
    const auto actor = test::sample_actor();
    const app::IngestObserver observer;
    app::IngestRequest readings;
    readings.zone = Zone::find("UTC").value();
    auto wish = billing.wish;
    wish.purpose.clear();
    std::vector<app::FileReport> reports;
    const auto take = app::take_readings(*billing.store, readings, actor, clock, observer, reports);
    const auto answer = app::pick_up(*billing.store, billing.folder, wish, take, clock, {});
    CHECK_FALSE(answer.ended);
    REQUIRE(reports.size() == 2);
    CHECK(reports[0].status == app::FileStatus::rejected);
    CHECK(billing.run().files.size() == 2);
}
