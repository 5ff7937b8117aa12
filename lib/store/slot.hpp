// SPDX-License-Identifier: MIT
// The key of a day block: day, meter, channel and layer packed into one ascending integer.
//
//     bit 62..40  days since 1970-01-01      bit 7..4  channel
//     bit 39..8   number of the meter        bit 3..0  layer
//
// The day leads, so that all meters of one day lie side by side and a day's ingest appends to the
// end of the table. One meter over many days is a series of point look-ups, `one_day` apart. As
// the primary key itself the packed slot saves a second index and a third of the time to insert.
#pragma once

#include <cstdint>

#include "base/assert.hpp"
#include "base/instant.hpp"
#include "meter/types.hpp"

namespace usagectl::store {

using MeterNumber = std::uint32_t;

class Slot {
public:
    static constexpr std::int64_t one_day = std::int64_t{1} << 40;
    static constexpr std::int32_t days_max = 1 << 22;

    Slot(LocalDay day, MeterNumber meter, meter::Channel channel, meter::Layer layer)
        : Slot(
              (static_cast<std::int64_t>(day_number(day)) << 40) |
              (static_cast<std::int64_t>(meter) << 8) | (static_cast<std::int64_t>(channel) << 4) |
              static_cast<std::int64_t>(layer)
          ) {
        USAGECTL_ASSERT(day_number(day) >= 0 && day_number(day) <= days_max);
    }
    explicit Slot(std::int64_t packed)
        : packed_(packed) {}

    // Every slot of `day` lies in [first_of(day), first_of(day + 1 day)).
    [[nodiscard]] static std::int64_t first_of(LocalDay day) {
        return static_cast<std::int64_t>(day_number(day)) << 40;
    }

    [[nodiscard]] std::int64_t packed() const { return packed_; }
    [[nodiscard]] LocalDay day() const {
        return local_day(static_cast<std::int32_t>(packed_ >> 40));
    }
    [[nodiscard]] MeterNumber meter() const {
        return static_cast<MeterNumber>((packed_ >> 8) & 0xffffffff);
    }
    [[nodiscard]] meter::Channel channel() const {
        return static_cast<meter::Channel>((packed_ >> 4) & 0xf);
    }
    [[nodiscard]] meter::Layer layer() const { return static_cast<meter::Layer>(packed_ & 0xf); }

    // False when the integer is not one that the first constructor makes: a damaged row.
    [[nodiscard]] bool valid() const {
        const auto number = static_cast<unsigned>(channel());
        return packed_ >= 0 && (packed_ >> 40) <= days_max && static_cast<unsigned>(layer()) <= 1 &&
               (number == static_cast<unsigned>(meter::Channel::generation) ||
                number == static_cast<unsigned>(meter::Channel::consumption));
    }

private:
    std::int64_t packed_;
};

}  // namespace usagectl::store
