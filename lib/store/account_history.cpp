// SPDX-License-Identifier: MIT
// What accounts are and were charged by, and what happened to them.
#include "store/account_repository.hpp"

#include "store/account_rows.hpp"
#include "store/account_slot.hpp"
#include "store/lock.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

// Rows are found again by their text, so what is stored must be what is looked for.
struct SoundProfile {
    std::string tariff;
    std::string options;
    std::string exemptions;
};
SoundProfile sound(const app::RateProfile& profile) {
    return {
        sound_text(profile.tariff),
        sound_text(write_names(profile.options)),
        sound_text(write_names(profile.exemptions)),
    };
}

std::optional<std::int64_t> find_profile(Session& session, const SoundProfile& wanted) {
    return find_integer(
        session,
        "select number from rate_profile where tariff = $1 and options = $2 and exemptions = $3",
        {wanted.tariff, wanted.options, wanted.exemptions}
    );
}

}  // namespace

std::int64_t AccountRepository::profile_number(const app::RateProfile& profile) {
    const auto wanted = sound(profile);
    if (const auto known = find_profile(session_, wanted))
        return *known;
    lock_until_end(session_, Lock::accounts);
    if (const auto known = find_profile(session_, wanted))
        return *known;
    const auto number =
        find_integer(session_, "select max(number) from rate_profile", {}).value_or(0) + 1;
    run(session_,
        "insert into rate_profile (number, tariff, options, exemptions) values ($1, $2, $3, $4)",
        {number, wanted.tariff, wanted.options, wanted.exemptions});
    return number;
}

std::optional<app::RateProfile> AccountRepository::profile(std::int64_t number) {
    std::optional<app::RateProfile> found;
    each_row(
        session_,
        "select tariff, options, exemptions from rate_profile where number = $1",
        {number},
        [&](const Row& row) {
            found = app::RateProfile{
                std::string(row.text(0)), read_names(row.text(1)), read_names(row.text(2))};
        }
    );
    return found;
}

std::vector<app::ServicePeriod> AccountRepository::service(app::AccountNumber number) {
    std::vector<app::ServicePeriod> periods;
    each_row(
        session_,
        "select from_day, version, known_at, meter, profile, meter_out from account_service"
        " where account = $1 order by from_day, version",
        {number},
        [&](const Row& row) {
            app::ServicePeriod period;
            period.from = day_in(row, 0);
            period.version = row.integer(1);
            period.known_at = instant(row.integer(2));
            period.meter = optional_integer(row, 3);
            period.profile = row.integer(4);
            period.meter_out = optional_integer(row, 5);
            periods.push_back(period);
        }
    );
    return periods;
}

void AccountRepository::add_service(app::AccountNumber number, const app::ServicePeriod& period) {
    run(session_,
        "insert into account_service (account, from_day, version, known_at, meter, profile,"
        " meter_out) values ($1, $2, $3, $4, $5, $6, $7)",
        {number,
         std::int64_t{day_number(period.from)},
         period.version,
         unix_seconds(period.known_at),
         nullable(period.meter),
         period.profile,
         nullable(period.meter_out)});
}

void AccountRepository::append_event(
    app::AccountNumber number, LocalDay day, const app::AccountEvent& event
) {
    const auto first = AccountSlot::first_of(number, day);
    const auto last = find_integer(
        session_,
        "select max(slot) from account_event where slot >= $1 and slot < $2",
        {first, first + AccountSlot::one_account}
    );
    const std::string before = sound_text(event.before);
    const std::string after = sound_text(event.after);
    const std::string cause = sound_text(event.cause);
    const std::string actor = sound_text(event.actor);
    run(session_,
        "insert into account_event (slot, at, field, before, after, cause, actor)"
        " values ($1, $2, $3, $4, $5, $6, $7)",
        {last ? *last + 1 : first, unix_seconds(event.at), event.field, before, after, cause, actor}
    );
}

std::vector<app::AccountEvent> AccountRepository::events(app::AccountNumber number) {
    std::vector<app::AccountEvent> events;
    each_row(
        session_,
        "with recursive s(slot) as (select (min(slot) >> 46) << 46 from account_event union all"
        " select slot + 70368744177664 from s"
        " where slot + 70368744177664 <= (select max(slot) from account_event))"
        " select e.at, e.field, e.before, e.after, e.cause, e.actor"
        " from s join account_event e on e.slot >= s.slot + $1 and e.slot < s.slot + $2"
        " order by e.slot",
        {number << 16, (number + 1) << 16},
        [&](const Row& row) {
            events.push_back(
                {instant(row.integer(0)),
                 std::string(row.text(1)),
                 std::string(row.text(2)),
                 std::string(row.text(3)),
                 std::string(row.text(4)),
                 std::string(row.text(5))}
            );
        }
    );
    return events;
}

}  // namespace usagectl::store
