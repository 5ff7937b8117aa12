// SPDX-License-Identifier: MIT
#include "plot/curve.hpp"

#include <catch2/catch.hpp>

#include "plot/drawings.hpp"
#include "plot/samples.hpp"
#include "plot/text.hpp"

namespace usagectl::plot {
namespace {

// A quiet day with one high hour, a missing stretch and an estimated one.
PlotInput varied_day() {
    PlotInput input = days_of("2025-06-06", 1, 100);
    for (std::size_t at = 48; at < 52; ++at) {
        input.intervals[at].wh = 500;
    }
    make_missing(input.intervals, 64, 8);
    for (std::size_t at = 76; at < 80; ++at) {
        input.intervals[at].quality = meter::Quality::estimated;
    }
    return input;
}

TEST_CASE("a curve in ASCII shows the load, what is missing and what is estimated") {
    CHECK(
        joined(curve(varied_day(), {40, 6, false, false})) ==
        "a title\n"
        "kW\n"
        "2 +                  **     ::\n"
        "  |                  * *    ::\n"
        "1 +                  * *    ::\n"
        "  |                  * *    ::\n"
        "  |******************* *****::**********\n"
        "0 +                         ::\n"
        "  ++-----------------+-----????"
        "-ee------\n"
        " 00:00             12:00\n"
        "total 10.400 kWh\n"
        "peak 2.000 kW at 2025-06-06 12:00\n"
        "4 estimated e  8 of 96 missing ?\n"
        "America/Chicago\n"
    );
}

TEST_CASE("a curve in braille joins its points") {
    CHECK(
        joined(curve(varied_day(), {40, 4, true, false})) ==
        "a title\n"
        "kW\n"
        "2 ┤                  ⢸⠉⡆    ░░\n"
        "  │                  ⢸ ⡇    ░░\n"
        "  │                  ⢸ ⡇    ░░\n"
        "0 ┤⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠉⠁ ⠉⠉⠉⠉⠁░░⠈⠉⠉⠉⠉⠉⠉⠉⠉⠉\n"
        "  └┬─────────────────┬─────░░░░─╌╌──────\n"
        " 00:00             12:00\n"
        "total 10.400 kWh\n"
        "peak 2.000 kW at 2025-06-06 12:00\n"
        "4 estimated ╌  8 of 96 missing ░\n"
        "America/Chicago\n"
    );
}

TEST_CASE("without intervals a curve says so") {
    PlotInput input = days_of("2025-06-06", 1, 1);
    input.intervals.clear();
    CHECK(joined(curve(input, {})) == "a title\nno intervals\n");
}

TEST_CASE("zero is drawn on the axis, missing is not drawn at all") {
    CHECK(
        curve(days_of("2025-06-06", 1, 0), {40, 4, false, false})[5] ==
        "0 +*************************************"
    );
    PlotInput missing = days_of("2025-06-06", 1, 0);
    make_missing(missing.intervals, 0, 96);
    const auto lines = curve(missing, {40, 4, false, false});
    for (std::size_t row = 2; row < 6; ++row) {
        CHECK(lines[row].substr(3) == std::string(37, ':'));
    }
    CHECK(joined(lines).find("96 of 96 missing") != std::string::npos);
}

TEST_CASE("no line of a curve is wider than asked, in whatever it draws") {
    for (const PlotInput& input : odd_inputs()) {
        for (const int width : {0, 40, 41, 80, 133, 250, 900}) {
            for (const bool unicode : {false, true}) {
                for (const bool color : {false, true}) {
                    const int allowed = std::clamp(width, least_width, most_width);
                    for (const std::string& line : curve(input, {width, 9, unicode, color})) {
                        CHECK(display_width(line) <= allowed);
                        CHECK(line.find('\n') == std::string::npos);
                    }
                }
            }
        }
    }
}

TEST_CASE("colour adds escape sequences and changes nothing else") {
    for (const PlotInput& input : odd_inputs()) {
        const auto plain = curve(input, {80, 9, true, false});
        const auto colored = curve(input, {80, 9, true, true});
        REQUIRE(plain.size() == colored.size());
        for (std::size_t at = 0; at < plain.size(); ++at) {
            std::string stripped = colored[at];
            for (auto from = stripped.find("\x1b["); from != std::string::npos;
                 from = stripped.find("\x1b[")) {
                stripped.erase(from, stripped.find('m', from) + 1 - from);
            }
            CHECK(stripped == plain[at]);
        }
        CHECK(joined(plain).find('\x1b') == std::string::npos);
    }
}

TEST_CASE("up to 31 days are drawn as power, more as the energy of days") {
    CHECK(samples_of(days_of("2025-10-15", 31, 100)).measure == Measure::power);
    const Samples days = samples_of(days_of("2025-10-15", 32, 100));
    CHECK(days.measure == Measure::daily_energy);
    REQUIRE(days.items.size() == 32);
    CHECK(days.items[0].value == 9600);
    CHECK(days.items[18].value == 10'000);  // 2025-11-02 has 25 hours
    CHECK(days.highest == 10'000);
}

TEST_CASE("a column keeps the lowest and the highest of what falls into it") {
    PlotInput input = days_of("2025-06-06", 1, 100);
    input.intervals[5].wh = 900;
    input.intervals[6].wh = 20;
    make_missing(input.intervals, 7, 1);
    const Samples samples = samples_of(input);
    const auto columns = columns_of(samples, 24);
    REQUIRE(columns.size() == 24);
    CHECK(columns[1].low == 80);
    CHECK(columns[1].high == 3600);
    CHECK(columns[1].mean == (400 + 3600 + 80) / 3);
    CHECK(columns[1].missing);
    CHECK(columns[1].present);
    CHECK_FALSE(columns[2].missing);
    const auto narrow = columns_of(samples, 300);  // several columns per interval
    CHECK(narrow[17].high == 3600);
    CHECK(narrow[18].high == 3600);
    CHECK(narrow[299].high == 400);
}

}  // namespace
}  // namespace usagectl::plot
