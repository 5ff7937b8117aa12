// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "support/collect.hpp"
#include "support/corpus.hpp"
#include "unit/meter/espi_feed_text.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using namespace usagectl::test::espi;
using test::Collected;
using test::ReadOutcome;

namespace {

ReadOutcome read(const std::string& document, std::size_t piece = std::string::npos) {
    test::ReadOptions options;
    options.piece = piece;
    return test::read_text(Format::espi, document, options);
}

const Reject& only(const ReadOutcome& outcome) {
    REQUIRE_FALSE(outcome.error);
    REQUIRE(outcome.rejects.size() == 1);
    return outcome.rejects[0];
}

}  // namespace

TEST_CASE("real Green Button files give their control totals, however they are cut") {
    const auto corpus = test::corpus();
    if (!corpus) {
        WARN("skipped: corpus is absent");
        return;
    }
    struct Case {
        const char* file;
        const char* meter;
        std::size_t readings;
        std::int32_t minutes;
        std::int64_t wh;
        std::size_t estimated;
    };
    const Case cases[] = {
        {"openespi/test_usage_data_01.xml", "5446AF3F", 96, 15, 93'846, 2},
        {"openespi/test_usage_data_02.xml", "5446AF3F", 96, 15, 97'977, 0},
        {"openespi/test_usage_data_1.xml", "5446AF3F", 480, 15, 511'688, 2},
        {"openespi/test_usage_data_2.xml", "5446AF3F", 860, 15, 879'978, 0},
        {"openespi/test_usage_data.xml", "5446AF3F", 1340, 15, 1'391'666, 2},
        {"cityssm/intervals_APUC000000_electric.xml", "1402026", 300, 60, 248'530, 0},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.file);
        const std::string text = test::read_file(*corpus / "green-button" / sample.file);
        const ReadOutcome outcome = read(text);
        REQUIRE_FALSE(outcome.error);
        CHECK(outcome.rejects.empty());
        CHECK(outcome.tally.records == sample.readings);
        REQUIRE(outcome.intervals.size() == sample.readings);
        CHECK(outcome.tally.total_wh == sample.wh);
        CHECK(outcome.total_wh() == sample.wh);
        CHECK(outcome.count(Quality::estimated) == sample.estimated);
        CHECK(outcome.intervals[0].meter == sample.meter);
        CHECK(outcome.intervals[0].minutes == sample.minutes);
        CHECK(outcome.intervals[0].channel == Channel::consumption);
        for (const std::size_t piece : {1U, 13U, 4096U})
            CHECK(read(text, piece).intervals == outcome.intervals);
    }
    for (const char* file :
         {"cityssm/entryOnly.xml", "cityssm/namespace.xml", "openespi/ServiceCategory.xml"}) {
        const ReadOutcome outcome = read(test::read_file(*corpus / "green-button" / file));
        REQUIRE(outcome.error);
        CHECK(outcome.error->code == "no_intervals");
    }
}

TEST_CASE("a reading becomes an interval of the usage point's meter, revised with its entry") {
    const ReadOutcome outcome = read(simple_feed(text({noon, 282, 900, ""})));
    REQUIRE(outcome.intervals.size() == 1);
    const Collected& interval = outcome.intervals[0];
    CHECK(interval.meter == "P");
    CHECK(interval.start == instant(noon));
    CHECK(interval.minutes == 15);
    CHECK(interval.wh == 282);
    CHECK(interval.quality == Quality::actual);
    CHECK(interval.revision == unix_seconds(parse_instant("2012-10-24T00:00:00Z").value()));
    CHECK(interval.line == 24);
}

TEST_CASE("the revision is taken with a fraction and an offset, and from inside of the content") {
    struct Case {
        const char* updated;
        std::int64_t revision;
    };
    const Case cases[] = {
        {"2023-08-01T15:57:21.787877+00:00", 1690905441},
        {"2023-08-01T10:57:21-05:00", 1690905441},
        {"2023-08-01T15:57:21.Z", 1690905441},
        {"yesterday", 0},
        {"", 0},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.updated);
        const std::string links = atom_link("up", "/U/UsagePoint/P/MeterReading/R/IntervalBlock");
        const std::string block_entry = element(
            "entry",
            links + element(
                        "content",
                        element("IntervalBlock", text({})) + element("updated", sample.updated)
                    )
        );
        const ReadOutcome outcome =
            read(feed(usage_point() + meter_reading() + reading_type() + block_entry));
        REQUIRE(outcome.intervals.size() == 1);
        CHECK(outcome.intervals[0].revision == sample.revision);
    }
}

TEST_CASE("entries may come in any order") {
    std::vector<std::string> entries{
        usage_point(),
        meter_reading(),
        reading_type(),
        block(text({}) + text({noon + 900, 7, 900, ""})),
    };
    std::sort(entries.begin(), entries.end());
    do {
        const ReadOutcome outcome = read(feed(entries[0] + entries[1] + entries[2] + entries[3]));
        CHECK(outcome.rejects.empty());
        REQUIRE(outcome.intervals.size() == 2);
        CHECK(outcome.intervals[0].meter == "P");
        CHECK(outcome.total_wh() == 107);
    } while (std::next_permutation(entries.begin(), entries.end()));
}

TEST_CASE("names are read by their local part, in any namespace prefix") {
    std::string document = simple_feed(text({}));
    std::string prefixed;
    for (std::size_t at = 0; at < document.size(); ++at) {
        prefixed += document[at];
        const bool opens = document[at] == '<' && std::isalpha(document[at + 1]) != 0;
        const bool closes = document[at] == '/' && document[at - 1] == '<';
        if (opens || closes)
            prefixed += "espi:";
    }
    CHECK(read(prefixed).intervals == read(document).intervals);
    CHECK(read(prefixed).intervals.size() == 1);
}

TEST_CASE("what comments, CDATA, instructions and attributes hold is not markup") {
    const std::string noise = "<!-- <entry> </feed> -->\n<?php <entry> ?>\n"
                              "<title note='<entry> >'><![CDATA[</entry><entry>]]></title>\n";
    const std::string document =
        "<!DOCTYPE feed [<!ENTITY e '<entry>'>]>\n" +
        feed(
            noise + usage_point() + noise + meter_reading() + reading_type() +
            block(
                "<!-- <IntervalReading> -->" + text({}) + "<!---->" + text({noon + 900, 7, 900, ""})
            ) +
            noise
        );
    for (const std::size_t piece : {std::string::npos, std::size_t{1}, std::size_t{5}}) {
        const ReadOutcome outcome = read(document, piece);
        CHECK(outcome.rejects.empty());
        CHECK(outcome.total_wh() == 107);
    }
}

TEST_CASE("reading types that are not electrical energy per interval are refused by name") {
    struct Case {
        const char* type;
        const char* reason;
    };
    const Case cases[] = {
        {"<uom>169</uom>", "uom 169 is heat in therms"},
        {"<uom>119</uom>", "uom 119 is volume in ft3"},
        {"<uom>38</uom>", "uom 38 is power in W, not energy"},
        {"<uom>73</uom>", "uom 73 is reactive energy in VArh"},
        {"<uom>4711</uom>", "uom 4711 is not electrical energy per interval"},
        {"<flowDirection>1</flowDirection>", "the ReadingType names no unit (uom)"},
        {"<uom>72</uom><commodity>7</commodity>", "commodity 7 is natural gas"},
        {"<uom>72</uom><commodity>9</commodity>", "commodity 9 is potable water"},
        {"<uom>72</uom><kind>37</kind>", "kind 37 is power, not energy"},
        {"<uom>72</uom><kind>8</kind>", "kind 8 is demand"},
        {"<uom>72</uom><accumulationBehaviour>3</accumulationBehaviour>",
         "accumulationBehaviour 3 is cumulative"},
        {"<uom>72</uom><dataQualifier>8</dataQualifier>", "dataQualifier 8 is maximum"},
        {"<uom>72</uom><flowDirection>20</flowDirection>",
         "flowDirection 20 is total, both ways added"},
        {"<uom>watt</uom>",
         "the ReadingType cannot be read: uom 'watt' is not a whole number in range"},
        {"<uom>72</uom><powerOfTenMultiplier>13</powerOfTenMultiplier>",
         "the ReadingType cannot be read: powerOfTenMultiplier '13' is not a whole number in "
         "range"},
    };
    for (const Case& sample : cases) {
        const ReadOutcome outcome = read(simple_feed(text({}) + text({}), sample.type));
        CHECK(only(outcome).reason == sample.reason);
        CHECK(only(outcome).intervals == 2);
        CHECK(only(outcome).line == 21);
        CHECK(only(outcome).record.starts_with("<entry>"));
        CHECK(outcome.tally.intervals == 2);
        CHECK(outcome.intervals.empty());
    }
}

TEST_CASE("what a reading type leaves out or says emptily is the usual") {
    const char* const types[] = {
        "<uom>72</uom>",
        "<uom>72</uom><kind/><commodity></commodity><flowDirection/>",
        "<uom>72</uom><kind>12</kind><commodity>1</commodity><flowDirection>1</flowDirection>"
        "<accumulationBehaviour>4</accumulationBehaviour><dataQualifier>12</dataQualifier>"
        "<timeAttribute>0</timeAttribute><phase>769</phase><powerOfTenMultiplier>0"
        "</powerOfTenMultiplier>",
        "<uom> 72\n</uom><kind>0</kind><commodity>0</commodity><flowDirection>0</flowDirection>",
    };
    for (const char* type : types) {
        const ReadOutcome outcome = read(simple_feed(text({}), type));
        REQUIRE(outcome.intervals.size() == 1);
        CHECK(outcome.intervals[0].channel == Channel::consumption);
        CHECK(outcome.intervals[0].wh == 100);
    }
}

TEST_CASE("reverse flow is generation, and net flow is taken where it can be stored") {
    const ReadOutcome reverse =
        read(simple_feed(text({}), "<uom>72</uom><flowDirection>19</flowDirection>"));
    REQUIRE(reverse.intervals.size() == 1);
    CHECK(reverse.intervals[0].channel == Channel::generation);
    const ReadOutcome net = read(simple_feed(
        text({noon, 5, 900, ""}) + text({noon + 900, -5, 900, ""}) +
            text({noon + 1800, -6, 900, ""}),
        "<uom>72</uom><flowDirection>4</flowDirection>"
    ));
    CHECK(net.total_wh() == 5);
    CHECK(only(net).reason == "net reading is negative");
    CHECK(only(net).intervals == 2);
    CHECK(
        only(net).record ==
        "<IntervalReading><timePeriod><duration>900</duration><start>1330604100</start>"
        "</timePeriod><value>-5</value></IntervalReading>"
    );
}

TEST_CASE("the service category refuses the whole usage point") {
    for (const auto& [kind, reason] :
         {std::pair("1", "service kind 1 is gas"), std::pair("2", "service kind 2 is water")}) {
        const ReadOutcome outcome =
            read(feed(usage_point("P", kind) + meter_reading() + reading_type() + block(text({}))));
        CHECK(only(outcome).reason == reason);
        CHECK(only(outcome).intervals == 1);
    }
}

TEST_CASE("the worst of several reading qualities counts, and edited is not the meter's own") {
    struct Case {
        const char* codes;
        Quality quality;
    };
    const Case cases[] = {
        {"", Quality::actual},
        {"0", Quality::actual},
        {"14", Quality::actual},
        {"17", Quality::actual},
        {"18", Quality::actual},
        {"19", Quality::actual},
        {"7", Quality::estimated},
        {"8", Quality::estimated},
        {"9", Quality::estimated},
        {"10", Quality::estimated},
        {"13", Quality::estimated},
        {"99", Quality::estimated},
        {"17 8", Quality::estimated},
        {"9 0", Quality::estimated},
        {"0 17", Quality::actual},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.codes);
        CHECK(read(simple_feed(text({noon, 1, 900, sample.codes}))).count(sample.quality) == 1);
    }
}

TEST_CASE("only interval lengths the store has are taken; the reading's own wins over its type's") {
    const char* const quarter_hour = "<uom>72</uom><intervalLength>900</intervalLength>";
    const char* const length = "the reading does not last 5, 10, 15, 30 or 60 minutes";
    for (const std::int64_t seconds : {300, 600, 900, 1800, 3600}) {
        const ReadOutcome outcome = read(simple_feed(text({noon, 1, seconds, ""}), quarter_hour));
        REQUIRE(outcome.intervals.size() == 1);
        CHECK(outcome.intervals[0].minutes == seconds / 60);
    }
    for (const std::int64_t seconds : {1, 60, 7200, 82'800, 86'400, 90'000, 2'678'400}) {
        const ReadOutcome outcome = read(
            simple_feed(text({noon, 1, seconds, ""}) + text({noon, 2, seconds, ""}), quarter_hour)
        );
        CHECK(only(outcome).reason == length);
        CHECK(only(outcome).intervals == 2);
    }
}

TEST_CASE("readings without a time follow one another from the start of their block") {
    const auto value = [](int number) {
        return element("IntervalReading", element("value", number));
    };
    const std::string interval =
        element("interval", element("start", noon) + element("duration", 3600));
    // The second has no value: the third keeps its place all the same.
    const std::string readings = interval + value(1) + "<IntervalReading/>" + value(3) +
                                 "</IntervalBlock><IntervalBlock>" +
                                 element("interval", element("start", noon + 86'400)) + value(9);
    const ReadOutcome outcome =
        read(simple_feed(readings, "<uom>72</uom><intervalLength>900</intervalLength>"));
    CHECK(outcome.rejects.empty());
    CHECK(outcome.tally.blanks == 1);
    REQUIRE(outcome.intervals.size() == 3);
    CHECK(outcome.intervals[0].start == instant(noon));
    CHECK(outcome.intervals[1].start == instant(noon + 1800));
    CHECK(outcome.intervals[2].start == instant(noon + 86'400));

    CHECK(
        only(read(simple_feed(interval + value(1)))).reason ==
        "neither the reading nor its ReadingType says how long it lasts"
    );
    CHECK(
        only(read(simple_feed(value(1), "<uom>72</uom><intervalLength>900</intervalLength>")))
            .reason == "neither the reading nor its IntervalBlock says when it begins"
    );
}

TEST_CASE("values are scaled by the power of ten, rounded half-even and counted") {
    const ReadOutcome kilo = read(simple_feed(
        text({noon, 3, 900, ""}), "<uom>72</uom><powerOfTenMultiplier>3</powerOfTenMultiplier>"
    ));
    CHECK(kilo.total_wh() == 3000);
    const ReadOutcome milli = read(simple_feed(
        text({noon, 1500, 900, ""}) + text({noon + 900, 2500, 900, ""}) +
            text({noon + 1800, 3000, 900, ""}),
        "<uom>72</uom><powerOfTenMultiplier>-3</powerOfTenMultiplier>"
    ));
    CHECK(milli.total_wh() == 7);
    CHECK(milli.tally.rounded == 2);
    const ReadOutcome huge = read(simple_feed(
        text({noon, 100'000'000, 900, ""}),
        "<uom>72</uom><powerOfTenMultiplier>12</powerOfTenMultiplier>"
    ));
    CHECK(only(huge).reason == "energy is more than can be counted");
}

TEST_CASE("two usage points are two meters") {
    const ReadOutcome outcome = read(feed(
        usage_point("A") + usage_point("B") + meter_reading("A") + meter_reading("B") +
        reading_type() + block(text({}), "A") + block(text({}), "B")
    ));
    REQUIRE(outcome.intervals.size() == 2);
    CHECK(outcome.intervals[0].meter == "A");
    CHECK(outcome.intervals[1].meter == "B");
}

TEST_CASE("a second meter reading of the same direction does not overwrite the first") {
    const std::string received = "<uom>72</uom><flowDirection>19</flowDirection>";
    const ReadOutcome outcome = read(feed(
        usage_point() + meter_reading("P", "daily") + meter_reading("P", "1") +
        meter_reading("P", "2") + meter_reading("P", "3", "back") + reading_type() +
        reading_type(received, "back") + block(text({noon, 1, 86'400, ""}), "P", "daily") +
        block(text({}), "P", "1") + block(text({}), "P", "2") + block(text({}), "P", "3") +
        block(text({noon + 900, 1, 900, ""}), "P", "1")
    ));
    std::vector<std::string> names;
    for (const Collected& interval : outcome.intervals)
        names.push_back(interval.meter + " " + std::string(to_string(interval.channel)));
    std::sort(names.begin(), names.end());
    CHECK(
        names ==
        std::vector<std::string>{
            "P consumption", "P consumption", "P generation", "P/2 consumption"}
    );
}

TEST_CASE("usage points of one name in different places are not mixed up") {
    const auto at = [](const std::string& place, const std::string& part) {
        std::string moved = part;
        for (std::size_t found = 0; (found = moved.find("\"/U/", found)) != std::string::npos;
             ++found)
            moved.replace(found, 4, "\"/" + place + "/");
        return moved;
    };
    const std::string one = usage_point() + meter_reading() + reading_type() + block(text({}));
    const ReadOutcome outcome = read(feed(at("one", one) + at("two", one)));
    CHECK(outcome.intervals.size() == 1);
    CHECK(only(outcome).reason == "another UsagePoint of this file is named 'P' as well");
}

TEST_CASE("a second meter reading whose name is too long or taken is refused, not misfiled") {
    const std::string point(60, 'p');
    const ReadOutcome long_name = read(feed(
        usage_point(point) + meter_reading(point, "1") + meter_reading(point, "second") +
        reading_type() + block(text({}), point, "1") + block(text({}), point, "second")
    ));
    const char* const reason =
        "the UsagePoint and its MeterReading together name no meter of their own";
    CHECK(long_name.intervals.size() == 1);
    CHECK(only(long_name).reason == reason);
    const ReadOutcome taken = read(feed(
        usage_point("P%2f2") + usage_point() + meter_reading("P%2f2", "1") + meter_reading() +
        meter_reading("P", "2") + reading_type() + block(text({}), "P%2f2", "1") + block(text({})) +
        block(text({}), "P", "2")
    ));
    CHECK(taken.intervals.size() == 2);
    CHECK(only(taken).reason == reason);
}

TEST_CASE("the meter is named by what the file has: the usage point's address, path or title") {
    const std::string rest = meter_reading() + reading_type() + block(text({}));
    CHECK(read(feed(rest)).intervals.at(0).meter == "P");

    const std::string titled =
        element("entry", "<title>Front Meter</title>" + element("content", "<UsagePoint/>"));
    const std::string plain_block = element("entry", element("IntervalBlock", text({})));
    const std::string type = element("entry", element("ReadingType", "<uom>72</uom>"));
    CHECK(read(feed(titled + type + plain_block)).intervals.at(0).meter == "Front-Meter");
    CHECK(only(read(feed(type + plain_block))).reason == "no UsagePoint names the meter");

    CHECK(
        read(feed(meter_reading("1044%2fE2%2") + reading_type() + block(text({}), "1044%2fE2%2")))
            .intervals.at(0)
            .meter == "1044/E2-2"
    );

    const std::string whole = "https://example.org:8443/DC/UsagePoint/NDE=?x=1";
    const std::string absolute = entry(atom_link("self", whole), "<UsagePoint/>");
    CHECK(read(feed(absolute + type + plain_block)).intervals.at(0).meter == "NDE-");
}

TEST_CASE("a block whose unit nobody says is refused, not guessed") {
    const char* const reason = "no ReadingType says the unit";
    CHECK(only(read(feed(usage_point() + meter_reading() + block(text({}))))).reason == reason);
    CHECK(only(read(element("IntervalBlock", text({})))).reason == reason);
    CHECK(only(read(block(text({})))).reason == reason);
    // The MeterReading names a type that is not there; another one does not stand in for it.
    CHECK(
        only(read(feed(
                 usage_point() + meter_reading("P", "R", "missing") + reading_type() +
                 block(text({}))
             )))
            .reason == reason
    );
}
