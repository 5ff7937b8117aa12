// SPDX-License-Identifier: MIT
// Real Smart Meter Texas files against the totals counted from them by other means.
#include <catch2/catch.hpp>

#include <filesystem>

#include "support/collect.hpp"
#include "support/corpus.hpp"

namespace usagectl::meter {
namespace {

struct Total {
    const char* path;
    std::uint64_t rows;
    std::int64_t wh;
    std::size_t actual;
    std::uint64_t blanks;
    int hours;
};

TEST_CASE("real portal files give their control totals") {
    const auto corpus = test::corpus();
    if (!corpus) {
        WARN("skipped: corpus is absent");
        return;
    }
    const Total total = GENERATE(
        Total{"portal-IntervalData-2022-03-01_2023-01-14.csv", 30724, 6825137, 30720, 4, 320 * 24},
        Total{"dst/spring-2022-03-13.csv", 96, 13714, 92, 4, 23},
        Total{"dst/fall-2022-11-06.csv", 100, 3701, 100, 0, 25}
    );
    INFO(total.path);
    const std::string text = test::read_file(*corpus / "smt-csv" / total.path);
    const auto outcome = test::read_text(Format::smt_csv, text);
    REQUIRE_FALSE(outcome.error);
    CHECK(outcome.rejects.empty());
    CHECK(outcome.tally.records == total.rows);
    CHECK(outcome.tally.total_wh == total.wh);
    CHECK(outcome.total_wh() == total.wh);
    CHECK(outcome.tally.blanks == total.blanks);
    CHECK(outcome.count(Quality::actual) == total.actual);
    CHECK(outcome.intervals.size() == total.actual);
    CHECK(*outcome.tally.last - *outcome.tally.first == std::chrono::hours(total.hours));
    // No instant twice, no hole: every interval begins where the one before it ends.
    for (std::size_t i = 1; i < outcome.intervals.size(); ++i) {
        REQUIRE(
            outcome.intervals[i].start == outcome.intervals[i - 1].start + std::chrono::minutes(15)
        );
    }
}

TEST_CASE("real daily files are whole days, the estimates of one among them") {
    const auto corpus = test::corpus();
    if (!corpus) {
        WARN("skipped: corpus is absent");
        return;
    }
    std::size_t files = 0;
    std::size_t estimated = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator(*corpus / "smt-csv/subscription-daily")) {
        INFO(entry.path());
        const auto outcome = test::read_text(Format::smt_csv, test::read_file(entry.path()));
        REQUIRE_FALSE(outcome.error);
        CHECK(outcome.rejects.empty());
        CHECK(outcome.intervals.size() == 96);
        CHECK(*outcome.tally.last - *outcome.tally.first == std::chrono::hours(24));
        const std::size_t here = outcome.count(Quality::estimated);
        CHECK((here == 0 || here == 16));
        estimated += here;
        ++files;
    }
    CHECK(files == 26);
    CHECK(estimated == 16);
}

}  // namespace
}  // namespace usagectl::meter
