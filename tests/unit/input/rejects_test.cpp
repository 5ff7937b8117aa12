// SPDX-License-Identifier: MIT
// Lines of a rejects file, read and gathered into runs.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "input/rejects.hpp"

using namespace usagectl;
using namespace usagectl::input;

namespace {

struct Run {
    std::string file;
    std::string format;
    std::string text;
    std::vector<RejectedRecord> records;
    std::vector<RejectRun::Place> places;  // of each line of the text
};
struct Refused {
    RejectedRecord record;
    std::string why;
};

// Refuses records of the format "no".
class Keeper final : public RejectsTaker {
public:
    std::string refusal(const RejectedRecord& record) override {
        return record.format == "no" ? "it is of the format no" : "";
    }
    void refuse(RejectedRecord record, std::string why) override {
        refused.push_back({std::move(record), std::move(why)});
    }
    void take(const RejectRun& run) override {
        Run& kept = runs.emplace_back(Run{run.file, run.format, run.text, {}, {}});
        for (std::size_t i = 0; i != run.size(); ++i)
            kept.records.push_back(run.record(i));
        const auto lines = std::count(run.text.begin(), run.text.end(), '\n');
        for (std::int64_t line = 1; line <= lines; ++line)
            kept.places.push_back(run.place(static_cast<std::uint64_t>(line)));
    }

    std::vector<Run> runs;
    std::vector<Refused> refused;
};

std::string
line(const std::string& file, int number, const std::string& context, const std::string& record) {
    return R"({"file":")" + file + R"(","line":)" + std::to_string(number) +
           R"(,"column":3,"reason":"bad","record":")" + record + R"(","format":"csv")" +
           (context.empty() ? "" : R"(,"context":")" + context + "\"") + "}\n";
}

void read(Keeper& keeper, const std::string& text) {
    RejectRuns runs(keeper);
    runs.take(text, true);
}

}  // namespace

TEST_CASE("a rejects file is told by its first line") {
    CHECK(is_rejects_file(line("a.csv", 1, "", "x")));
    CHECK(is_rejects_file("\xEF\xBB\xBF\r\n \n" + line("a.csv", 1, "h", "x")));
    CHECK(is_rejects_file("{\"format\":null, \"record\" : broken"));
    CHECK_FALSE(is_rejects_file(""));
    CHECK_FALSE(is_rejects_file("\n\n"));
    CHECK_FALSE(is_rejects_file("{\"record\":1}\n{\"format\":1,\"record\":2}\n"));
    CHECK_FALSE(is_rejects_file("meter,start,\"record\",\"format\"\n"));
    CHECK_FALSE(is_rejects_file("[{\"record\":1,\"format\":1}]"));
}

TEST_CASE("a reject line is read, what it leaves out is empty") {
    std::uint32_t column = 7;
    const auto whole = parse_reject(
        R"({"file":"d/a.lse","line":12,"column":3,"reason":"r","record":"1\n2","format":"lse",)"
        R"("context":"h","cut":true,"more":[{}]})",
        column
    );
    REQUIRE(whole);
    CHECK(column == 0);
    CHECK(whole->file == "d/a.lse");
    CHECK(whole->line == 12);
    CHECK(whole->column == 3);
    CHECK(whole->reason == "r");
    CHECK(whole->record == "1\n2");
    CHECK(whole->format == "lse");
    CHECK(whole->context == "h");
    CHECK(whole->cut);
    const auto least = parse_reject(R"({"record":"x","format":null})", column);
    REQUIRE(least);
    CHECK(least->format.empty());
    CHECK(least->line == 0);
    CHECK_FALSE(least->cut);
}

TEST_CASE("a line that is no reject is refused by name, with its column") {
    struct Wrong {
        const char* line;
        std::uint32_t column;
        const char* says;
    };
    const Wrong wrong = GENERATE(
        Wrong{R"({"record":"x","format":"csv")", 28, "not JSON"},
        Wrong{R"({"record":"x,"format":"csv"})", 16, "not JSON"},
        Wrong{"{\"record\":\"\xE9\",\"format\":\"csv\"}", 13, "not JSON"},
        Wrong{R"(["record","format"])", 0, "has no record and format"},
        Wrong{R"({"record":"x"})", 0, "has no record and format"},
        Wrong{R"({"format":"csv"})", 0, "has no record and format"},
        Wrong{R"({"record":1,"format":"csv"})", 0, "record is of the wrong kind"},
        Wrong{R"({"record":"x","format":["csv"]})", 0, "format is of the wrong kind"},
        Wrong{R"({"record":"x","format":"csv","line":-1})", 0, "line is of the wrong kind"},
        Wrong{R"({"record":"x","format":"csv","line":1.5})", 0, "line is of the wrong kind"},
        Wrong{R"({"record":"x","format":"csv","line":1e999})", 0, "too large"},
        Wrong{R"({"record":"x","format":"csv","cut":"yes"})", 0, "cut is of the wrong kind"}
    );
    CAPTURE(wrong.line);
    std::uint32_t column = 0;
    const auto read = parse_reject(wrong.line, column);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == "reject_malformed");
    CHECK(column == wrong.column);
    CHECK_THAT(read.error().message, Catch::Contains(wrong.says));
}

TEST_CASE("records of one file, format and context are one text under that context") {
    Keeper keeper;
    read(
        keeper,
        line("a.csv", 3, "meter,wh", "1,x") + "\r\n" + line("a.csv", 9, "meter,wh", "2,y\\n3,z") +
            line("a.csv", 11, "meter,wh", "4,w") + line("b.csv", 2, "meter,wh", "5,v") +
            line("b.csv", 5, "", "6,u")
    );
    CHECK(keeper.refused.empty());
    REQUIRE(keeper.runs.size() == 3);
    const Run& run = keeper.runs[0];
    CHECK(run.file == "a.csv");
    CHECK(run.format == "csv");
    CHECK(run.text == "meter,wh\n1,x\n2,y\n3,z\n4,w\n");
    REQUIRE(run.records.size() == 3);
    CHECK(run.records[1].record == "2,y\n3,z");
    CHECK(run.records[1].context == "meter,wh");
    CHECK(run.records[2].line == 11);
    CHECK(keeper.runs[1].text == "meter,wh\n5,v\n");
    CHECK(keeper.runs[2].text == "6,u\n");
}

TEST_CASE("each line of a run knows where it came from") {
    Keeper keeper;
    read(
        keeper,
        line("a", 30, "h1\\nh2", "x") + "\n" + line("a", 40, "h1\\nh2", "y1\\ny2") +
            line("a", 0, "h1\\nh2", "z")
    );
    REQUIRE(keeper.runs.size() == 1);
    const auto& places = keeper.runs[0].places;
    REQUIRE(places.size() == 6);
    CHECK(places[0].in_context);
    CHECK(places[1].in_context);
    CHECK(places[1].file_line == 30);
    CHECK_FALSE(places[2].in_context);
    CHECK(places[2].file_line == 30);
    CHECK(places[2].here == 1);
    CHECK(places[3].file_line == 40);
    CHECK(places[4].file_line == 41);
    CHECK(places[4].here == 3);
    CHECK(places[5].file_line == 0);
    CHECK(places[5].here == 4);
}

TEST_CASE("one record that was rejected for two reasons is taken once") {
    Keeper keeper;
    const auto twice = line("a", 3, "h", "x") + line("a", 3, "h", "x");
    read(keeper, twice + line("a", 3, "h", "x2") + line("a", 0, "h", "y") + line("a", 0, "h", "y"));
    REQUIRE(keeper.runs.size() == 1);
    CHECK(keeper.runs[0].text == "h\nx\nx2\ny\ny\n");
}

TEST_CASE("what cannot be read again is handed back and does not stop the rest") {
    Keeper keeper;
    read(
        keeper,
        line("a", 1, "h", "x") + "{\"record\":1}  \r\n" + line("a", 2, "h", " \\n") +
            R"({"record":"n","format":"no","file":"f","line":8,"context":"c"})" + "\n" +
            line("a", 3, "h", "y")
    );
    REQUIRE(keeper.runs.size() == 2);
    CHECK(keeper.runs[1].text == "h\ny\n");
    REQUIRE(keeper.refused.size() == 3);
    CHECK(keeper.refused[0].record.here == 2);
    CHECK(keeper.refused[0].record.format == rejects_format);
    CHECK(keeper.refused[0].record.record == "{\"record\":1}");
    CHECK(keeper.refused[0].why == "the line has no record and format");
    CHECK(keeper.refused[1].why == "the line holds no record");
    CHECK(keeper.refused[2].why == "it is of the format no");
    CHECK(keeper.refused[2].record.line == 8);
    CHECK(keeper.refused[2].record.context == "c");
}

TEST_CASE("a line too long to be a reject is counted and refused") {
    Keeper keeper;
    RejectRuns runs(keeper);
    runs.take(line("a", 1, "h", "x"), false);
    runs.skip("{\"record\":\"xxx");
    runs.take(line("a", 2, "h", "y"), true);
    REQUIRE(keeper.refused.size() == 1);
    CHECK(keeper.refused[0].record.here == 2);
    CHECK(keeper.refused[0].record.cut);
    CHECK(keeper.refused[0].record.record == "{\"record\":\"xxx");
    REQUIRE(keeper.runs.size() == 2);
    CHECK(keeper.runs[1].records[0].here == 3);
}

TEST_CASE("a run is bounded in records and in bytes") {
    Keeper many;
    std::string text;
    for (int i = 1; i <= 10'000; ++i)
        text += line("a", i, "h", "x");
    read(many, text);
    REQUIRE(many.runs.size() == 3);
    CHECK(many.runs[0].records.size() == 4096);
    CHECK(many.runs[2].places.back().file_line == 10'000);
    Keeper large;
    text.clear();
    for (int i = 1; i <= 30; ++i)
        text += line("a", i, "h", std::string(100'000, 'x'));
    read(large, text);
    CHECK(large.runs.size() == 3);
    CHECK(large.runs[0].text.size() < (1 << 20) + 100'002);
}

TEST_CASE("a rejects file is read the same however it is cut") {
    std::string text;
    for (int i = 1; i != 40; ++i)
        text += i % 7 == 0 ? "{broken\n" : line(i % 5 == 0 ? "b" : "a", i, "h", "x\\ny");
    Keeper whole;
    read(whole, text);
    CHECK(rc::check("any size of piece", [&] {
        const auto least = *rc::gen::inRange<std::size_t>(1, text.size());
        Keeper pieces;
        RejectRuns runs(pieces);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at + least - 1), text.size() - 1) + 1;
            runs.take(std::string_view(text).substr(at, end - at), false);
            at = end;
        }
        runs.take("", true);
        RC_ASSERT(pieces.refused.size() == whole.refused.size());
        RC_ASSERT(pieces.runs.size() == whole.runs.size());
        for (std::size_t i = 0; i != whole.runs.size(); ++i)
            RC_ASSERT(pieces.runs[i].text == whole.runs[i].text);
    }));
}
