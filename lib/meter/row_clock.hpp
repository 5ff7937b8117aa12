// SPDX-License-Identifier: MIT
// Which instant a local time in a row means, on a day when the clock changes. A repeated local time
// says nothing by itself; the order of the rows does: the reading that continues the row before, in
// either direction, else the first that no row of the day has had.
#pragma once

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/zone.hpp"
#include "meter/types.hpp"

namespace usagectl::meter {

class RowClock {
public:
    // Which of the two readings of a repeated local time a row means. Rows taken out of their file
    // have no order, so that they must be told.
    enum class Reading : std::uint8_t { by_order, first, second, must_be_told };
    struct Row {
        std::string_view meter;
        Channel channel = Channel::consumption;
        std::int64_t revision = 0;
        LocalDay day{};
        std::int32_t start = 0;  // minutes after local midnight
        std::int32_t end = 0;    // 1440: the end of the day
        Reading reading = Reading::by_order;
    };
    struct Placed {
        Instant start{};
        std::int32_t minutes = 0;
        const char* fault = nullptr;  // why the row has no place; null when it has
    };
    [[nodiscard]] Placed place(const Row& row, const Zone& zone);

private:
    // Orders are kept for the series of one file that interleave on such a day. A file that
    // interleaves more than these loses no row; its repeated hour may then begin anew.
    static constexpr std::size_t most_orders = 65536;
    static constexpr std::size_t slots = 24 * 12;

    struct Order {
        LocalDay day{};
        std::int64_t revision = 0;
        bool begun = false;
        Instant last{};
        std::int32_t minutes = 15;
        std::bitset<slots> first_seen;  // by local 5 minutes: the first reading was taken
    };

    [[nodiscard]] Order& order_of(const Row& row);
    [[nodiscard]] static Instant
    choose(const Order& order, const Zone::Readings& readings, std::size_t slot);

    std::unordered_map<std::string, Order> orders_;
    std::string key_;
};

}  // namespace usagectl::meter
