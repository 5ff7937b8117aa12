// SPDX-License-Identifier: MIT
#include "store/rules_repository.hpp"

#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {
namespace {

// $3 and $4 are empty where every state, every county is meant.
constexpr std::string_view of_span = " from weather_emergency"
                                     " where day between $1 and $2"
                                     " and ($3 = '' or state = $3)"
                                     " and ($4 = '' or county_key = $4)";
constexpr std::string_view in_order = " order by day, state, county_key, entry";

rules::Emergency read_emergency(const Row& row) {
    return {
        std::string(row.text(0)),
        std::string(row.text(1)),
        day_in(row, 2),
        // Whatever cannot be read counts for every rule.
        rules::parse_weather(row.text(3)).value_or(rules::Weather::any)};
}

app::EnteredEmergency read_entry(const Row& row) {
    app::EnteredEmergency entry;
    entry.emergency = read_emergency(row);
    entry.entry = row.integer(4);
    entry.reason = row.text(5);
    entry.entered_at = instant(row.integer(6));
    entry.entered_by = row.text(7);
    if (const auto at = optional_instant(row, 8))
        entry.withdrawn = {*at, std::string(row.text(9)), std::string(row.text(10))};
    return entry;
}

void each_of_span(
    Session& session,
    const std::string& columns,
    std::string_view condition,
    const app::EmergencySpan& span,
    const std::function<void(const Row&)>& visit
) {
    const std::string state = sound_text(span.state);
    const std::string county = sound_text(rules::county_key(span.county));
    each_row(
        session,
        "select " + columns + std::string(of_span) + std::string(condition) + std::string(in_order),
        {std::int64_t{day_number(span.from)},
         std::int64_t{day_number(span.to)},
         std::string_view(state),
         std::string_view(county)},
        visit
    );
}

}  // namespace

std::vector<app::EnteredEmergency> RulesRepository::entries(const app::EmergencySpan& span) {
    std::vector<app::EnteredEmergency> found;
    each_of_span(
        session_,
        "state, county, day, weather, entry, reason, entered_at, entered_by, withdrawn_at,"
        " withdrawn_by, withdrawal",
        "",
        span,
        [&](const Row& row) { found.push_back(read_entry(row)); }
    );
    return found;
}

std::vector<rules::Emergency> RulesRepository::in_force(const app::EmergencySpan& span) {
    std::vector<rules::Emergency> found;
    each_of_span(
        session_,
        "state, county, day, weather",
        " and withdrawn_at is null",
        span,
        [&](const Row& row) { found.push_back(read_emergency(row)); }
    );
    return found;
}

bool RulesRepository::enter(const app::EnteredEmergency& entered) {
    const auto& emergency = entered.emergency;
    const auto key = rules::county_key(emergency.county);
    const std::int64_t day = day_number(emergency.day);
    const auto last = find_integer(
        session_,
        "select max(entry) from weather_emergency"
        " where state = $1 and county_key = $2 and day = $3",
        {emergency.state, key, day}
    );
    return run(session_,
               "insert into weather_emergency (state, county_key, day, entry, county, weather,"
               " reason, entered_at, entered_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
               " on conflict do nothing",
               {emergency.state,
                key,
                day,
                last.value_or(0) + 1,
                emergency.county,
                rules::to_string(emergency.weather),
                entered.reason,
                unix_seconds(entered.entered_at),
                entered.entered_by}) == 1;
}

bool RulesRepository::withdraw(
    const app::EnteredEmergency& entered, const app::Withdrawal& withdrawal
) {
    const auto& emergency = entered.emergency;
    return run(session_,
               "update weather_emergency"
               " set withdrawn_at = $1, withdrawn_by = $2, withdrawal = $3"
               " where state = $4 and county_key = $5 and day = $6 and entry = $7"
               " and withdrawn_at is null",
               {unix_seconds(withdrawal.at),
                withdrawal.by,
                withdrawal.reason,
                emergency.state,
                rules::county_key(emergency.county),
                std::int64_t{day_number(emergency.day)},
                entered.entry}) == 1;
}

}  // namespace usagectl::store
