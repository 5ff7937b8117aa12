// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "unit/meter/blocks.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using namespace usagectl::test;

namespace {

LocalDay any_day() {
    return local_day(*rc::gen::inRange(1, 49'000));
}

}  // namespace

TEST_CASE("what is packed unpacks to the same block") {
    CHECK(rc::check("round trip", [] {
        const LocalDay day = any_day();
        const DayBlock block = any_block(day);
        const std::string bytes = pack(block, day);
        RC_ASSERT(bytes.size() <= max_packed_bytes);
        DayBlock unpacked;
        RC_ASSERT(decode(bytes, day, unpacked) == "");
        RC_ASSERT(unpacked == block);
    }));
}

TEST_CASE("equal blocks become equal bytes") {
    CHECK(rc::check("canonical", [] {
        const LocalDay day = any_day();
        const DayBlock block = any_block(day);
        DayBlock again;
        again.wh.fill(77);
        again.quality.fill(Quality::estimated);
        again.copy_from(block);
        RC_ASSERT(pack(again, day) == pack(block, day));
    }));
}

TEST_CASE("packing appends and leaves what was there") {
    CHECK(rc::check("append", [] {
        const LocalDay day = any_day();
        const DayBlock block = any_block(day);
        std::string bytes = "before";
        encode(block, day, bytes);
        RC_ASSERT(bytes == "before" + pack(block, day));
    }));
}

TEST_CASE("a packed block cut anywhere is damaged") {
    CHECK(rc::check("truncation", [] {
        const LocalDay day = any_day();
        const std::string bytes = pack(any_block(day), day);
        DayBlock unpacked;
        for (std::size_t size = 0; size < bytes.size(); ++size)
            RC_ASSERT(decode(std::string_view(bytes).substr(0, size), day, unpacked) != "");
    }));
}

TEST_CASE("a packed block with any one bit or run of 16 bits changed is damaged") {
    CHECK(rc::check("flips", [] {
        const LocalDay day = any_day();
        std::string bytes = pack(any_block(day), day);
        const auto burst = *rc::gen::inRange(1, 0x10000);
        DayBlock unpacked;
        const auto damaged = [&](std::size_t bit, int pattern) {
            std::string wrong = bytes;
            for (std::size_t i = 0; i < 16 && bit + i < bytes.size() * 8; ++i)
                if ((pattern >> i & 1) != 0)
                    wrong[(bit + i) / 8] = static_cast<char>(
                        static_cast<unsigned char>(wrong[(bit + i) / 8]) ^ 1U << (bit + i) % 8
                    );
            return wrong == bytes || decode(wrong, day, unpacked) != "";
        };
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            RC_ASSERT(damaged(bit, 1));
            RC_ASSERT(damaged(bit, burst));
        }
    }));
}

TEST_CASE("a block filed under another day is damaged") {
    CHECK(rc::check("other day", [] {
        const LocalDay day = any_day();
        const std::string bytes = pack(any_block(day), day);
        const int days =
            *rc::gen::suchThat(rc::gen::inRange(-366, 367), [](int n) { return n != 0; });
        DayBlock unpacked;
        RC_ASSERT(decode(bytes, day + std::chrono::days(days), unpacked) != "");
    }));
}

TEST_CASE("unpacking survives any bytes") {
    CHECK(rc::check("random bytes", [] {
        std::string bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
        const LocalDay day = any_day();
        DayBlock unpacked;
        if (decode(bytes, day, unpacked).empty())
            RC_ASSERT(decode(pack(unpacked, day), day, unpacked) == "");
    }));
}

TEST_CASE("unpacking survives any bytes behind a sound checksum") {
    CHECK(rc::check("random bytes, sealed", [] {
        const LocalDay day = any_day();
        std::string bytes = pack(any_block(day), day);
        bytes.resize(bytes.size() - 2);
        for (int changes = *rc::gen::inRange(1, 6); changes > 0; --changes)
            bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
        bytes.resize(*rc::gen::inRange<std::size_t>(1, bytes.size() + 1));
        seal(bytes, day);
        DayBlock unpacked;
        if (!decode(bytes, day, unpacked).empty())
            return;
        DayBlock again;
        RC_ASSERT(decode(pack(unpacked, day), day, again) == "");
        RC_ASSERT(again == unpacked);
    }));
}
