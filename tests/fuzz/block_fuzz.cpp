// SPDX-License-Identifier: MIT
// Packed blocks as hostile bytes: once as they are, and once with the checksum they would need, so
// that everything behind the checksum is reached. What unpacks must pack again to an equal block.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "meter/codec.hpp"
#include "meter/packing.hpp"

namespace {

using namespace usagectl;
using namespace usagectl::meter;

constexpr LocalDay day = local_day(20'458);

void unpack(std::string_view bytes) {
    DayBlock block;
    if (!decode(bytes, day, block).empty())
        return;
    std::string packed;
    encode(block, day, packed);
    USAGECTL_ASSERT(packed.size() <= max_packed_bytes);
    DayBlock again;
    USAGECTL_ASSERT(decode(packed, day, again).empty());
    USAGECTL_ASSERT(again == block);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    unpack(bytes);

    Checksum checksum = packing::checksum_of_day(day);
    checksum.add(bytes);
    std::string sealed(bytes);
    sealed += static_cast<char>(checksum.value() & 0xff);
    sealed += static_cast<char>(checksum.value() >> 8);
    unpack(sealed);
    return 0;
}
