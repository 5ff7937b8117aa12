// SPDX-License-Identifier: MIT
// Answers with intervals, in the shapes that are known and those that are likely.
#include <catch2/catch.hpp>

#include "market/adapter.hpp"

namespace usagectl::market {
namespace {

using test::Adapter;
using test::esi_id;

const std::string other_id = "10443720000000002";

std::string day_text(const std::string& first, std::size_t count = 96) {
    std::string text = first;
    for (std::size_t i = 1; i != count; ++i)
        text += ",0.100-A";
    return text;
}

// One day of the shape `energyData`.
std::string
day(const std::string& date,
    const std::string& rd,
    const std::string& type = "C",
    const std::string& revised = "06/02/2026 08:00:00") {
    return R"({"DT":")" + date + R"(","RevTS":")" + revised + R"(","RT":")" + type + R"(","RD":")" +
           rd + R"("})";
}

std::string of_meter(const std::string& id, const std::string& days) {
    return R"({"esiid":")" + id + R"(","energyData":[)" + days + "]}";
}

Outcome<std::vector<MeterReads>>
fetch(const std::string& body, std::vector<std::string> ids = {esi_id, other_id}) {
    Adapter adapter("smt-rest");
    adapter.http.token().reply(200, body);
    return adapter.market().intervals(
        ids, parse_day("2026-05-30").value(), parse_day("2026-05-31").value()
    );
}

std::string code(const std::string& body, std::vector<std::string> ids = {esi_id}) {
    const auto reads = fetch(body, std::move(ids));
    return reads ? "read" : reads.error().error.code;
}

TEST_CASE("days of several meters, both ways, however they are wrapped") {
    const std::string first = of_meter(
        esi_id,
        day("05/31/2026", day_text("0.222-E")) + "," + day("05/30/2026", day_text("")) + "," +
            day("05/31/2026", day_text("0.005-A"), "G")
    );
    const std::string second = of_meter("'" + other_id, day("05/30/2026", day_text("1-A")));
    const std::string body = GENERATE_COPY(
        "[" + first + "," + second + "]",
        R"({"data":[)" + first + "," + second + "]}",
        R"({"trans_id":"1","meters":[)" + first + "," + second + "]}"
    );
    INFO(body.substr(0, 40));
    const auto reads = fetch(body);
    REQUIRE(reads);
    REQUIRE(reads->size() == 3);
    const MeterReads& generation = (*reads)[0];
    CHECK(generation.esi_id == esi_id);
    CHECK(generation.channel == meter::Channel::generation);
    CHECK(generation.intervals.size() == 96);
    CHECK(generation.intervals[0].wh == 5);
    const MeterReads& consumption = (*reads)[1];
    CHECK(consumption.channel == meter::Channel::consumption);
    REQUIRE(consumption.intervals.size() == 191);
    CHECK(consumption.blanks == 1);
    CHECK(format_instant(consumption.intervals[0].start) == "2026-05-30T05:15:00Z");
    CHECK(consumption.intervals[95].wh == 222);
    CHECK(consumption.intervals[95].quality == meter::Quality::estimated);
    CHECK(format_instant(consumption.intervals[95].start) == "2026-05-31T05:00:00Z");
    CHECK((*reads)[2].esi_id == other_id);
    CHECK((*reads)[2].intervals[0].wh == 1000);
}

TEST_CASE("one meter's answer need not name it when only one was asked for") {
    const std::string body = R"({"energyData":[)" + day("05/31/2026", day_text("1-A")) + "]}";
    const auto reads = fetch(body, {esi_id});
    REQUIRE(reads);
    CHECK(reads->at(0).esi_id == esi_id);
    CHECK(code(body, {esi_id, other_id}) == "market_answer_malformed");
}

TEST_CASE("values for a meter nobody asked for spoil the answer") {
    const std::string days = day("05/31/2026", day_text("1-A"));
    CHECK(code(of_meter(esi_id, days)) == "read");
    CHECK(code(of_meter(other_id, days)) == "market_answer_foreign");
    CHECK(
        code("[" + of_meter(esi_id, days) + "," + of_meter(other_id, days) + "]") ==
        "market_answer_foreign"
    );
    CHECK(code(of_meter(esi_id + "0", days)) == "market_answer_foreign");
}

TEST_CASE("the newest revision of a day counts; the same again is counted, another is refused") {
    const std::string old_day = day("05/31/2026", day_text("1-A"), "C", "06/01/2026 08:00:00");
    const std::string new_day = day("05/31/2026", day_text("2-A"), "C", "06/04/2026 08:00:00");
    for (const auto& days : {old_day + "," + new_day, new_day + "," + old_day}) {
        const auto reads = fetch(of_meter(esi_id, days));
        REQUIRE(reads);
        CHECK(reads->at(0).intervals.at(0).wh == 2000);
        CHECK(reads->at(0).intervals.size() == 96);
        CHECK(reads->at(0).duplicates == 0);
    }
    const auto twice = fetch(of_meter(esi_id, new_day + "," + new_day));
    REQUIRE(twice);
    CHECK(twice->at(0).intervals.size() == 96);
    CHECK(twice->at(0).duplicates == 96);

    const std::string differs = day("05/31/2026", day_text("2-E"), "C", "06/04/2026 08:00:00");
    const auto spoilt = fetch(of_meter(esi_id, new_day + "," + differs));
    REQUIRE_FALSE(spoilt);
    CHECK(
        spoilt.error().error.message ==
        "smt-rest: the interval 2026-05-31T05:00:00Z is given twice, with different values"
    );
}

TEST_CASE("days that were not asked for are left out, days without values are no error") {
    const auto reads = fetch(of_meter(
        esi_id,
        day("06/01/2026", day_text("1-A")) + "," + day("05/29/2026", day_text("1-A")) + "," +
            R"({"DT":"05/31/2026","RT":"C"},{"DT":"05/31/2026","RT":"C","RD":null},)" +
            day("05/30/2026", "")
    ));
    REQUIRE(reads);
    CHECK(reads->empty());
    CHECK(fetch(R"({"esiid":")" + esi_id + R"(","energyData":[]})")->empty());
    CHECK(fetch("[]")->empty());
}

TEST_CASE("an answer of the wrong shape is refused") {
    const std::string body = GENERATE(
        std::string("{}"),
        std::string(R"({"data":{}})"),
        std::string(R"({"data":"none"})"),
        std::string(R"({"esiid":["10443720000000001"]})"),
        of_meter(esi_id, "1"),
        of_meter(esi_id, "null"),
        of_meter(esi_id, R"({"DT":"05/31/2026","RT":"C","RD":5})"),
        of_meter(esi_id, R"({"DT":"05/31/2026","RT":"C","RD":["0.1-A"]})"),
        of_meter(esi_id, R"({"DT":5,"RT":"C","RD":"0.1-A"})"),
        of_meter(esi_id, R"({"RT":"C","RD":"0.1-A"})"),
        of_meter(esi_id, day("05/32/2026", day_text("1-A"))),
        of_meter(esi_id, day("05/31/2026", day_text("1-A", 95))),
        of_meter(esi_id, day("05/31/2026", day_text("-1-A"))),
        of_meter(esi_id, day("05/31/2026", day_text("1-A"), "X")),
        // A daily register is no interval.
        std::string(
            R"({"esiid":"10443720000000001","registeredReads":[{"readDate":"05/31/2026",)"
            R"("startReading":"24002.915","endReading":"24038.915","energyDataKwh":"36.492"}]})"
        )
    );
    INFO(body.substr(0, 120));
    CHECK(code(body) == "market_answer_malformed");
}

TEST_CASE("an error of the market's own") {
    CHECK(code(R"({"errorCode":"1003","errorMessage":"Invalid dates"})") == "market_refused");
    CHECK(code(R"({"errorCode":"1","errorMessage":"No data"})") == "read");
}

std::string row(const std::string& date, const std::string& rest) {
    return R"({"readDate":")" + date + R"(",)" + rest + "}";
}

TEST_CASE("values row by row") {
    const std::string rest = GENERATE(
        std::string(R"("startTime":"00:15","endTime":"00:30","energyDataKwh":0.125,"quality":"A")"),
        std::string(R"("time":"00:15","value":"0.125","quality":"Actual")"),
        std::string(R"("interval":2,"value":"0.125","estimatedActual":"A")"),
        std::string(R"("interval":"00:15","usage":"0.125","quality":"a","readingType":"C")"),
        std::string(R"("startTime":"05/31/2026 00:15:00","kwh":1.25E-1,"flag":"ACTUAL")")
    );
    INFO(rest);
    const auto reads =
        fetch(R"({"esiid":")" + esi_id + R"(","intervalReads":[)" + row("05/31/2026", rest) + "]}");
    REQUIRE(reads);
    REQUIRE(reads->size() == 1);
    REQUIRE(reads->at(0).intervals.size() == 1);
    const IntervalRead& interval = reads->at(0).intervals[0];
    CHECK(format_instant(interval.start) == "2026-05-31T05:15:00Z");
    CHECK(interval.wh == 125);
    CHECK(interval.minutes == 15);
    CHECK(interval.quality == meter::Quality::actual);
}

TEST_CASE("rows that cannot be placed or read") {
    const std::string rest = GENERATE(
        std::string(R"("value":"0.125","quality":"A")"),
        std::string(R"("time":"25:00","value":"0.125","quality":"A")"),
        std::string(R"("time":"24:00","value":"0.125","quality":"A")"),
        std::string(R"("interval":0,"value":"0.125","quality":"A")"),
        std::string(R"("interval":97,"value":"0.125","quality":"A")"),
        std::string(R"("startTime":"00:15","endTime":"01:15","value":"0.125","quality":"A")"),
        std::string(R"("startTime":"00:15","endTime":"00:15","value":"0.125","quality":"A")"),
        std::string(R"("time":"00:15","value":"0.125")"),
        std::string(R"("time":"00:15","value":"0.125","quality":"Z")"),
        std::string(R"("time":"00:15","value":"x","quality":"A")"),
        std::string(R"("time":"00:15","value":-1,"quality":"A")"),
        std::string(R"("time":"00:15","value":1e99,"quality":"A")"),
        std::string(R"("time":"00:15","value":99999999999999999999,"quality":"A")")
    );
    INFO(rest);
    CHECK(code("[" + row("05/31/2026", rest) + "]") == "market_answer_malformed");
}

TEST_CASE("rows of the days the clock changes") {
    const auto rows_of = [](const std::string& date, const std::vector<std::string>& starts) {
        std::string rows;
        for (const auto& start : starts) {
            const bool blank = start.ends_with('!');
            rows += (rows.empty() ? "" : ",") +
                    row(date,
                        R"("startTime":")" + start.substr(0, 5) + R"(","value":)" +
                            (blank ? "null" : "0.1") + R"(,"quality":"A")");
        }
        return R"({"esiid":")" + esi_id + R"(","intervalReads":[)" + rows + "]}";
    };
    const auto fetched = [&](const std::string& body, const char* date) {
        Adapter adapter("smt-rest");
        adapter.http.token().reply(200, body);
        const std::vector<std::string> ids{esi_id};
        const LocalDay asked = parse_day(date).value();
        return adapter.market().intervals(ids, asked, asked);
    };
    // Blank rows for an hour that was not are no gap.
    const auto spring = fetched(
        rows_of("03/08/2026", {"01:45", "02:00!", "02:45!", "03:00", "03:15!"}), "2026-03-08"
    );
    REQUIRE(spring);
    CHECK(spring->at(0).intervals.size() == 2);
    CHECK(spring->at(0).blanks == 1);
    CHECK(
        spring->at(0).intervals[1].start - spring->at(0).intervals[0].start ==
        std::chrono::minutes(15)
    );
    CHECK_FALSE(fetched(rows_of("03/08/2026", {"02:15"}), "2026-03-08"));

    const auto autumn = fetched(
        rows_of(
            "11/01/2026",
            {"00:45",
             "01:00",
             "01:15",
             "01:30",
             "01:45",
             "01:00",
             "01:15",
             "01:30",
             "01:45",
             "02:00"}
        ),
        "2026-11-01"
    );
    REQUIRE(autumn);
    REQUIRE(autumn->at(0).intervals.size() == 10);
    for (std::size_t i = 1; i != 10; ++i) {
        const auto& list = autumn->at(0).intervals;
        CHECK(list[i].start - list[i - 1].start == std::chrono::minutes(15));
    }
}

}  // namespace
}  // namespace usagectl::market
