// SPDX-License-Identifier: MIT
#include "app/emergencies.hpp"

#include <algorithm>

#include "app/counties.hpp"
#include "app/undo.hpp"
#include "base/text.hpp"

namespace usagectl::app {

namespace {

constexpr std::size_t longest_text = 200;
// As far as a pack may look back; ahead, as far as an emergency is ever entered.
constexpr int around_days = 62;

Error malformed(std::string message, std::string hint = {}) {
    return {Exit::usage, "malformed_emergency", std::move(message), std::move(hint)};
}

bool printable(std::string_view text) {
    return !text.empty() && text.size() <= longest_text &&
           std::none_of(text.begin(), text.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return byte < 0x20 || byte == 0x7f;
           });
}

// The state in capitals, the county in single blanks.
Result<EmergencyChange> sound(EmergencyChange request) {
    for (auto& c : request.state)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (request.state.size() != 2 ||
        !std::all_of(request.state.begin(), request.state.end(), is_letter))
        return tl::unexpected(malformed("the state is two letters: TX"));
    if (!printable(request.county) || rules::county_key(request.county).empty())
        return tl::unexpected(malformed("the county is a name: Harris"));
    if (!printable(request.reason)) {
        return tl::unexpected(
            malformed("a reason is 1 to 200 bytes in one line", "--reason 'NWS heat advisory'")
        );
    }
    if (request.to < request.from)
        return tl::unexpected(malformed("the last day lies before the first"));
    if (request.to - request.from >= std::chrono::days(longest_emergency_days)) {
        return tl::unexpected(malformed(
            "an emergency is for at most " + std::to_string(longest_emergency_days) + " days",
            "enter the days that are known"
        ));
    }
    return request;
}

EmergencySpan span_of(const EmergencyChange& request) {
    return {request.from, request.to, request.state, request.county};
}

bool in_force(const EnteredEmergency& entry) {
    return !entry.withdrawn;
}

std::string outcome(const EmergencyChange& request, std::size_t changed, std::string_view verb) {
    return "weather emergency in " + request.county + ", " + request.state + ", " +
           format_day(request.from) + " to " + format_day(request.to) + ": " +
           std::to_string(changed) + (changed == 1 ? " day " : " days ") + std::string(verb);
}

std::size_t changes(const std::vector<EmergencyDay>& days) {
    return static_cast<std::size_t>(std::count_if(days.begin(), days.end(), [](const auto& day) {
        return day.changed;
    }));
}

[[noreturn]] void fail_race(const EmergencyChange& request) {
    throw Failure(
        "store_conflict",
        "another process changed the emergencies of " + request.county + " at the same time",
        "run the command again",
        true
    );
}

// By a misspelled name nobody is protected, and nobody notices.
Result<void> check_county(Store& store, const EmergencyChange& request) {
    if (request.packs == nullptr)
        return {};
    const auto found = find_county(*request.packs, request.state, request.county);
    if (found.is == CountyIs::listed)
        return {};
    const bool lived_in = county_has_accounts(store, request.state, request.county);
    if (!lived_in && !request.force) {
        return refuse(
            Exit::refused,
            "county_unknown",
            found.doubt + (found.is == CountyIs::untold
                               ? ", and no account lives in " + quoted(request.county)
                               : ""),
            found.meant.empty() ? "--force enters it all the same"
                                : "did you mean " + found.meant + "? --force enters it all the same"
        );
    }
    if (request.doubt && (found.is == CountyIs::missing || !lived_in))
        request.doubt(found.sentence());
    return {};
}

std::vector<EmergencyDay>
enter_days(Store& store, const EmergencyChange& request, const Actor& actor, Instant now) {
    std::vector<EmergencyDay> days;
    const auto weather = request.weather.value_or(rules::Weather::any);
    const auto known = store.rules().entries(span_of(request));
    for (auto day = request.from; day <= request.to; day += std::chrono::days(1)) {
        const auto same = std::find_if(known.begin(), known.end(), [&](const auto& entry) {
            return in_force(entry) && entry.emergency.day == day &&
                   entry.emergency.weather == weather;
        });
        if (same != known.end()) {
            days.push_back({*same, false});
            continue;
        }
        EnteredEmergency entry{
            {request.state, request.county, day, weather}, 1, request.reason, now, actor.name, {}};
        for (const auto& other : known) {
            if (other.emergency.day == day)
                entry.entry = std::max(entry.entry, other.entry + 1);
        }
        if (!store.rules().enter(entry))
            fail_race(request);
        days.push_back({std::move(entry), true});
    }
    return days;
}

std::vector<EmergencyDay>
withdraw_days(Store& store, const EmergencyChange& request, const Actor& actor, Instant now) {
    std::vector<EmergencyDay> days;
    for (auto& entry : store.rules().entries(span_of(request))) {
        if (!in_force(entry) || (request.weather && entry.emergency.weather != *request.weather))
            continue;
        entry.withdrawn = {now, actor.name, request.reason};
        if (!store.rules().withdraw(entry, *entry.withdrawn))
            fail_race(request);
        days.push_back({std::move(entry), true});
    }
    return days;
}

}  // namespace

Result<std::vector<EmergencyDay>> enter_emergency(
    Store& store, const EmergencyChange& request, const Actor& actor, const Clock& clock
) {
    const auto wanted = sound(request);
    if (!wanted)
        return tl::unexpected(wanted.error());
    return attempt<std::vector<EmergencyDay>>(
        store,
        request.dry_run,
        [&]() -> Result<std::vector<EmergencyDay>> {
            if (const auto checked = check_county(store, *wanted); !checked)
                return tl::unexpected(checked.error());
            const auto now = clock.now();
            auto days = enter_days(store, *wanted, actor, now);
            store.audit().append(actor.record(now, outcome(*wanted, changes(days), "entered")));
            if (request.done)
                request.done(days);
            return days;
        }
    );
}

Result<std::vector<EmergencyDay>> withdraw_emergency(
    Store& store, const EmergencyChange& request, const Actor& actor, const Clock& clock
) {
    const auto wanted = sound(request);
    if (!wanted)
        return tl::unexpected(wanted.error());
    return attempt<std::vector<EmergencyDay>>(
        store,
        request.dry_run,
        [&]() -> Result<std::vector<EmergencyDay>> {
            const auto now = clock.now();
            auto days = withdraw_days(store, *wanted, actor, now);
            if (days.empty())
                return refuse(
                    Exit::not_found,
                    "emergency_unknown",
                    "no such emergency is in force in " + wanted->county + ", " + wanted->state,
                    "usagectl rules emergency list shows what was entered"
                );
            store.audit().append(actor.record(now, outcome(*wanted, changes(days), "withdrawn")));
            if (request.done)
                request.done(days);
            return days;
        }
    );
}

std::vector<rules::Emergency> emergencies_around(Store& store, LocalDay day) {
    return store.rules().in_force(
        {day - std::chrono::days(around_days), day + std::chrono::days(around_days)}
    );
}

std::span<const rules::Emergency> CountyEmergencies::around(LocalDay day, std::string_view county) {
    const auto [known, fresh] = days_.try_emplace(day);
    if (fresh) {
        for (auto& emergency : emergencies_around(store_, day))
            known->second[rules::county_key(emergency.county)].push_back(std::move(emergency));
    }
    const auto here = known->second.find(rules::county_key(county));
    if (here == known->second.end())
        return {};
    return here->second;
}

}  // namespace usagectl::app
