// SPDX-License-Identifier: MIT
#include "store/backfill_repository.hpp"

#include <limits>

#include "base/assert.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {
namespace {

using app::BackfillRequest;
using app::BackfillState;

BackfillState parse_state(std::string_view text) {
    if (const auto state = app::backfill_states.parse(text))
        return *state;
    throw Failure("store_damaged", "a back-fill has the unknown state " + std::string(text));
}

// Meter identifiers hold no blank (MeterId).
std::string joined(const std::vector<std::string>& meters) {
    std::string text;
    for (const auto& meter : meters)
        text.append(text.empty() ? "" : " ").append(meter);
    return text;
}

std::vector<std::string> apart(std::string_view text) {
    std::vector<std::string> meters;
    while (!text.empty()) {
        const auto end = text.find(' ');
        meters.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return meters;
}

std::vector<BackfillRequest> find_all(Session& session, std::string_view where, Values values) {
    std::vector<BackfillRequest> found;
    const std::string sql =
        "select number, plan, send_on, first_day, last_day, meters, state, decided_at, intervals,"
        " message from backfill_request where " +
        std::string(where) + " order by send_on, number";
    each_row(session, sql, values, [&](const Row& row) {
        BackfillRequest request;
        request.number = row.integer(0);
        request.plan = row.text(1);
        request.send_on = day_in(row, 2);
        request.first = day_in(row, 3);
        request.last = day_in(row, 4);
        request.meters = apart(row.text(5));
        request.state = parse_state(row.text(6));
        request.decided_at = optional_instant(row, 7);
        request.intervals = row.integer(8);
        request.message = row.text(9);
        found.push_back(std::move(request));
    });
    return found;
}

}  // namespace

void BackfillRepository::add(BackfillRequest& request) {
    const std::string meters = joined(request.meters);
    const auto number = find_integer(
        session_,
        "insert into backfill_request (number, plan, send_on, first_day, last_day, meters, state,"
        " intervals, message)"
        " select coalesce(max(number), 0) + 1, $1, cast($2 as bigint), cast($3 as bigint),"
        " cast($4 as bigint), $5, 'planned', 0, '' from backfill_request returning number",
        {request.plan,
         std::int64_t{day_number(request.send_on)},
         std::int64_t{day_number(request.first)},
         std::int64_t{day_number(request.last)},
         meters}
    );
    USAGECTL_ASSERT(number.has_value());
    request.number = *number;
}

void BackfillRepository::update(const BackfillRequest& request) {
    const std::string message = sound_text(request.message);
    const auto changed =
        run(session_,
            "update backfill_request set state = $2, decided_at = $3, intervals = $4, message = $5,"
            " send_on = $6 where number = $1",
            {request.number,
             to_string(request.state),
             nullable(request.decided_at),
             request.intervals,
             message,
             std::int64_t{day_number(request.send_on)}});
    USAGECTL_ASSERT(changed == 1);
}

std::vector<BackfillRequest> BackfillRepository::open(std::optional<LocalDay> day) {
    const std::int64_t until = day ? day_number(*day) : std::numeric_limits<std::int32_t>::max();
    return find_all(session_, "decided_at is null and send_on <= $1", {until});
}

std::vector<BackfillRequest> BackfillRepository::of_day(LocalDay day) {
    return find_all(session_, "send_on = $1", {std::int64_t{day_number(day)}});
}

std::vector<BackfillRequest> BackfillRepository::of_plan(const std::string& plan) {
    return find_all(session_, "plan = $1", {std::string_view(plan)});
}

}  // namespace usagectl::store
