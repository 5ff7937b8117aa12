// SPDX-License-Identifier: MIT
#include "market/sizing.hpp"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace usagectl::market {
namespace {

// Meters and days still to be asked for: positions and day offsets, ends exclusive.
struct Area {
    std::size_t meter = 0;
    std::size_t meter_end = 0;
    std::size_t day = 0;
    std::size_t day_end = 0;

    [[nodiscard]] std::size_t meters() const { return meter_end - meter; }
    [[nodiscard]] std::size_t days() const { return day_end - day; }
    [[nodiscard]] bool empty() const { return meter == meter_end || day == day_end; }
};
using Areas = std::vector<Area>;

struct DayOfSending {
    std::vector<Area> requests;
    std::size_t covered = 0;  // meter-days
    Areas left;
};

[[nodiscard]] bool holds(const SizingRow& row, std::span<const RequestSize> requests) {
    return requests.size() <= row.requests &&
           std::all_of(requests.begin(), requests.end(), [&](const RequestSize& request) {
               return request.esi_ids <= row.esi_ids && request.days <= row.days;
           });
}

[[nodiscard]] std::size_t piece(const Area& area, const SizingRow& row) {
    return std::min(area.meters(), row.esi_ids) * std::min(area.days(), row.days);
}

// Cuts the largest piece the row allows off the corner of the area it comes from: the rest of its
// meters' days, and the other meters, remain.
void cut(const SizingRow& row, DayOfSending& sending) {
    const auto largest = std::max_element(
        sending.left.begin(),
        sending.left.end(),
        [&](const Area& l, const Area& r) { return piece(l, row) < piece(r, row); }
    );
    const Area from = *largest;
    const Area taken{
        from.meter,
        from.meter + std::min(from.meters(), row.esi_ids),
        from.day,
        from.day + std::min(from.days(), row.days)};
    sending.left.erase(largest);
    for (const Area& rest :
         {Area{taken.meter, taken.meter_end, taken.day_end, from.day_end},
          Area{taken.meter_end, from.meter_end, from.day, from.day_end}}) {
        if (!rest.empty())
            sending.left.push_back(rest);
    }
    sending.requests.push_back(taken);
    sending.covered += taken.meters() * taken.days();
}

// Areas of the same days whose meters touch become one, so that a wide row finds them whole.
void join(Areas& areas) {
    std::sort(areas.begin(), areas.end(), [](const Area& l, const Area& r) {
        return std::tie(l.day, l.day_end, l.meter) < std::tie(r.day, r.day_end, r.meter);
    });
    Areas joined;
    for (const Area& area : areas) {
        if (!joined.empty() && joined.back().day == area.day &&
            joined.back().day_end == area.day_end && joined.back().meter_end == area.meter)
            joined.back().meter_end = area.meter_end;
        else
            joined.push_back(area);
    }
    areas = std::move(joined);
}

[[nodiscard]] DayOfSending
send_a_day(const Areas& areas, const SizingRow& row, std::size_t requests) {
    DayOfSending sending;
    sending.left = areas;
    while (requests-- != 0 && !sending.left.empty())
        cut(row, sending);
    join(sending.left);
    return sending;
}

[[nodiscard]] bool better(const DayOfSending& one, const DayOfSending& other) {
    if (one.covered != other.covered)
        return one.covered > other.covered;
    return one.requests.size() < other.requests.size();
}

// The day's row that covers most; none when what was sent already leaves no room in any.
[[nodiscard]] std::optional<DayOfSending>
best_day(const Areas& areas, std::span<const SizingRow> rows, std::span<const RequestSize> sent) {
    std::optional<DayOfSending> best;
    for (const SizingRow& row : rows) {
        if (!holds(row, sent) || sent.size() == row.requests)
            continue;
        DayOfSending sending = send_a_day(areas, row, row.requests - sent.size());
        if (!best || better(sending, *best))
            best = std::move(sending);
    }
    return best;
}

struct Plan {
    std::vector<BackfillRequest> requests;
    LocalDay last{};
};

[[nodiscard]] Plan plan_with(
    std::span<const SizingRow> rows,
    Areas areas,
    LocalDay first,
    LocalDay start,
    std::span<const RequestSize> sent
) {
    Plan plan;
    for (LocalDay day = start; !areas.empty(); day += std::chrono::days(1)) {
        auto sending = best_day(areas, rows, day == start ? sent : std::span<const RequestSize>{});
        if (!sending)
            continue;
        for (const Area& request : sending->requests) {
            plan.requests.push_back(
                {day,
                 request.meter,
                 request.meters(),
                 first + std::chrono::days(request.day),
                 first + std::chrono::days(request.day_end - 1)}
            );
        }
        plan.last = day;
        areas = std::move(sending->left);
    }
    return plan;
}

}  // namespace

bool fits_one_day(std::span<const RequestSize> requests) {
    return std::any_of(sizing_table.begin(), sizing_table.end(), [&](const SizingRow& row) {
        return holds(row, requests);
    });
}

std::vector<BackfillRequest> plan_backfill(
    std::size_t meters,
    LocalDay first,
    LocalDay last,
    LocalDay start,
    std::span<const RequestSize> sent
) {
    if (meters == 0 || last < first)
        return {};
    const Areas all{{0, meters, 0, static_cast<std::size_t>((last - first).count()) + 1}};
    Plan best = plan_with(sizing_table, all, first, start, sent);
    for (const SizingRow& row : sizing_table) {
        Plan plan = plan_with({&row, 1}, all, first, start, sent);
        if (std::pair(plan.last, plan.requests.size()) < std::pair(best.last, best.requests.size()))
            best = std::move(plan);
    }
    return best.requests;
}

}  // namespace usagectl::market
