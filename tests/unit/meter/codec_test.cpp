// SPDX-License-Identifier: MIT
#include "meter/codec.hpp"

#include <catch2/catch.hpp>

#include <map>

#include "base/assert.hpp"
#include "base/number.hpp"
#include "support/corpus.hpp"
#include "unit/meter/blocks.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using namespace usagectl::test;

namespace {

constexpr LocalDay day = local_day(20'458);  // 2026-01-05
constexpr Instant six_utc = instant(20'458LL * 86400 + 6 * 3600);

std::string unpack_error(const std::string& bytes) {
    DayBlock block;
    return std::string(decode(bytes, day, block));
}

// The content of a block without its checksum, to be changed and sealed again.
std::string content_of(const DayBlock& block) {
    std::string bytes = pack(block, day);
    bytes.resize(bytes.size() - 2);
    return bytes;
}

std::string sealed(std::string content) {
    seal(content, day);
    return content;
}

DayBlock plain_day() {
    std::vector<std::int64_t> wh(96, 100);
    for (std::size_t i = 0; i < wh.size(); ++i)
        wh[i] += static_cast<std::int64_t>(i * 37 % 101);
    return make_block(six_utc, 15, wh);
}

}  // namespace

TEST_CASE("the checksum is the one of RFC 1662") {
    Checksum checksum;
    checksum.add("123456789");
    CHECK(checksum.value() == 0x906e);
    Checksum in_parts;
    in_parts.add("1");
    in_parts.add("2345678");
    in_parts.add("9");
    CHECK(in_parts.value() == 0x906e);
}

TEST_CASE("the worked examples of usagectl-block(5) are the bytes it shows") {
    DayBlock four = make_block(six_utc, 15, {5, -1, 9, 6});
    four.quality[2] = Quality::estimated;
    CHECK(hex(pack(four, day)) == "31fab1d30081905460061665");
    const DayBlock dark = make_block(six_utc, 15, std::vector<std::int64_t>(96, 0));
    CHECK(hex(pack(dark, day)) == "015201f5d3");
}

TEST_CASE("a day of one value takes the head and nothing more") {
    struct Row {
        std::int64_t wh;
        std::size_t bytes;
    };
    for (const Row row : {Row{0, 5}, Row{9, 5}, Row{250, 6}, Row{max_interval_wh, 10}}) {
        const std::vector<std::int64_t> wh(96, row.wh);
        CHECK(pack(make_block(six_utc, 15, wh), day).size() == row.bytes);
        CHECK(pack(make_block(six_utc, 15, wh, Quality::estimated), day).size() == row.bytes);
    }
}

TEST_CASE("the nights of a solar day cost next to nothing") {
    std::vector<std::int64_t> wh(96, 0);
    for (int i = 0; i < 40; ++i)
        wh[static_cast<std::size_t>(28 + i)] = (i + 1) * (40 - i) + i * 97 % 61;
    CHECK(pack(make_block(six_utc, 15, wh), day).size() < 64);
}

TEST_CASE("one spike makes a block a few bytes longer, not a multiple") {
    DayBlock block = plain_day();
    const std::size_t before = pack(block, day).size();
    block.wh[50] = max_interval_wh;
    CHECK(pack(block, day).size() < before + 24);
    DayBlock unpacked;
    REQUIRE(decode(pack(block, day), day, unpacked).empty());
    CHECK(unpacked == block);
}

TEST_CASE("a block with nothing in it, or everything at its worst, can be packed") {
    DayBlock block;
    DayBlock unpacked;
    block.clear(six_utc, 5, max_slots);
    const std::string none = pack(block, day);
    REQUIRE(decode(none, day, unpacked).empty());
    CHECK(unpacked == block);
    for (std::size_t i = 0; i < max_slots; ++i) {
        block.quality[i] = i % 2 == 0 ? Quality::actual : Quality::estimated;
        block.wh[i] = i % 3 == 0 ? 0 : max_interval_wh - static_cast<std::int64_t>(i);
    }
    const std::string worst = pack(block, day);
    CHECK(worst.size() <= max_packed_bytes);
    REQUIRE(decode(worst, day, unpacked).empty());
    CHECK(unpacked == block);
}

TEST_CASE("the start of a block may be far from its day's midnight, on any minute") {
    DayBlock unpacked;
    for (const std::int64_t minute :
         {-2160, -901, -900, -330, -1, 0, 1, 345, 840, 900, 901, 2160}) {
        const Instant start = instant(20'458LL * 86400 + minute * 60);
        const DayBlock block = make_block(start, 60, std::vector<std::int64_t>(24, 3));
        REQUIRE(decode(pack(block, day), day, unpacked).empty());
        CHECK(unpacked == block);
    }
}

TEST_CASE("only what the format can say is packed") {
    std::string out;
    const auto good = make_block(six_utc, 15, {1, 2, 3});
    DayBlock bad = good;
    bad.wh[1] = -1;
    CHECK_THROWS_AS(encode(bad, day, out), Bug);
    bad = good;
    bad.wh[1] = max_interval_wh + 1;
    CHECK_THROWS_AS(encode(bad, day, out), Bug);
    bad = good;
    bad.minutes = 20;
    CHECK_THROWS_AS(encode(bad, day, out), Bug);
    bad = good;
    bad.count = 0;
    CHECK_THROWS_AS(encode(bad, day, out), Bug);
    bad = good;
    bad.start += std::chrono::seconds(1);
    CHECK_THROWS_AS(encode(bad, day, out), Bug);
    bad = good;
    bad.start += std::chrono::hours(37);
    CHECK_THROWS_AS(encode(bad, day, out), Bug);
    CHECK(out.empty());
}

TEST_CASE("damage is named") {
    const std::string bytes = pack(plain_day(), day);
    CHECK(unpack_error("") == "shorter than any block");
    CHECK(unpack_error("\x01\x02") == "shorter than any block");
    CHECK(unpack_error(std::string(max_packed_bytes + 1, '\x01')) == "longer than any block");
    CHECK(unpack_error(bytes + "x") == "checksum differs");

    std::string content = content_of(plain_day());
    CHECK(unpack_error(sealed(content)) == "");
    CHECK(unpack_error(sealed(content + std::string(1, '\0'))) == "bytes are left over");
    CHECK(unpack_error(sealed(content.substr(0, content.size() - 1))) == "values end early");
    CHECK(unpack_error(sealed(content.substr(0, 20))) == "values end early");
    CHECK(unpack_error(sealed(content.substr(0, 2))) == "head ends early");

    const auto with_byte = [&content](std::size_t at, int value) {
        std::string changed = content;
        changed[at] = static_cast<char>(value);
        return sealed(changed);
    };
    CHECK(unpack_error(with_byte(0, 0x02)) == "version is not known to this usagectl");
    CHECK(unpack_error(with_byte(0, 0xa1)) == "form is not known");
    CHECK(unpack_error(with_byte(0, 0x39)) == "kind of quality is not known");
    CHECK(unpack_error(with_byte(1, 0x07)) == "interval length is not known");
    CHECK(unpack_error(with_byte(1, 0xf2)) == "start is not known");
}

TEST_CASE("a sealed block cannot say more than a block may hold") {
    // Head of 15-minute actual values, spelt out: 13 bits of start, 9 of count, then a constant.
    const auto spelt = [](std::uint64_t start, std::uint64_t count, std::uint64_t base) {
        std::array<unsigned char, 32> bytes{};
        BitWriter out(bytes.data());
        out.put(1, 8);
        out.put(2, 3);
        out.put(63, 6);
        out.put(start, 13);
        out.put(count - 1, 9);
        out.put(7, 3);
        out.put(base, 40);
        return sealed(std::string(reinterpret_cast<const char*>(bytes.data()), out.size()));
    };
    const auto most = static_cast<std::uint64_t>(max_interval_wh);
    CHECK(unpack_error(spelt(4320, 384, most)) == "");
    CHECK(unpack_error(spelt(4321, 384, most)) == "start is more than 36 hours away from the day");
    CHECK(unpack_error(spelt(4320, 385, most)) == "more slots than a day can have");
    CHECK(unpack_error(spelt(4320, 384, most + 1)) == "a value is out of range");
}

TEST_CASE("quality runs cover the day and no more") {
    const auto runs = [](std::initializer_list<std::pair<int, int>> list) {
        std::array<unsigned char, 64> bytes{};
        BitWriter out(bytes.data());
        out.put(1 | 2 << 3, 8);  // runs, constant
        out.put(4, 3);           // 60 minutes
        out.put(30, 6);          // from UTC midnight: 24 slots, run lengths of 5 bits
        for (const auto& [quality, size] : list) {
            out.put(static_cast<std::uint64_t>(quality), 2);
            out.put(static_cast<std::uint64_t>(size - 1), 5);
        }
        out.put(0, 3);
        return sealed(std::string(reinterpret_cast<const char*>(bytes.data()), out.size()));
    };
    CHECK(unpack_error(runs({{2, 20}, {0, 4}})) == "");
    CHECK(unpack_error(runs({{2, 20}, {0, 5}})) == "quality runs are longer than the day");
    CHECK(unpack_error(runs({{3, 24}})) == "quality is not known");
    CHECK(unpack_error(runs({{2, 1}})) == "quality runs end early");
}

TEST_CASE("real households take at most 1.10 bytes per quarter hour, all in") {
    const auto corpus = test::corpus();
    if (!corpus) {
        WARN("skipped: corpus is absent");
        return;
    }
    const std::string text =
        read_file(*corpus / "smt-csv/portal-IntervalData-2022-03-01_2023-01-14.csv");
    std::map<std::string, std::vector<std::int64_t>> days;
    for (std::size_t at = text.find('\n') + 1; at < text.size(); at = text.find('\n', at) + 1) {
        std::array<std::string_view, 7> cell;
        std::size_t from = at;
        for (std::string_view& each : cell) {
            const std::size_t comma = text.find(',', from);
            each = std::string_view(text).substr(from, comma - from);
            from = comma + 1;
        }
        if (const auto kwh = parse_scaled(cell[5], 3))
            days[std::string(cell[1])].push_back(kwh->value);
    }
    std::size_t intervals = 0;
    std::size_t bytes = 0;
    for (const auto& [date, wh] : days) {
        const DayBlock block = make_block(six_utc, 15, wh);
        const std::string packed = pack(block, day);
        DayBlock unpacked;
        REQUIRE(decode(packed, day, unpacked).empty());
        REQUIRE(unpacked == block);
        intervals += wh.size();
        bytes += packed.size();
    }
    CHECK(intervals == 30'720);
    CHECK(bytes * 100 <= intervals * 110);
}
