// SPDX-License-Identifier: MIT
#include "meter/row_clock.hpp"

#include <array>

namespace usagectl::meter {
namespace {

using std::chrono::minutes;

// The length of an interval from `start` to the local time `end`, by the time that really passes:
// `01:45` to `03:00` is 15 minutes on the night the clock goes forward. 0 when it is no length of
// an interval.
[[nodiscard]] std::int32_t elapsed_minutes(Instant start, LocalTime end, const Zone& zone) {
    const Zone::Readings readings = zone.readings(end);
    const std::array<Instant, 2> instants{readings.first, readings.second};
    for (std::size_t i = 0; i != static_cast<std::size_t>(readings.count); ++i) {
        const auto seconds = (instants[i] - start).count();
        if (seconds % 60 == 0 && valid_interval_minutes(seconds / 60)) {
            return static_cast<std::int32_t>(seconds / 60);
        }
    }
    return 0;
}

}  // namespace

RowClock::Order& RowClock::order_of(const Row& row) {
    key_.assign(row.meter);
    key_ += row.channel == Channel::consumption ? ' ' : '!';  // neither is part of an identifier
    if (orders_.size() == most_orders && !orders_.contains(key_))
        orders_.clear();
    Order& order = orders_[key_];
    if (!order.begun || order.day != row.day || order.revision != row.revision) {
        order = Order{row.day, row.revision, false, {}, order.minutes, {}};
    }
    return order;
}

Instant RowClock::choose(const Order& order, const Zone::Readings& readings, std::size_t slot) {
    if (readings.count == 1)
        return readings.first;
    const minutes length(order.minutes);
    for (const Instant reading : {readings.first, readings.second}) {
        const bool continues = reading == order.last + length || reading == order.last - length;
        if (order.begun && continues)
            return reading;
    }
    return order.first_seen.test(slot) ? readings.second : readings.first;
}

RowClock::Placed RowClock::place(const Row& row, const Zone& zone) {
    Order& order = order_of(row);
    const LocalTime midnight(row.day);
    const LocalTime start = midnight + minutes(row.start);
    const LocalTime end = midnight + minutes(row.end);
    const auto slot = static_cast<std::size_t>(row.start / 5);
    const auto settle = [&](Instant at, std::int32_t length, bool is_first) {
        order.begun = true;
        order.last = at;
        order.minutes = length;
        if (is_first)
            order.first_seen.set(slot);
        return Placed{at, length, nullptr};
    };

    // Smart Meter Texas writes `02:00,01:15` for the first interval after the clock went back from
    // 02:00 to 01:00: the start as the old time would have it, the end as the new time has it.
    if (row.end <= row.start) {
        const LocalTime shown = end - minutes(order.minutes);
        const Zone::Readings twice = zone.readings(shown);
        if (twice.count == 2 && start - (twice.second - twice.first) == shown) {
            return settle(twice.second, order.minutes, false);
        }
    }
    const Zone::Readings readings = zone.readings(start);
    if (readings.count == 0)
        return {{}, 0, "start time does not exist in local time"};
    if (readings.count == 2 && row.reading == Reading::must_be_told)
        return {{}, 0, "start time occurs twice on this day, and the header does not say which"};
    Instant at = choose(order, readings, slot);
    if (readings.count == 2 && row.reading != Reading::by_order)
        at = row.reading == Reading::first ? readings.first : readings.second;
    std::int32_t length = row.end - row.start;
    if (!valid_interval_minutes(length))
        length = elapsed_minutes(at, end, zone);
    if (length == 0)
        return {{}, 0, "end time is not one interval after the start time"};
    return settle(at, length, readings.count == 2 && at == readings.first);
}

}  // namespace usagectl::meter
