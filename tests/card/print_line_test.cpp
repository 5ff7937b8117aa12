// SPDX-License-Identifier: MIT
// Lines of print files, as they are read again.
#include "card/print_line.hpp"

#include <catch2/catch.hpp>

using namespace usagectl;

namespace {

std::string read(std::string_view text) {
    const auto line = card::parse_print_line(text);
    if (!line) {
        // A message goes to logs: no PIN, no part of the line.
        CHECK(line.error().message.find("1234") == std::string::npos);
        CHECK(line.error().exit == Exit::rejected);
        return line.error().message;
    }
    return line->serial.text() + " " + std::string(line->pin) + " " + format_money(line->value) +
           " " + line->currency + " " + (line->expires ? format_day(*line->expires) : "-") + " " +
           line->batch;
}

}  // namespace

TEST_CASE("a line of a print file is read as it was written, or refused without a word of it") {
    struct Row {
        const char* line;
        const char* read;
    };
    const auto row = GENERATE(values<Row>({
        {"100000000001,12345678901234,25.00,USD,2028-12-31,2026-11",
         "100000000001 12345678901234 25.00 USD 2028-12-31 2026-11"},
        {"100000000001,1234567890123,5.00,EUR,,B", "100000000001 1234567890123 5.00 EUR - B"},
        {"", "it does not have 6 fields"},
        {"100000000001,12345678901234,25.00,USD,", "it does not have 6 fields"},
        {"100000000001,12345678901234,25.00,USD,,B,C", "it does not have 6 fields"},
        {"100000000002,12345678901234,25.00,USD,,B", "its first field is no serial number"},
        {"1000 0000 0001,12345678901234,25.00,USD,,B", "its first field is no serial number"},
        {"100000000001,1234,25.00,USD,,B", "its second field is no PIN"},
        {"100000000001,1234567890123x,25.00,USD,,B", "its second field is no PIN"},
        {"100000000001,12345678901234,25.001,USD,,B", "its third field is no value"},
        {"100000000001,12345678901234,25.00,USD,2028-13-01,B", "its fifth field is no date"},
    }));
    CHECK(read(row.line) == row.read);
}
