// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "base/zone.hpp"

using namespace usagectl;

namespace {

const Zone& zone(std::string_view name) {
    return *Zone::find(name).value();
}
LocalDay day(std::string_view text) {
    return parse_day(text).value();
}
Instant utc(std::string_view text) {
    return parse_instant(text).value();
}
// A wall clock's time, written as if it were UTC.
LocalTime clock(std::string_view text) {
    return LocalTime(utc(text).time_since_epoch());
}

std::int64_t quarters(const Zone& in, LocalDay of) {
    return (in.day_start(of + std::chrono::days(1)) - in.day_start(of)).count() / 900;
}

}  // namespace

TEST_CASE("a local day has as many quarter hours as its zone's clock makes of it") {
    struct Row {
        std::string_view name;
        std::string_view date;
        std::string_view start;
        std::int64_t quarter_hours;
    };
    const Row rows[] = {
        {"America/Chicago", "2022-03-12", "2022-03-12T06:00:00Z", 96},
        {"America/Chicago", "2022-03-13", "2022-03-13T06:00:00Z", 92},
        {"America/Chicago", "2022-03-14", "2022-03-14T05:00:00Z", 96},
        {"America/Chicago", "2022-11-06", "2022-11-06T05:00:00Z", 100},
        {"America/Chicago", "2026-11-01", "2026-11-01T05:00:00Z", 100},
        {"America/Chicago", "2026-11-02", "2026-11-02T06:00:00Z", 96},
        // After the transitions listed in the database its rule goes on.
        {"America/Chicago", "2039-03-13", "2039-03-13T06:00:00Z", 92},
        {"America/Chicago", "2105-11-01", "2105-11-01T05:00:00Z", 100},
        {"America/Chicago", "2105-12-31", "2105-12-31T06:00:00Z", 96},
        {"Asia/Kolkata", "2026-11-01", "2026-10-31T18:30:00Z", 96},
        // Half an hour of daylight saving.
        {"Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", 98},
        {"Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30:00Z", 94},
        // Samoa crossed the date line and had no 30 December.
        {"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", 96},
        {"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", 0},
        {"Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z", 96},
        // Midnight does not exist: the day begins at one o'clock.
        {"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 92},
        // Midnight comes, the clock falls back to 23:00: the day begins when it comes for good.
        {"America/Sao_Paulo", "2018-02-17", "2018-02-17T02:00:00Z", 100},
        {"America/Sao_Paulo", "2018-02-18", "2018-02-18T03:00:00Z", 96},
        // The clock fell back at 00:01 to 23:01, so a minute of the next date came too early.
        {"America/St_Johns", "2010-11-06", "2010-11-06T02:30:00Z", 100},
        {"America/St_Johns", "2010-11-07", "2010-11-07T03:30:00Z", 96},
        {"Etc/UTC", "1970-01-01", "1970-01-01T00:00:00Z", 96},
    };
    for (const Row& row : rows) {
        INFO(row.name << " " << row.date);
        CHECK(format_instant(zone(row.name).day_start(day(row.date))) == row.start);
        CHECK(quarters(zone(row.name), day(row.date)) == row.quarter_hours);
    }
}

TEST_CASE("an instant belongs to the day that has come for good") {
    struct Row {
        std::string_view name;
        std::string_view at;
        std::string_view date;
    };
    const Row rows[] = {
        {"America/Chicago", "2026-11-01T04:59:59Z", "2026-10-31"},
        {"America/Chicago", "2026-11-01T05:00:00Z", "2026-11-01"},
        {"America/St_Johns", "2010-11-07T02:30:30Z", "2010-11-06"},  // the clock shows the 7th
        {"America/St_Johns", "2010-11-07T03:29:59Z", "2010-11-06"},
        {"America/St_Johns", "2010-11-07T03:30:00Z", "2010-11-07"},
        {"America/Sao_Paulo", "2018-11-04T02:59:59Z", "2018-11-03"},
        {"America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-04"},
        {"Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"},
        {"Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"},
    };
    for (const Row& row : rows) {
        INFO(row.name << " " << row.at);
        CHECK(format_day(zone(row.name).day_of(utc(row.at))) == row.date);
    }
}

TEST_CASE("a time of the wall clock has no reading when skipped, two when repeated, else one") {
    const Zone& chicago = zone("America/Chicago");
    CHECK(chicago.readings(clock("2026-03-08T01:59:59Z")).count == 1);
    CHECK(chicago.readings(clock("2026-03-08T02:00:00Z")).count == 0);
    CHECK(chicago.readings(clock("2026-03-08T02:59:59Z")).count == 0);
    const Zone::Readings after = chicago.readings(clock("2026-03-08T03:00:00Z"));
    CHECK(after.count == 1);
    CHECK(after.first == utc("2026-03-08T08:00:00Z"));

    CHECK(chicago.readings(clock("2026-11-01T00:59:59Z")).count == 1);
    const Zone::Readings twice = chicago.readings(clock("2026-11-01T01:30:00Z"));
    CHECK(twice.count == 2);
    CHECK(twice.first == utc("2026-11-01T06:30:00Z"));
    CHECK(twice.second == utc("2026-11-01T07:30:00Z"));
    CHECK(chicago.readings(clock("2026-11-01T02:00:00Z")).count == 1);

    CHECK(zone("Pacific/Apia").readings(clock("2011-12-30T12:00:00Z")).count == 0);
}

TEST_CASE("offset and local time change at the transition, not before") {
    const Zone& chicago = zone("America/Chicago");
    CHECK(chicago.offset(utc("2026-11-01T06:59:59Z")) == -5 * 3600);
    CHECK(chicago.offset(utc("2026-11-01T07:00:00Z")) == -6 * 3600);
    CHECK(chicago.local(utc("2026-11-01T07:00:00Z")) == clock("2026-11-01T01:00:00Z"));
    CHECK(zone("Asia/Kolkata").offset(utc("2026-11-01T07:00:00Z")) == 19'800);
}

TEST_CASE("local standard time leaves daylight saving out all year") {
    struct Row {
        std::string_view name;
        std::string_view clock;
        std::string_view at;
    };
    const Row rows[] = {
        {"America/Chicago", "2026-01-15T12:00:00Z", "2026-01-15T18:00:00Z"},
        {"America/Chicago", "2026-07-15T12:00:00Z", "2026-07-15T18:00:00Z"},
        {"America/Chicago", "2026-03-08T02:30:00Z", "2026-03-08T08:30:00Z"},
        {"America/Chicago", "2080-07-15T12:00:00Z", "2080-07-15T18:00:00Z"},
        {"Australia/Sydney", "2026-01-15T12:00:00Z", "2026-01-15T02:00:00Z"},
        {"Australia/Lord_Howe", "2026-01-15T12:00:00Z", "2026-01-15T01:30:00Z"},
        {"Europe/London", "2026-07-15T12:00:00Z", "2026-07-15T12:00:00Z"},
        // Irish standard time is that of the summer, by law and in the database.
        {"Europe/Dublin", "2026-01-15T12:00:00Z", "2026-01-15T11:00:00Z"},
        // Kamchatka moved an hour west by going to daylight saving without touching the clock.
        {"Asia/Kamchatka", "2010-07-15T12:00:00Z", "2010-07-15T01:00:00Z"},
        // Venezuela moved its standard time by half an hour, that morning at 02:30.
        {"America/Caracas", "2016-05-01T02:00:00Z", "2016-05-01T06:30:00Z"},
        {"America/Caracas", "2016-05-01T05:00:00Z", "2016-05-01T09:00:00Z"},
        {"Asia/Tokyo", "2026-07-15T12:00:00Z", "2026-07-15T03:00:00Z"},
    };
    for (const Row& row : rows) {
        INFO(row.name << " " << row.clock);
        CHECK(format_instant(zone(row.name).from_standard(clock(row.clock))) == row.at);
    }
}

TEST_CASE("a zone that is not in the database is refused with the nearest names") {
    struct Row {
        std::string name;
        std::string_view hint;
    };
    const Row rows[] = {
        {"America/Chcago", "America/Chicago"},
        {"america/chicago", "America/Chicago"},
        {"Chicago", "America/Chicago"},
        {"", "such as America/Chicago"},
        {"Mars/Olympus_Mons_Base_Alpha", "such as America/Chicago"},
        {"../../../etc/passwd", "such as America/Chicago"},
        {"localtime", ""},
        {"posixrules", ""},
        {"right/UTC", ""},
        {"zone.tab", ""},
        {std::string("America/Chicago\0", 16), "America/Chicago"},
        {std::string(1'000'000, 'x'), "such as America/Chicago"},
    };
    for (const Row& row : rows) {
        const Result<const Zone*> found = Zone::find(row.name);
        REQUIRE_FALSE(found);
        INFO(found.error().message << " " << found.error().hint);
        CHECK(found.error().code == "timezone_unknown");
        CHECK(found.error().exit == Exit::usage);
        CHECK(found.error().message.size() < 120);
        CHECK(found.error().hint.find(row.hint) != std::string::npos);
    }
}

TEST_CASE("the same name gives the same zone, on every thread") {
    std::vector<const Zone*> found(8);
    std::vector<std::thread> threads;
    for (const Zone*& at : found) {
        threads.emplace_back([&at] { at = Zone::find("Pacific/Auckland").value(); });
    }
    for (std::thread& thread : threads)
        thread.join();
    for (const Zone* const at : found)
        CHECK(at == found.front());
    CHECK(found.front()->name() == "Pacific/Auckland");
}

TEST_CASE("the names are sorted, and each of them is found") {
    const std::vector<std::string> names = Zone::names();
    CHECK(names.size() > 300);
    CHECK(std::is_sorted(names.begin(), names.end()));
    CHECK(std::binary_search(names.begin(), names.end(), "America/Chicago"));
    CHECK_FALSE(std::binary_search(names.begin(), names.end(), "localtime"));
    for (const std::string& name : names)
        CHECK(Zone::find(name).has_value());
}
