// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <string>

#include "base/number.hpp"
#include "meter/csv_row.hpp"
#include "meter/energy_text.hpp"
#include "meter/line_text.hpp"
#include "meter/local_text.hpp"

namespace usagectl::meter {
namespace {

TEST_CASE("the quick scanner agrees with the general one about every value it takes") {
    CHECK(rc::check("any text of value characters", [] {
        const auto text = *rc::gen::container<std::string>(rc::gen::element<char>(
            '0', '1', '2', '5', '9', '.', '-', ',', ' ', 'E', '/', ':', '\n', '\0', '\xFF'
        ));
        const std::string padded = text + ",A,,xxxxxxxx";
        const Thousandths quick = scan_thousandths(padded.data());
        if (quick.size == 0)
            return;
        const std::string token = padded.substr(0, padded.find(','));
        RC_ASSERT(quick.size == token.size());
        const auto general = parse_scaled(token, 3);
        RC_ASSERT(general.has_value());
        RC_ASSERT(!general->inexact);
        RC_ASSERT(general->value == static_cast<std::int64_t>(quick.value));
    }));
}

TEST_CASE("the quick scanner takes every value below 1 MWh with three decimals at most") {
    for (std::uint32_t wh = 0; wh < 1'000'000; wh += 7) {
        const std::string whole = std::to_string(wh / 1000);
        std::string decimals = std::to_string(wh % 1000 + 1000).substr(1);
        std::string text = whole + "." + decimals;
        while (true) {
            const std::string padded = text + ",A,,0000";
            const Thousandths value = scan_thousandths(padded.data());
            REQUIRE(value.size == text.size());
            REQUIRE(value.value == wh);
            if (text.back() != '0' || text.find('.') + 2 >= text.size())
                break;
            text.pop_back();
        }
    }
}

TEST_CASE("the quick scanner leaves what is not plain to the general way") {
    for (const char* text :
         {",1.0,1.0",
          ".,1.0,1.",
          "1.,1.0,1",
          "-1.5,A,,",
          "1.2345,A",
          "1 .5,A,,",
          "1.2.3,A,",
          "1234567.",
          "1e5,A,,,",
          "\n0.5,A,,",
          "abc,A,,,"}) {
        INFO(text);
        CHECK(scan_thousandths(text).size == 0);
    }
}

TEST_CASE("eight digits are scanned at once and nothing else is taken for them") {
    CHECK(scan_eight_digits("10000000") == 10'000'000);
    CHECK(scan_eight_digits("00000001") == 1);
    CHECK(scan_eight_digits("99999999") == 99'999'999);
    for (const char* text :
         {"1000000,",
          "1000 000",
          "/0000000",
          ":0000000",
          "\xB0"
          "0000000"}) {
        CHECK(scan_eight_digits(text) == not_eight_digits);
    }
}

TEST_CASE("a difference in any byte is seen") {
    const std::string text = "'10443720000000001,03/01/2022,03/02/2022 06:18:33,";
    for (std::size_t size = 0; size <= text.size(); ++size) {
        CHECK(same_bytes(text.data(), std::string(text).data(), size));
        for (std::size_t at = 0; at < size; ++at) {
            std::string other = text;
            other[at] = '#';
            REQUIRE_FALSE(same_bytes(text.data(), other.data(), size));
        }
    }
}

TEST_CASE("a file is cut so that every line ends, whatever the pieces") {
    LineCutter cutter;
    auto cut = cutter.cut(
        "\xEF\xBB\xBF"
        "a\nb\n",
        false
    );
    CHECK(cut.body == "a\nb\n");
    CHECK(cut.tail.empty());
    cut = cutter.cut(
        "\xEF\xBB\xBF"
        "c\nd",
        true
    );
    CHECK(
        cut.body == "\xEF\xBB\xBF"
                    "c\n"
    );
    CHECK(cut.tail == "d\n");
    CHECK(LineCutter().cut("", true).body.empty());
    CHECK(LineCutter().cut("x", true).tail == "x\n");
}

TEST_CASE("fields of a row are trimmed, unquoted and know their columns") {
    CsvRow row;
    const std::string line = " a ,\"b, c\" ,,\"\",'d\r\n";
    REQUIRE(row.split(line));
    REQUIRE(row.size() == 5);
    CHECK(row[0] == "a");
    CHECK(row[1] == "b, c");
    CHECK(row[2].empty());
    CHECK(row[3].empty());
    CHECK(row[4] == "'d");
    CHECK(row[1].data() - line.data() == 5);
    REQUIRE(row.split(""));
    CHECK(row.size() == 1);
    for (const char* wrong : {"a,\"b", "a\"b", "\"a\"b", "\""}) {
        INFO(wrong);
        CHECK_FALSE(row.split(wrong));
    }
    CHECK_FALSE(row.split(std::string(64, ',')));
    CHECK(row.split(std::string(63, ',')));
}

TEST_CASE("a column must be there once") {
    CsvRow row;
    REQUIRE(row.split("Meter,start,START"));
    CHECK(column_of(row, "METER").value() == 0);
    CHECK(column_of(row, "wh", true).value() == row.size());
    CHECK(column_of(row, "wh").error().code == "header_malformed");
    CHECK(column_of(row, "start").error().code == "header_malformed");
}

TEST_CASE("dates and times are taken in the shapes files use, and only if they exist") {
    const auto day = day_from(2024, 2, 29);
    REQUIRE(day);
    CHECK(parse_date("02/29/2024") == day);
    CHECK(parse_date("2024-02-29") == day);
    CHECK(parse_stamp("20240229000000") == LocalTime(*day));
    CHECK(parse_stamp("20240229235959") == LocalTime(*day) + std::chrono::seconds(86399));
    CHECK(parse_date_time("02/29/2024") == LocalTime(*day));
    CHECK(parse_date_time("02/29/2024 01:02") == LocalTime(*day) + std::chrono::minutes(62));
    CHECK(parse_date_time("2024-02-29T01:02:03") == LocalTime(*day) + std::chrono::seconds(3723));
    for (const char* date :
         {"02/30/2024",
          "13/01/2024",
          "00/01/2024",
          "2/29/2024",
          "02/29/24",
          "29.02.2024",
          "02-29-2024",
          "1969-12-31",
          "2106-01-01",
          ""}) {
        INFO(date);
        CHECK_FALSE(parse_date(date));
    }
    for (const char* stamp :
         {"20240230000000",
          "20240229240000",
          "20240229006000",
          "20240229000060",
          "2024022900000",
          "2024022900000x",
          ""}) {
        INFO(stamp);
        CHECK_FALSE(parse_stamp(stamp));
    }
    for (const char* time :
         {"02/29/2024 24:00",
          "02/29/2024 1:02",
          "02/29/2024x01:02",
          "02/29/2024 01:02:60",
          "02/29/2024 01:02:3",
          "02/29/2024 01:02 PM"}) {
        INFO(time);
        CHECK_FALSE(parse_date_time(time));
    }
    CHECK(parse_minute("00:00") == 0);
    CHECK(parse_minute("23:45") == 1425);
    CHECK(parse_minute("24:00") == 1440);
    for (const char* time : {"24:01", "12:60", "1:00", "12:00:00", "12.00", "", "-1:00"}) {
        CHECK(parse_minute(time) == -1);
    }
}

TEST_CASE("an energy value that is none says why") {
    CHECK(read_energy("0.361", 3).wh == 361);
    CHECK(read_energy("361", 0).wh == 361);
    CHECK(read_energy("0.1235", 3).wh == 124);
    CHECK(read_energy("0.1225", 3).wh == 122);
    CHECK(read_energy("0.1234", 3).inexact);
    CHECK_THAT(read_energy("-0.5", 3).fault, Catch::Contains("negative"));
    CHECK_THAT(read_energy("1e3", 3).fault, Catch::Contains("'1e3' is not a number"));
    CHECK_THAT(read_energy("1,5", 3).fault, Catch::Contains("is not a number"));
    CHECK_THAT(read_energy("1111111111111111111", 3).fault, Catch::Contains("too many digits"));
    CHECK_FALSE(read_energy("99999999999999", 3).fault.empty());
}

}  // namespace
}  // namespace usagectl::meter
