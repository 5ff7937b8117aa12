// SPDX-License-Identifier: MIT
// Plans for history: everything once, nothing over the market's table.
#include <catch2/catch.hpp>

#include <map>
#include <set>

#include <rapidcheck.h>

#include "market/sizing.hpp"

namespace usagectl::market {
namespace {

LocalDay day(std::string_view text) {
    return parse_day(text).value();
}

std::string text_of(const BackfillRequest& request) {
    return format_day(request.send_on) + ": " + std::to_string(request.first_meter) + "+" +
           std::to_string(request.meters) + " " + format_day(request.from) + ".." +
           format_day(request.to);
}

std::map<LocalDay, std::vector<RequestSize>> by_day(
    const std::vector<BackfillRequest>& plan, std::span<const RequestSize> sent, LocalDay start
) {
    std::map<LocalDay, std::vector<RequestSize>> days;
    if (!sent.empty())
        days[start].assign(sent.begin(), sent.end());
    for (const auto& request : plan)
        days[request.send_on].push_back(
            {request.meters, static_cast<std::size_t>((request.to - request.from).count()) + 1}
        );
    return days;
}

// Days of sending with one row alone.
std::size_t days_with(const SizingRow& row, std::size_t meters, std::size_t days) {
    const std::size_t requests =
        (meters + row.esi_ids - 1) / row.esi_ids * ((days + row.days - 1) / row.days);
    return (requests + row.requests - 1) / row.requests;
}

TEST_CASE("a day of sending fits when one row holds all of it") {
    struct Row {
        std::vector<RequestSize> requests;
        bool fits;
    };
    const Row row = GENERATE(
        Row{{}, true},
        Row{{{1, 365}}, true},
        Row{{{1, 366}}, false},
        Row{{{200, 1}}, true},
        Row{{{201, 1}}, false},
        Row{{{200, 2}}, false},
        Row{{{100, 2}, {200, 1}}, false},  // each in a row of its own
        Row{{{10, 20}, {1, 20}}, true},
        Row{{{10, 20}, {1, 365}}, false},
        Row{std::vector<RequestSize>(20, {50, 5}), true},
        Row{std::vector<RequestSize>(21, {1, 1}), false},
        Row{std::vector<RequestSize>(11, {200, 1}), false}
    );
    CHECK(fits_one_day(row.requests) == row.fits);
}

TEST_CASE("small plans are the obvious ones") {
    const LocalDay start = day("2026-06-01");
    CHECK(plan_backfill(0, start, start, start).empty());
    CHECK(plan_backfill(5, start, start - std::chrono::days(1), start).empty());

    const auto one = plan_backfill(1, day("2025-06-01"), day("2026-05-31"), start);
    REQUIRE(one.size() == 1);
    CHECK(text_of(one[0]) == "2026-06-01: 0+1 2025-06-01..2026-05-31");

    const auto wide = plan_backfill(200, day("2026-05-31"), day("2026-05-31"), start);
    REQUIRE(wide.size() == 1);
    CHECK(text_of(wide[0]) == "2026-06-01: 0+200 2026-05-31..2026-05-31");

    // One more day than the longest row: the rest waits for the next day's own row.
    const auto rest = plan_backfill(20, day("2025-05-31"), day("2026-05-31"), start);
    CHECK(rest.back().send_on == start + std::chrono::days(1));
}

TEST_CASE("what was sent already narrows the first day, or leaves it out") {
    const LocalDay start = day("2026-06-01");
    const LocalDay first = day("2026-05-01");
    // 20 requests are all a day may have.
    const std::vector<RequestSize> full(20, {1, 1});
    const auto later = plan_backfill(3, first, first, start, full);
    REQUIRE(later.size() == 1);
    CHECK(later[0].send_on == start + std::chrono::days(1));
    // Two hundred meters were in one: the rows for long spans are gone for today.
    const std::vector<RequestSize> wide{{200, 1}};
    const auto plan = plan_backfill(1, first, first + std::chrono::days(9), start, wide);
    for (const auto& [sending, requests] : by_day(plan, wide, start))
        CHECK(fits_one_day(requests));
}

TEST_CASE("every meter and day is asked for once, within the table, in no more days than any row") {
    CHECK(rc::check("backfill", [] {
        const auto meters = *rc::gen::inRange<std::size_t>(1, 900);
        const auto days = *rc::gen::inRange<std::size_t>(1, 420);
        const LocalDay first = day("2025-01-01");
        const LocalDay last = first + std::chrono::days(static_cast<int>(days) - 1);
        const LocalDay start = day("2026-06-01");
        std::vector<RequestSize> sent;
        if (*rc::gen::arbitrary<bool>()) {
            const auto row = *rc::gen::elementOf(sizing_table);
            const auto count = *rc::gen::inRange<std::size_t>(0, row.requests + 1);
            sent.assign(count, {row.esi_ids, row.days});
        }
        const auto plan = plan_backfill(meters, first, last, start, sent);

        std::vector<bool> asked(meters * days);
        std::size_t covered = 0;
        for (const auto& request : plan) {
            RC_ASSERT(request.meters >= 1 && request.meters <= most_esi_ids);
            RC_ASSERT(request.first_meter + request.meters <= meters);
            RC_ASSERT(request.from >= first && request.to <= last && request.from <= request.to);
            for (std::size_t m = 0; m != request.meters; ++m) {
                for (LocalDay d = request.from; d <= request.to; d += std::chrono::days(1)) {
                    const auto at = (request.first_meter + m) * days +
                                    static_cast<std::size_t>((d - first).count());
                    RC_ASSERT(!asked[at]);
                    asked[at] = true;
                    ++covered;
                }
            }
        }
        RC_ASSERT(covered == asked.size());
        RC_ASSERT(std::is_sorted(plan.begin(), plan.end(), [](const auto& l, const auto& r) {
            return l.send_on < r.send_on;
        }));
        for (const auto& [sending, requests] : by_day(plan, sent, start))
            RC_ASSERT(fits_one_day(requests));
        const auto used = static_cast<std::size_t>((plan.back().send_on - start).count()) + 1;
        const std::size_t spoilt = sent.empty() ? 0 : 1;
        for (const SizingRow& row : sizing_table)
            RC_ASSERT(used <= days_with(row, meters, days) + spoilt);
    }));
}

}  // namespace
}  // namespace usagectl::market
