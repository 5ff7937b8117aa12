// SPDX-License-Identifier: MIT
// ESPI documents that are bare, cut short, malformed or hostile.
#include <catch2/catch.hpp>

#include "support/collect.hpp"
#include "unit/meter/espi_feed_text.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using namespace usagectl::test::espi;
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

TEST_CASE("a bare resource is a document too") {
    const std::string document =
        "<?xml version='1.0'?><ns:IntervalBlock xmlns:ns='x'>" + text({}) + "</ns:IntervalBlock>";
    const ReadOutcome outcome = read(document);
    CHECK(outcome.tally.records == 1);
    CHECK(only(outcome).intervals == 1);
}

TEST_CASE("one malformed reading costs itself alone") {
    struct Case {
        const char* reading;
        const char* reason;
    };
    const Case cases[] = {
        {"<IntervalReading><value>1</IntervalReading>", "malformed XML: Start-end tags mismatch"},
        {"<IntervalReading><value>1.5</value></IntervalReading>",
         "value '1.5' is not a whole number in range"},
        {"<IntervalReading><value>140737488355328</value></IntervalReading>",
         "value '140737488355328' is not a whole number in range"},
        {"<IntervalReading><value>1</value><timePeriod><start>-5</start></timePeriod>"
         "</IntervalReading>",
         "start '-5' is not a whole number in range"},
        {"<IntervalReading><value>1</value><ReadingQuality><quality>x</quality></ReadingQuality>"
         "</IntervalReading>",
         "quality 'x' is not a whole number in range"},
    };
    for (const Case& sample : cases) {
        const ReadOutcome outcome =
            read(simple_feed(text({}) + sample.reading + "\n" + text({noon + 900, 7, 900, ""})));
        CHECK(only(outcome).reason == sample.reason);
        CHECK(only(outcome).record.starts_with(sample.reading));
        CHECK(only(outcome).line == 25);
        CHECK(only(outcome).intervals == 1);
        CHECK(outcome.total_wh() == 107);
    }
}

TEST_CASE("one malformed entry costs itself and its readings alone") {
    const std::string sound = usage_point() + meter_reading() + reading_type();
    const std::string broken =
        "<entry><content><IntervalBlock>" + text({}) + "</content></IntervalBlock></entry>\n";
    const ReadOutcome outcome = read(feed(sound + broken + block(text({}))));
    CHECK(outcome.intervals.size() == 1);
    CHECK(only(outcome).intervals == 1);
    CHECK(only(outcome).reason.starts_with("malformed XML"));

    const std::string endless = "<entry><content><IntervalBlock>" + text({});
    const ReadOutcome next = read(feed(sound + endless + block(text({}))));
    CHECK(next.intervals.size() == 1);
    CHECK(only(next).reason == "the entry before this one has no end");
    CHECK(only(next).intervals == 1);
}

TEST_CASE("a document that is cut short says so and keeps what came whole") {
    const std::string whole = simple_feed(text({}));
    const ReadOutcome no_end = read(whole.substr(0, whole.size() - 8));
    CHECK(no_end.intervals.size() == 1);
    CHECK(only(no_end).reason == "the document is cut short: </feed> is missing");
    CHECK(only(no_end).intervals == 0);

    const std::string in_entry =
        feed(usage_point() + meter_reading() + reading_type() + block(text({}))) + "";
    const ReadOutcome cut = read(in_entry.substr(0, in_entry.find("</IntervalBlock>")));
    CHECK(cut.intervals.empty());
    REQUIRE(cut.rejects.size() == 2);
    CHECK(cut.rejects[0].reason == "the file ends before the end of this entry");
    CHECK(cut.rejects[0].intervals == 1);
}

TEST_CASE("documents without readings are refused as a whole") {
    struct Case {
        std::string document;
        const char* code;
    };
    const Case cases[] = {
        {"", "malformed_xml"},
        {"no markup at all", "malformed_xml"},
        {"<!-- <feed> -->", "malformed_xml"},
        {"<feed/>", "no_intervals"},
        {"<html><body>log in</body></html>", "no_intervals"},
        {feed(usage_point() + meter_reading() + reading_type()), "no_intervals"},
        {simple_feed(""), "no_intervals"},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.document);
        const ReadOutcome outcome = read(sample.document);
        REQUIRE(outcome.error);
        CHECK(outcome.error->code == sample.code);
        CHECK(outcome.error->exit == Exit::rejected);
    }
}

TEST_CASE("tags, readings and entries without end do not grow in memory") {
    const std::string sound = usage_point() + meter_reading() + reading_type();
    const std::string long_tag = "<entry note='" + std::string(200'000, 'x') + "'></entry>";
    CHECK(read(feed(sound + long_tag + block(text({}))), 4096).intervals.size() == 1);
    const std::string inner_tag = "<entry><a note='" + std::string(200'000, 'x') + "'></entry>";
    const ReadOutcome inner = read(feed(sound + inner_tag + block(text({}))), 4096);
    CHECK(inner.intervals.size() == 1);
    CHECK(only(inner).reason == "a tag is longer than 64 KiB");

    const std::string long_reading =
        "<IntervalReading><cost>" + std::string(200'000, '7') + "</cost></IntervalReading>";
    const ReadOutcome reading = read(feed(sound + block(long_reading + text({}))), 4096);
    CHECK(reading.intervals.size() == 1);
    CHECK(only(reading).intervals == 1);
    CHECK(only(reading).record.size() <= 4096);

    const std::string long_entry = entry("", "<x>" + std::string(2 << 20, 'y') + "</x>" + text({}));
    const ReadOutcome large = read(feed(sound + long_entry + block(text({}))), 4096);
    CHECK(large.intervals.size() == 1);
    CHECK(only(large).reason == "the entry is larger than 1 MiB without its readings");
    CHECK(only(large).intervals == 1);
}

TEST_CASE("readings that must wait for their meaning are bounded") {
    const std::string reading = "<IntervalReading><value>1</value></IntervalReading>";
    std::string many;
    for (int index = 0; index < 530'000; ++index)
        many += reading;
    const std::string document = feed(block(many) + reading_type());
    const ReadOutcome outcome = read(document, 1 << 20);
    REQUIRE(outcome.error);
    CHECK(outcome.error->code == "espi_out_of_order");
    CHECK(outcome.intervals.empty());
}

TEST_CASE("a long block is taken in runs") {
    std::string many;
    for (int index = 0; index < 3000; ++index)
        many += text({noon + index * 900, 1, 900, ""});
    const ReadOutcome outcome = read(simple_feed(many), 1000);
    CHECK(outcome.rejects.empty());
    CHECK(outcome.intervals.size() == 3000);
    CHECK(outcome.tally.records == 3000);
}

TEST_CASE("blocks and names that pile up are bounded") {
    std::string blocks;
    for (int index = 0; index < 40'000; ++index)
        blocks += block(text({}), "P" + std::to_string(index), std::string(100, 'R'));
    const ReadOutcome waiting = read(feed(blocks + reading_type()), 1 << 20);
    REQUIRE(waiting.error);
    CHECK(waiting.error->code == "espi_out_of_order");

    std::string points;
    for (int index = 0; index < 40'000; ++index)
        points += usage_point("P" + std::to_string(index) + std::string(100, 'x'));
    const ReadOutcome named = read(feed(points + meter_reading() + block(text({}))), 1 << 20);
    REQUIRE(named.error);
    CHECK(named.error->code == "espi_too_many_resources");
}
