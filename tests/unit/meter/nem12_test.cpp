// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "support/collect.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using test::Collected;
using test::ReadOutcome;

namespace {

constexpr const char* header = "100,NEM12,200405011135,MDA1,Ret1\n";

std::string stream(
    const std::string& suffix = "E1",
    const std::string& unit = "kWh",
    const std::string& minutes = "30"
) {
    return "200,VABD000163,E1Q1,1," + suffix + ",N1,METSER123," + unit + "," + minutes + ",\n";
}

std::string values(int count, const std::string& value = "1.111") {
    std::string text;
    for (int index = 0; index < count; ++index)
        text += "," + value;
    return text;
}

std::string day(const std::string& fields_after_values = "A,,,20040202120025,", int count = 48) {
    return "300,20040201" + values(count) + "," + fields_after_values + "\n";
}

ReadOutcome read(const std::string& text, std::size_t piece = std::string::npos) {
    test::ReadOptions options;
    options.zone = "Australia/Brisbane";
    options.piece = piece;
    return test::read_text(Format::nem12, text, options);
}

ReadOutcome read_day(const std::string& rows) {
    return read(header + stream() + rows + "900\n");
}

// The one reject of an outcome.
const Reject& only(const ReadOutcome& outcome) {
    REQUIRE_FALSE(outcome.error);
    REQUIRE(outcome.rejects.size() == 1);
    return outcome.rejects[0];
}

}  // namespace

TEST_CASE("a day of NEM12 begins at midnight of market time and is revised when it was updated") {
    const ReadOutcome outcome = read_day(day());
    REQUIRE_FALSE(outcome.error);
    CHECK(outcome.rejects.empty());
    REQUIRE(outcome.intervals.size() == 48);
    const Collected& first = outcome.intervals[0];
    CHECK(first.meter == "VABD000163");
    CHECK(first.channel == Channel::consumption);
    CHECK(first.start == parse_instant("2004-01-31T14:00:00Z").value());
    CHECK(first.revision == unix_seconds(parse_instant("2004-02-02T02:00:25Z").value()));
    CHECK(first.minutes == 30);
    CHECK(first.wh == 1111);
    CHECK(first.quality == Quality::actual);
    CHECK(first.line == 3);
    CHECK(outcome.tally.records == 1);
    CHECK(outcome.tally.total_wh == 48 * 1111);
    CHECK(outcome.tally.last == parse_instant("2004-02-01T14:00:00Z").value());
}

TEST_CASE("market time has no daylight saving, whatever zone is named") {
    test::ReadOptions options;
    options.zone = "Australia/Sydney";  // an hour ahead in summer
    for (const char* date : {"20250115", "20251005", "20250701"}) {
        const std::string row = "300," + std::string(date) + values(48) + ",A,,,,\n900\n";
        const ReadOutcome outcome =
            test::read_text(Format::nem12, header + stream() + row, options);
        CHECK(outcome.intervals.size() == 48);
        REQUIRE(outcome.tally.first);
        CHECK(unix_seconds(*outcome.tally.first) % 86'400 == 14 * 3600);
        CHECK(*outcome.tally.last - *outcome.tally.first == std::chrono::hours(24));
    }
}

TEST_CASE("the revision is the update time, else the load time, else not said") {
    struct Case {
        const char* times;
        std::int64_t revision;
    };
    const Case cases[] = {
        {"A,,,20040202120025,20040203000000", 1075687225},
        {"A,,,,20040202120025", 1075687225},
        {"A,,,200402021200", 1075687200},
        {"A,,,,", 0},
        {"A", 0},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.times);
        const ReadOutcome outcome = read_day(day(sample.times));
        REQUIRE(outcome.intervals.size() == 48);
        CHECK(outcome.intervals[0].revision == sample.revision);
    }
}

TEST_CASE("the suffix names the channel, and further registers do not overwrite the first") {
    struct Case {
        const char* suffix;
        const char* meter;
        Channel channel;
    };
    const Case cases[] = {
        {"E1", "VABD000163", Channel::consumption},
        {"E2", "VABD000163/E2", Channel::consumption},
        {"EA", "VABD000163/EA", Channel::consumption},
        {"B1", "VABD000163", Channel::generation},
        {"B2", "VABD000163/B2", Channel::generation},
    };
    for (const Case& sample : cases) {
        const ReadOutcome outcome = read(header + stream(sample.suffix) + day() + "900\n");
        REQUIRE(outcome.intervals.size() == 48);
        CHECK(outcome.intervals[0].meter == sample.meter);
        CHECK(outcome.intervals[0].channel == sample.channel);
    }
}

TEST_CASE("every unit of energy and every interval length is taken") {
    struct Case {
        const char* unit;
        const char* minutes;
        int count;
        std::int64_t wh;
    };
    const Case cases[] = {
        {"kWh", "30", 48, 1500},
        {"KWH", "15", 96, 1500},
        {"MWh", "5", 288, 1'500'000},
        {"wh", "10", 144, 2},
    };
    for (const Case& sample : cases) {
        const ReadOutcome outcome = read(
            header + stream("E1", sample.unit, sample.minutes) + "300,20040201" +
            values(sample.count, "1.5") + ",A,,,,\n900\n"
        );
        CHECK(outcome.rejects.empty());
        REQUIRE(outcome.intervals.size() == static_cast<std::size_t>(sample.count));
        CHECK(outcome.intervals[0].wh == sample.wh);
    }
}

TEST_CASE("values finer than 1 Wh are rounded half-even and counted") {
    const ReadOutcome outcome =
        read_day("300,20040201,0.0005,0.0015,.0025,1.23" + values(44, "2") + ",A,,,,\n");
    REQUIRE(outcome.intervals.size() == 48);
    CHECK(outcome.intervals[0].wh == 0);
    CHECK(outcome.intervals[1].wh == 2);
    CHECK(outcome.intervals[2].wh == 2);
    CHECK(outcome.intervals[3].wh == 1230);
    CHECK(outcome.tally.rounded == 3);
}

TEST_CASE("quality A is actual, E, F and S are estimated, N is no data") {
    struct Case {
        const char* flag;
        Quality quality;
    };
    const Case cases[] = {
        {"A", Quality::actual},
        {"E52", Quality::estimated},
        {"F14", Quality::estimated},
        {"S14", Quality::estimated},
        {"S", Quality::estimated},
    };
    for (const Case& sample : cases)
        CHECK(read_day(day(std::string(sample.flag) + ",,,,")).count(sample.quality) == 48);
    const ReadOutcome null = read_day(day("N,,,,"));
    CHECK(null.intervals.empty());
    CHECK(null.tally.blanks == 48);
    CHECK(null.tally.intervals == 0);
    CHECK(null.rejects.empty());
}

TEST_CASE("400 records give a variable day its qualities, in any order") {
    const char* const orders[] = {
        "400,1,20,F14,76,\n400,21,24,A,,\n400,25,48,N,,\n",
        "400,25,48,N\n400,1,20,F14\n400,21,24,A\n",
    };
    for (const char* ranges : orders) {
        const ReadOutcome outcome = read_day(day("V,,,,") + ranges);
        CHECK(outcome.rejects.empty());
        CHECK(outcome.count(Quality::estimated) == 20);
        CHECK(outcome.count(Quality::actual) == 4);
        CHECK(outcome.tally.blanks == 24);
        CHECK(outcome.intervals[19].quality == Quality::estimated);
        CHECK(outcome.intervals[20].quality == Quality::actual);
    }
}

TEST_CASE("an actual day may carry 400 records that say why") {
    const ReadOutcome outcome =
        read_day(day("A,89,,,") + "400,1,47,A,89,\n400,48,48,S14,1,\n" + "500,N,,,\n");
    CHECK(outcome.rejects.empty());
    CHECK(outcome.count(Quality::actual) == 47);
    CHECK(outcome.count(Quality::estimated) == 1);
}

TEST_CASE("400 records that do not fit cost their day, by name") {
    struct Case {
        const char* ranges;
        const char* reason;
    };
    const Case cases[] = {
        {"", "quality V, but no 400 record covers interval 1 of 48"},
        {"400,1,24,A,,\n", "quality V, but no 400 record covers interval 25 of 48"},
        {"400,1,24,A,,\n400,24,48,A,,\n",
         "its 400 record number 2 names interval 24 a second time"},
        {"400,1,49,A,,\n", "its 400 record number 1 names intervals '1' to '49' of 48"},
        {"400,0,48,A,,\n", "its 400 record number 1 names intervals '0' to '48' of 48"},
        {"400,9,8,A,,\n", "its 400 record number 1 names intervals '9' to '8' of 48"},
        {"400,1,,A,,\n", "its 400 record number 1 names intervals '1' to '' of 48"},
        {"400,1,48,V,,\n", "its 400 record number 1 has no quality of its own: 'V'"},
        {"400,1,48\n", "its 400 record number 1 has no quality of its own: ''"},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.ranges);
        const ReadOutcome outcome = read_day(day("V,,,,") + sample.ranges);
        CHECK(only(outcome).reason == sample.reason);
        CHECK(only(outcome).line == 3);
        CHECK(only(outcome).intervals == 48);
        CHECK(outcome.tally.intervals == 48);
        CHECK(outcome.tally.rejected == 48);
        CHECK(outcome.tally.total_wh == 0);
    }
}

TEST_CASE("400 records where none belong are rejected without data") {
    CHECK(only(read_day(day("E52,,,,") + "400,1,48,A,,\n")).intervals == 0);
    CHECK(
        only(read_day("400,1,48,A,,\n" + day())).reason ==
        "400 record without a 300 record before it"
    );
    CHECK(read_day(day("E52,,,,") + "400,1,48,A,,\n").count(Quality::estimated) == 48);
}

TEST_CASE("a row whose values do not fit its interval length is rejected with their number") {
    struct Case {
        std::string row;
        const char* reason;
        std::uint32_t intervals;
    };
    const Case cases[] = {
        {day("A,,,,", 47), "47 values where 30-minute intervals need 48", 47},
        {day("A,,,,", 96), "96 values where 30-minute intervals need 48", 96},
        {"300,20040201,V,,,20040202120025,\n", "0 values where 30-minute intervals need 48", 0},
        {"300,20040201\n", "0 values where 30-minute intervals need 48", 0},
        {"300,20040201" + values(20) + "\n", "20 values where 30-minute intervals need 48", 20},
        {"300,20040201" + values(48) + "\n", "the quality flag after the values is missing", 48},
        {day(",,,,"), "the quality flag after the values is missing", 48},
        {"300,20040201" + values(48) + ",X9,,,,\n", "quality 'X9' is not known", 49},
        {"300,20040231" + values(48) + ",A,,,,\n", "date '20040231' is not CCYYMMDD", 48},
        {"300,2004-2-1" + values(48) + ",A,,,,\n", "date '2004-2-1' is not CCYYMMDD", 48},
        {day("A,,,2.00402E+13,"), "time '2.00402E+13' is not CCYYMMDDhhmmss", 48},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.reason);
        const ReadOutcome outcome = read_day(sample.row);
        CHECK(only(outcome).reason == sample.reason);
        CHECK(only(outcome).intervals == sample.intervals);
        CHECK(only(outcome).line == 3);
        CHECK(sample.row.starts_with(only(outcome).record));
        CHECK(outcome.intervals.empty());
    }
}

TEST_CASE("a value that cannot be taken costs its interval, with its column") {
    const ReadOutcome outcome =
        read_day("300,20040201,1,2,-3,1e3,abc,,7" + values(41) + ",A,,,,\n");
    CHECK(outcome.intervals.size() == 44);
    CHECK(only(outcome).reason == "energy is negative, and 2 more of this record");
    CHECK(only(outcome).column == 18);
    CHECK(only(outcome).intervals == 3);
    CHECK(outcome.tally.blanks == 1);
    CHECK(outcome.tally.intervals == 47);
    const ReadOutcome text = read_day("300,20040201,x" + values(47) + ",A,,,,\n");
    CHECK(only(text).reason == "value is not a plain decimal number");
    CHECK(only(text).column == 14);
}

TEST_CASE("streams that are not active energy are refused by name, row by row") {
    struct Case {
        const char* suffix;
        const char* unit;
        const char* reason;
    };
    const Case cases[] = {
        {"Q1",
         "kVArh",
         "NMI suffix 'Q1' (unit 'kVArh') is not active energy: only E and B are stored"},
        {"V1", "", "NMI suffix 'V1' (unit '') is not active energy: only E and B are stored"},
        {"", "kWh", "NMI suffix '' (unit 'kWh') is not active energy: only E and B are stored"},
        {"E1", "", "unit '' of suffix 'E1' is not Wh, kWh or MWh"},
        {"B1", "kVArh", "unit 'kVArh' of suffix 'B1' is not Wh, kWh or MWh"},
    };
    for (const Case& sample : cases) {
        const ReadOutcome outcome =
            read(header + stream(sample.suffix, sample.unit) + day() + day("N,,,,") + "900\n");
        REQUIRE(outcome.rejects.size() == 2);
        CHECK(outcome.rejects[0].reason == sample.reason);
        CHECK(outcome.rejects[0].intervals == 48);
        CHECK(outcome.rejects[1].intervals == 0);
        CHECK(outcome.tally.intervals == 48);
    }
}

TEST_CASE("a malformed 200 record is rejected, and so is what lies under it") {
    struct Case {
        std::string record;
        const char* reason;
        std::uint32_t column;
    };
    const Case cases[] = {
        {stream("E1", "kWh", "7"), "interval length '7' is not 5, 10, 15, 30 or 60 minutes", 43},
        {"200,NMI\n", "interval length '' is not 5, 10, 15, 30 or 60 minutes", 0},
        {"200,,E1,1,E1,N1,M,kWh,30,\n", "NMI '' cannot name a meter", 5},
        {"200,A B,E1,1,E1,N1,M,kWh,30,\n", "NMI 'A B' cannot name a meter", 5},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.record);
        const ReadOutcome outcome = read(header + sample.record + day() + "900\n");
        REQUIRE(outcome.rejects.size() == 2);
        CHECK(outcome.rejects[0].reason == sample.reason);
        CHECK(outcome.rejects[0].column == sample.column);
        CHECK(outcome.rejects[0].intervals == 0);
        CHECK(
            outcome.rejects[1].reason ==
            std::string("its 200 record was rejected: ") + sample.reason
        );
        CHECK(outcome.rejects[1].intervals == 48);
    }
}

TEST_CASE("records out of place are rejected by name") {
    struct Case {
        std::string text;
        const char* reason;
        std::uint64_t line;
    };
    const Case cases[] = {
        {header + day(), "300 record without a 200 record before it", 2},
        {header + stream() + day() + "250,A,B\n",
         "NEM13 (accumulated reads) is not interval data",
         4},
        {header + stream() + day() + "foo,1\n", "record indicator 'foo' is not known", 4},
        {stream() + day(), "the 100 header record is missing", 1},
        {"\n\n" + stream() + day(), "the 100 header record is missing", 3},
        {header + stream() + day() + "900\n" + stream() + day("A"),
         "the 100 header record is missing",
         5},
        {header + stream() + day() + "100,NEM13,,,\n",
         "NEM13 (accumulated reads) is not interval data",
         4},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.reason);
        CHECK(only(read(sample.text)).reason == sample.reason);
        CHECK(only(read(sample.text)).line == sample.line);
    }
}

TEST_CASE("a second header begins another file, whose rows need a stream of their own") {
    const ReadOutcome outcome =
        read(header + stream() + day() + "900\n" + header + day() + "900\n");
    CHECK(only(outcome).reason == "300 record without a 200 record before it");
    CHECK(outcome.intervals.size() == 48);
}

TEST_CASE("the shapes of real files are taken: line ends, marks, padding, missing ends") {
    const std::string padding(40, ',');
    const std::string texts[] = {
        std::string("\xEF\xBB\xBF") + header + stream() + day() + "900\n",
        "100,NEM12,1,2,3\r\n200,VABD000163,,,E1,,,kWh,30,\r\n" + day("A,,,,\r") + "900\r\n",
        "100,NEM12" + padding + "\n200,VABD000163,,,E1,,,KWH,30" + padding + "\n" +
            day("A,,,," + padding) + padding + "\n900" + padding,
        header + std::string("200,VABD000163,,,E1,,,kWh,30\n") + day("A,") + "900",
        header + stream() + day("A,,,20040202120025"),
        header + stream() + " 300 , 20040201 " + values(48, " 1.111 ") + ", A ,,,,\n\n \n900\n",
        header + stream() + day() + "500,N,S1,20040201,1\n900\n",
    };
    for (const std::string& text : texts) {
        CAPTURE(text);
        const ReadOutcome outcome = read(text);
        CHECK_FALSE(outcome.error);
        CHECK(outcome.rejects.empty());
        CHECK(outcome.total_wh() == 48 * 1111);
    }
}

TEST_CASE("a file that is no NEM12 file or holds no data is refused as a whole") {
    struct Case {
        std::string text;
        const char* code;
    };
    const Case cases[] = {
        {"", "empty_file"},
        {"\r\n\n , ,\n", "empty_file"},
        {"100,NEM12,200405011135,MDA1,Ret1\n900\n", "no_intervals"},
        {header + stream() + "900\n", "no_intervals"},
        {"100,NEM13,200401101030,MDA1,Ret1\n250,X\n900\n", "format_refused"},
        {"100,NEM99\n" + stream() + day(), "format_refused"},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.text);
        const ReadOutcome outcome = read(sample.text);
        REQUIRE(outcome.error);
        CHECK(outcome.error->code == sample.code);
        CHECK(outcome.error->exit == Exit::rejected);
        CHECK(outcome.intervals.empty());
    }
}

TEST_CASE("a file read in pieces is the file read at once") {
    const std::string text = header + stream() + day("V,,,,") + "400,1,20,E52\n400,21,48,A\n" +
                             stream("B1") + day("A,,,,", 47) + day() + "900";
    const ReadOutcome whole = read(text);
    for (const std::size_t piece : {1U, 40U, 300U}) {
        const ReadOutcome pieces = read(text, piece);
        CHECK(pieces.intervals == whole.intervals);
        CHECK(pieces.rejects.size() == whole.rejects.size());
    }
}

TEST_CASE("an over-long line is counted and told, and what hangs on it is not taken for another's"
) {
    const Zone* const zone = Zone::find("Australia/Brisbane").value();
    AssemblerOptions assembly;
    assembly.zone = zone;
    assembly.latest_end = parse_instant("2100-01-01T00:00:00Z").value();
    test::CollectingSink sink;
    Assembler assembler(assembly, sink);
    ReaderOptions options;
    options.zone = zone;
    const auto reader = make_nem12_reader(options, assembler);
    REQUIRE(reader->read(header + stream() + day("V,,,,"), false));
    reader->skip_line("300,20040202,1,1,1");
    REQUIRE(reader->read("400,1,48,A,,\n", false));
    reader->skip_line("200,OTHER,,,,");
    REQUIRE(reader->read(day(), false));
    REQUIRE(reader->read("", true));
    assembler.finish();
    CHECK(sink.intervals.empty());
    REQUIRE(sink.rejects.size() == 4);
    CHECK(sink.rejects[0].reason == "quality V, but no 400 record covers interval 1 of 48");
    CHECK(sink.rejects[1].reason == "line is longer than 1 MiB");
    CHECK(sink.rejects[1].line == 4);
    CHECK(sink.rejects[2].line == 6);
    CHECK(sink.rejects[3].reason == "its 200 record was rejected");
    CHECK(sink.rejects[3].line == 7);
    CHECK(assembler.tally().records == 3);
}
