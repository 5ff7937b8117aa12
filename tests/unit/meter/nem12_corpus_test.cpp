// SPDX-License-Identifier: MIT
// Real NEM12 files, through the input room, with control totals counted by hand.
#include <catch2/catch.hpp>
#include <map>

#include "input/input.hpp"
#include "support/collect.hpp"
#include "support/corpus.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using test::ReadOutcome;

namespace {

namespace fs = std::filesystem;

// The one member of a file or archive, read whole.
ReadOutcome read(const fs::path& path) {
    auto input = input::open_file(path.string(), {}).value();
    std::string name;
    std::string text;
    REQUIRE(input->next_member(name).value());
    const auto fed = input::feed(
        *input,
        true,
        Reader::max_line,
        {},
        [&](std::string_view piece, bool) -> Result<void> {
            text += piece;
            return {};
        },
        [](std::string_view) {}
    );
    REQUIRE(fed);
    CHECK_FALSE(input->next_member(name).value());
    test::ReadOptions options;
    options.zone = "Australia/Brisbane";
    return test::read_text(Format::nem12, text, options);
}

std::int64_t sum(const ReadOutcome& outcome, std::string_view meter, Channel channel) {
    std::int64_t wh = 0;
    for (const test::Collected& interval : outcome.intervals) {
        if (interval.meter == meter && interval.channel == channel)
            wh += interval.wh;
    }
    return wh;
}

}  // namespace

TEST_CASE("real NEM12 files give their control totals") {
    const auto corpus = test::corpus();
    if (!corpus) {
        WARN("skipped: corpus is absent");
        return;
    }
    struct Case {
        const char* file;
        const char* meter;
        std::int64_t consumption_wh;
        std::int64_t generation_wh;
        std::size_t estimated;
        std::uint64_t rejected;
    };
    const Case cases[] = {
        {"actual_interval", "VABD000163", 53'328, 0, 0, 48},
        {"upper_case_units", "VABD000163", 53'328, 0, 0, 48},
        {"month_solar", "NMI1234567", 270'738, 589'172, 0, 0},
        {"partialchannel", "NMI1234567", 270'738, 23'166, 0, 0},
        {"multiple_quality", "CCCC123456", 896'990, 0, 44, 0},
        {"substituted_interval", "VBCD000022", 110'976, 0, 48, 48},
        {"no_scheduled_read", "NMI111", 5'840, 0, 0, 0},
        {"multiple_meters", "NCDE001111", 1'920, 1'920, 0, 384},
        {"multiple_meters", "NCDE001111/E2", 19'200, 0, 0, 384},
        {"different_interval_length", "C123", 254'000, 0, 0, 144},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.file);
        const ReadOutcome outcome = read(
            *corpus / "nem12/unzipped" / ("Example_NEM12_" + std::string(sample.file) + ".csv")
        );
        REQUIRE_FALSE(outcome.error);
        CHECK(sum(outcome, sample.meter, Channel::consumption) == sample.consumption_wh);
        CHECK(sum(outcome, sample.meter, Channel::generation) == sample.generation_wh);
        CHECK(outcome.count(Quality::estimated) == sample.estimated);
        CHECK(outcome.tally.rejected == sample.rejected);
        CHECK(outcome.tally.intervals == outcome.intervals.size() + sample.rejected);
    }
    const ReadOutcome western = read(*corpus / "nem12/unzipped/Example_WesternPower.csv");
    CHECK_FALSE(western.error);
    CHECK(western.intervals.size() == 96);
    CHECK(western.intervals[0].revision != 0);
}

TEST_CASE("real files that must not pass are refused or partly refused, with a reason") {
    const auto corpus = test::corpus();
    if (!corpus) {
        WARN("skipped: corpus is absent");
        return;
    }
    const std::map<std::string, std::string> reasons{
        {"invalid/Example_NEM12_15min_200_30min_300.csv",
         "48 values where 15-minute intervals need 96"},
        {"invalid/Example_NEM12_15min_200_30min_400.csv",
         "quality V, but no 400 record covers interval 49 of 96"},
        {"invalid/Example_NEM12_30min_200_15min_300.csv",
         "96 values where 30-minute intervals need 48"},
        {"invalid/Example_NEM12_30min_200_15min_400.csv",
         "96 values where 30-minute intervals need 48"},
        {"invalid/Example_NEM12_empty.csv",
         "the file holds no interval data: it has no 300 record"},
        {"invalid/Example_NEM12_incomplete_interval.csv",
         "0 values where 30-minute intervals need 48"},
        {"invalid/Example_NEM12_missing_header.csv", "the 100 header record is missing"},
        {"invalid/Example_NEM12_powercor.csv", "the 100 header record is missing"},
        {"invalid/Example_NEM12_powercor.csv.zip", "the 100 header record is missing"},
        {"invalid/Example_NEM12_powercor_missing_fields.csv", "the 100 header record is missing"},
        {"invalid/Example_empty_file.csv", "the file is empty"},
        {"unzipped/Example_NEM13_consumption_data.csv",
         "NEM13 (accumulated reads) is not interval data"},
        {"unzipped/Example_NEM13_forward_estimate.csv",
         "NEM13 (accumulated reads) is not interval data"},
    };
    for (const auto& [file, reason] : reasons) {
        CAPTURE(file);
        const ReadOutcome outcome = read(*corpus / "nem12" / file);
        if (outcome.error) {
            CHECK(outcome.error->message == reason);
            continue;
        }
        REQUIRE_FALSE(outcome.rejects.empty());
        CHECK(outcome.rejects[0].reason == reason);
    }
}

TEST_CASE("the providers' zipped files are read, every reject a stream that is not active energy") {
    const auto corpus = test::corpus();
    if (!corpus) {
        WARN("skipped: corpus is absent");
        return;
    }
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(*corpus / "nem12/zipped")) {
        CAPTURE(entry.path());
        const ReadOutcome outcome = read(entry.path());
        CHECK_FALSE(outcome.error);
        for (const Reject& reject : outcome.rejects) {
            CAPTURE(reject.line);
            CHECK(reject.reason.find("is not active energy") != std::string::npos);
        }
        CHECK(outcome.tally.intervals == outcome.intervals.size() + outcome.tally.rejected);
        ++files;
    }
    CHECK(files > 0);
}
