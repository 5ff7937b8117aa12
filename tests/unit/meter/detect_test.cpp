// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "meter/reader.hpp"
#include "support/corpus.hpp"

namespace usagectl::meter {
namespace {

using namespace std::string_literals;

struct Known {
    std::string head;
    Format format;
};

TEST_CASE("a format is told by its first line with text") {
    const Known known = GENERATE(
        Known{"00000001,104,4,20251213000000,20251213235959,Y,N\n", Format::lse},
        Known{"\r\n\n00000001,104\r\n", Format::lse},
        Known{"\xEF\xBB\xBF"s + "00000001,104", Format::lse},
        Known{"ESIID,USAGE_DATE,USAGE_START_TIME,USAGE_END_TIME,USAGE_KWH\n", Format::smt_csv},
        Known{"usage_kwh, \"esiid\"\n", Format::smt_csv},
        Known{"meter,start,wh\n1,2025-12-13T00:00:00Z,4\n", Format::csv},
        Known{"KWH,Start,METER,quality\r\n", Format::csv},
        Known{"100,NEM12,200405011135,MDA1,Ret1\n", Format::nem12},
        Known{"\n200,VABD000163,E1Q1,1,E1,N1,METSER123,KWH,30,\n", Format::nem12},
        Known{"<?xml version=\"1.0\"?>\n<feed/>", Format::espi},
        Known{"\xEF\xBB\xBF <feed xmlns=\"http://www.w3.org/2005/Atom\">", Format::espi},
        Known{"<entry>", Format::espi},
        Known{"<espi:IntervalBlock xmlns:espi=\"http://naesb.org/espi\">", Format::espi}
    );
    INFO(known.head);
    const Result<Format> format = detect_format(known.head);
    REQUIRE(format);
    CHECK(*format == known.format);
}

struct Unknown {
    std::string head;
    std::string code;
    std::string says;  // part of the message
};

TEST_CASE("what is no meter file is refused by name, with exit 6") {
    const Unknown unknown = GENERATE(
        Unknown{"", "empty_file", "the file is empty"},
        Unknown{"\xEF\xBB\xBF \r\n\n", "empty_file", "the file is empty"},
        Unknown{"100,NEM13,200401101030,MDA1,Ret1\n", "format_refused", "NEM13"},
        Unknown{"%PDF-1.7\n", "format_refused", "PDF"},
        Unknown{"\x1F\x8B\x08\x00"s, "format_refused", "gzip"},
        Unknown{"PK\x03\x04"s + "x", "format_refused", "spreadsheet"},
        Unknown{"-----BEGIN PGP MESSAGE-----\n", "format_refused", "encrypted"},
        Unknown{"\xFF\xFEM\0e\0"s, "format_refused", "UTF-16"},
        Unknown{"<!DOCTYPE html><html>", "format_refused", "HTML"},
        Unknown{"\x7F"s + "ELF\x02\x01\x01\0\0\0"s, "format_unknown", "binary data"},
        Unknown{std::string(20, '\x01'), "format_unknown", "binary data"},
        Unknown{"{\"data\":[]}\n", "format_unknown", "begins with '{\"data\":[]}'"},
        Unknown{"meter;start;wh\n", "format_unknown", "meter;start;wh"},
        Unknown{"meter,start\n", "format_unknown", "meter,start"},
        Unknown{std::string(5000, 'x'), "format_unknown", "'" + std::string(40, 'x') + "'"}
    );
    INFO(unknown.head.substr(0, 60));
    const Result<Format> format = detect_format(unknown.head);
    REQUIRE_FALSE(format);
    CHECK(format.error().exit == Exit::rejected);
    CHECK(format.error().code == unknown.code);
    CHECK_THAT(format.error().message, Catch::Contains(unknown.says));
}

TEST_CASE("an unknown file's error shows only printable text and names the formats") {
    const Result<Format> format = detect_format("\x1B[31mred\xC3\xA4\n");
    REQUIRE_FALSE(format);
    CHECK(std::all_of(format.error().message.begin(), format.error().message.end(), [](char c) {
        return c >= ' ' && c <= '~';
    }));
    for (const char* name : {"lse", "smt-csv", "espi", "nem12", "csv", "--format-in"}) {
        CHECK_THAT(format.error().hint, Catch::Contains(name));
    }
}

TEST_CASE("every format has a name that leads back to it") {
    for (const Format format :
         {Format::lse, Format::smt_csv, Format::espi, Format::nem12, Format::csv}) {
        CHECK(parse_format(to_string(format)) == format);
    }
    CHECK_FALSE(parse_format("LSE"));
    CHECK(to_string(Format::smt_csv) == "smt-csv");
}

TEST_CASE("only NEM12 implies a zone: market time without daylight saving") {
    CHECK(format_zone(Format::nem12) == "Australia/Brisbane");
    for (const Format format : {Format::lse, Format::smt_csv, Format::espi, Format::csv}) {
        CHECK_FALSE(format_zone(format));
    }
}

TEST_CASE("real files are told apart by their content") {
    const auto corpus = test::corpus();
    if (!corpus) {
        WARN("skipped: corpus is absent");
        return;
    }
    const auto all_are = [&](const char* folder, Format format) {
        for (const auto& entry : std::filesystem::directory_iterator(*corpus / folder)) {
            if (!entry.is_regular_file())
                continue;
            const std::string text = test::read_file(entry.path());
            const Result<Format> found = detect_format(std::string_view(text).substr(0, 65536));
            INFO(entry.path());
            if (entry.path().filename().string().find("NEM13") != std::string::npos) {
                REQUIRE_FALSE(found);
                CHECK(found.error().code == "format_refused");
            } else {
                REQUIRE(found);
                CHECK(*found == format);
            }
        }
    };
    all_are("smt-csv", Format::smt_csv);
    all_are("smt-csv/dst", Format::smt_csv);
    all_are("smt-csv/subscription-daily", Format::smt_csv);
    all_are("green-button/openespi", Format::espi);
    all_are("green-button/cityssm", Format::espi);
    all_are("nem12/unzipped", Format::nem12);
}

}  // namespace
}  // namespace usagectl::meter
