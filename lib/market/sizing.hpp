// SPDX-License-Identifier: MIT
// How much history may be asked for in one day. Smart Meter Texas, "Large Volume Ad Hoc Usage API
// request": per day ONE of the rows below, and never more than 200 ESI IDs in a request; what is
// over "may be removed from queue with no notification", so nothing may rely on being refused.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "base/instant.hpp"

namespace usagectl::market {

struct SizingRow {
    std::size_t requests = 0;  // a day
    std::size_t esi_ids = 0;   // in each
    std::size_t days = 0;      // of history in each
};
inline constexpr std::array<SizingRow, 5> sizing_table{{
    {20, 1, 365},
    {20, 10, 20},
    {20, 50, 5},
    {10, 100, 2},
    {10, 200, 1},
}};
inline constexpr std::size_t most_esi_ids = 200;

// What one request asks for.
struct RequestSize {
    std::size_t esi_ids = 0;
    std::size_t days = 0;
};
// All of these may be sent on one and the same day: some row of the table holds them.
[[nodiscard]] bool fits_one_day(std::span<const RequestSize> requests);

// Ask on `send_on` for the days `from` to `to` (inclusive) of the meters at positions first_meter
// to first_meter + meters - 1 of the caller's list.
struct BackfillRequest {
    LocalDay send_on{};
    std::size_t first_meter = 0;
    std::size_t meters = 0;
    LocalDay from{};
    LocalDay to{};

    bool operator==(const BackfillRequest&) const = default;
};

// A plan for the local days `first` to `last` (inclusive) of `meters` meters, sent from the day
// `start` on, of which `sent` was asked already. Every meter and day is asked for once and only
// once, every sending day fits the table. Ascending by send_on.
//
// Greedy: each sending day uses the row that covers most of what is left, each of its requests the
// largest rectangle it can. Plans that use one row throughout are made as well, and the plan of
// fewest days (then fewest requests) is returned; so it is never worse than any single row, and it
// is not proven to be the best there is.
[[nodiscard]] std::vector<BackfillRequest> plan_backfill(
    std::size_t meters,
    LocalDay first,
    LocalDay last,
    LocalDay start,
    std::span<const RequestSize> sent = {}
);

}  // namespace usagectl::market
