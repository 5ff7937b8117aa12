// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/text.hpp"
#include "tariff/reader_parts.hpp"

namespace usagectl::tariff {

namespace {

constexpr std::size_t days_of_leap_year = 366;
constexpr int minutes_a_slot = 5;
constexpr std::array<std::string_view, day_types> day_names{
    "mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"};

std::string two(int number) {
    return std::to_string(100 + number).substr(1);
}

std::string clock_text(std::size_t slot) {
    const auto minutes = static_cast<int>(slot) * minutes_a_slot;
    return two(minutes / 60) + ":" + two(minutes % 60);
}

std::string date_text(std::size_t at) {
    const auto day = LocalDay(std::chrono::local_days(
                         std::chrono::year(2024) / std::chrono::January / std::chrono::day(1)
                     )) +
                     std::chrono::days(static_cast<int>(at));
    const auto date = month_day(day);
    return two(static_cast<int>(date.month)) + "-" + two(static_cast<int>(date.day));
}

// The stretches [begin, end) of a table whose values satisfy `wanted`.
template <class Table, class Wanted>
std::vector<std::pair<std::size_t, std::size_t>> runs(const Table& table, const Wanted& wanted) {
    std::vector<std::pair<std::size_t, std::size_t>> found;
    for (std::size_t at = 0; at < table.size(); ++at) {
        if (!wanted(table[at]))
            continue;
        if (!found.empty() && found.back().second == at)
            ++found.back().second;
        else
            found.emplace_back(at, at + 1);
    }
    return found;
}

// "02-29", "06-01 to 09-30".
std::string dates_text(std::pair<std::size_t, std::size_t> run) {
    const auto first = date_text(run.first);
    return run.second - run.first == 1 ? first : first + " to " + date_text(run.second - 1);
}

// Which season each day of the year has; holes and overlaps are mistakes.
void check_seasons(const std::vector<Place>& places, Draft& draft) {
    std::array<int, days_of_leap_year> holder{};
    holder.fill(-1);
    const auto& seasons = draft.tariff.seasons;
    for (std::size_t at = 0; at < seasons.size(); ++at) {
        std::array<int, days_of_leap_year> clash{};
        clash.fill(-1);
        for (std::size_t day = 0; day < days_of_leap_year; ++day) {
            const auto from = day_of_leap_year(seasons[at].from);
            const auto to = day_of_leap_year(seasons[at].to);
            const bool inside = from <= to ? from <= day && day <= to : from <= day || day <= to;
            if (inside && holder[day] >= 0)
                clash[day] = holder[day];
            if (inside)
                holder[day] = static_cast<int>(at);
        }
        for (std::size_t other = 0; other < at; ++other) {
            const auto both =
                runs(clash, [&](int found) { return found == static_cast<int>(other); });
            for (const auto& run : both) {
                draft.add(
                    places[at],
                    "seasons " + quoted(seasons[other].name) + " and " + quoted(seasons[at].name) +
                        " both hold on " + dates_text(run),
                    "let one end the day before the other begins"
                );
            }
        }
    }
    for (const auto& run : runs(holder, [](int found) { return found < 0; })) {
        draft.add(
            places.front(),
            "no season holds on " + dates_text(run),
            run.second - run.first == 1 && date_text(run.first) == "02-29"
                ? "February has 29 days in a leap year: end the season on 02-29"
                : "the seasons must cover the whole year"
        );
    }
}

void read_seasons(const Fields& root, Draft& draft) {
    std::vector<Place> places;
    bool sound = true;
    for (const auto* table : root.list("season")) {
        const Fields fields(format(), *table, table->place, "season", draft.mistakes);
        const auto name = fields.text("name");
        const auto from = fields.month_day("from");
        const auto to = fields.month_day("to");
        const auto names = season_names(draft.tariff);
        if (!name.empty() && std::find(names.begin(), names.end(), name) != names.end()) {
            draft.add(fields.place_of("name"), "there are two seasons " + quoted(name));
            sound = false;
        }
        sound = sound && from && to && !name.empty();
        draft.tariff.seasons.push_back(
            {name, from.value_or(MonthDay{}), to.value_or(MonthDay{12, 31})}
        );
        places.push_back(fields.place());
    }
    if (places.size() > most_seasons) {
        draft.add(places[most_seasons], "there are more than 64 seasons");
        draft.tariff.seasons.resize(most_seasons);
        sound = false;
    }
    if (places.empty())
        draft.tariff.seasons.push_back({"", {1, 1}, {12, 31}});
    else if (sound)
        check_seasons(places, draft);
    draft.calendar_sound = draft.calendar_sound && sound;
}

bool read_holidays(const Fields& root, Draft& draft) {
    const auto* table = root.node("holidays");
    if (table == nullptr)
        return false;
    const Fields fields(format(), *table, table->place, "holidays", draft.mistakes);
    for (const auto* date : fields.list("dates"))
        draft.tariff.holidays.dates.push_back(*date->date);
    for (const auto* date : fields.list("yearly"))
        draft.tariff.holidays.yearly.push_back(*parse_month_day(date->text));
    auto& dates = draft.tariff.holidays.dates;
    std::sort(dates.begin(), dates.end());
    return !dates.empty() || !draft.tariff.holidays.yearly.empty();
}

DayTypes days_of(std::string_view word) {
    if (word == "all")
        return DayTypes(0xFF);
    if (word == "weekday")
        return DayTypes(0x1F);
    if (word == "weekend")
        return DayTypes(0x60);
    const auto found = std::find(day_names.begin(), day_names.end(), word);
    DayTypes days;
    days.set(static_cast<std::size_t>(found - day_names.begin()));
    return days;
}

std::uint8_t period_index(const std::string& name, Place place, Draft& draft) {
    auto& periods = draft.tariff.periods;
    const auto found = std::find(periods.begin(), periods.end(), name);
    if (found != periods.end())
        return static_cast<std::uint8_t>(found - periods.begin());
    if (periods.size() == most_periods) {
        draft.add(place, "there are more than 64 periods");
        return 0;
    }
    periods.push_back(name);
    draft.periods.push_back(place);
    return static_cast<std::uint8_t>(periods.size() - 1);
}

// The hours of one schedule; a part may run over midnight.
void read_hours(const Fields& fields, Schedule& schedule, Draft& draft) {
    constexpr int nothing = -1;
    std::array<int, slots_a_day> holder{};
    holder.fill(nothing);
    bool sound = fields.node("hours") != nullptr;
    for (const auto* table : fields.list("hours")) {
        const Fields part(format(), *table, table->place, "hours", draft.mistakes);
        const auto from = part.clock("from");
        const auto to = part.clock("to");
        const auto name = part.text("period");
        sound = sound && from && to && !name.empty();
        if (!from || !to || name.empty())
            continue;
        const auto period = period_index(name, part.place_of("period"), draft);
        const auto begin = static_cast<std::size_t>(*from / minutes_a_slot) % slots_a_day;
        const auto end = static_cast<std::size_t>(*to / minutes_a_slot);
        const auto length = *from == *to  ? 0
                            : end > begin ? end - begin
                                          : end + slots_a_day - begin;
        if (length == 0)
            draft.add(part.place(), "hours from " + clock_text(begin) + " to the same time");
        std::array<bool, slots_a_day> clash{};
        for (std::size_t step = 0; step < length; ++step) {
            const auto slot = (begin + step) % slots_a_day;
            clash[slot] = holder[slot] != nothing;
            holder[slot] = period;
        }
        for (const auto& run : runs(clash, [](bool both) { return both; })) {
            draft.add(
                part.place(),
                clock_text(run.first) + " to " + clock_text(run.second) + " has two periods",
                "the parts of a day must not overlap"
            );
        }
    }
    for (const auto& run : runs(holder, [](int found) { return found == nothing; })) {
        if (sound) {
            draft.add(
                fields.place_of("hours"),
                clock_text(run.first) + " to " + clock_text(run.second) + " has no period",
                "the parts must cover the day from 00:00 to 24:00"
            );
        }
    }
    for (std::size_t slot = 0; slot < slots_a_day; ++slot)
        schedule.period[slot] = static_cast<std::uint8_t>(std::max(holder[slot], 0));
    draft.calendar_sound = draft.calendar_sound && sound;
}

std::string in_season(const Draft& draft, std::size_t season) {
    const auto& name = draft.tariff.seasons[season].name;
    return name.empty() ? "" : " in season " + quoted(name);
}

// Every type of day in every season has its hours, once.
void check_coverage(const std::vector<Place>& places, bool holidays, Draft& draft) {
    const auto& schedules = draft.tariff.schedules;
    for (std::size_t season = 0; season < draft.tariff.seasons.size(); ++season) {
        std::string without;
        for (std::size_t type = 0; type < day_types; ++type) {
            std::size_t count = 0;
            for (std::size_t at = 0; at < schedules.size(); ++at) {
                if ((schedules[at].seasons & bit(season)) == 0 || !schedules[at].days[type])
                    continue;
                if (++count > 1) {
                    draft.add(
                        places[at],
                        "two schedules hold on " + std::string(day_names[type]) +
                            in_season(draft, season),
                        "name each kind of day in one schedule of a season"
                    );
                }
            }
            if (count == 0 && (type != holiday_type || holidays))
                without += (without.empty() ? "" : ", ") + std::string(day_names[type]);
        }
        if (!without.empty()) {
            draft.add(
                places.front(),
                "no schedule holds on " + without + in_season(draft, season),
                "add [[schedule]] with days = [...] for them"
            );
        }
    }
}

void read_schedules(const Fields& root, bool holidays, Draft& draft) {
    std::vector<Place> places;
    bool sound = true;
    for (const auto* table : root.list("schedule")) {
        const Fields fields(format(), *table, table->place, "schedule", draft.mistakes);
        Schedule schedule;
        schedule.seasons =
            named_bits(fields, "seasons", "season", season_names(draft.tariff), draft);
        for (const auto* word : fields.list("days")) {
            schedule.days |= days_of(word->text);
            if (word->text == "holiday" && !holidays) {
                draft.add(
                    word->place,
                    "a schedule for holidays, and no holidays are listed",
                    "add [holidays] with dates = [2026-12-25] or yearly = [\"12-25\"]"
                );
            }
        }
        sound = sound && fields.node("days") != nullptr;
        read_hours(fields, schedule, draft);
        draft.tariff.schedules.push_back(schedule);
        places.push_back(fields.place());
    }
    if (places.empty()) {
        Schedule always;
        always.days.set();
        draft.tariff.schedules.push_back(always);
        draft.tariff.periods.push_back("");
        draft.periods.push_back(root.place());
        if (holidays) {
            draft.add(
                root.place_of("holidays"),
                "holidays are listed, and no schedule says what holds on them",
                "add [[schedule]], or remove [holidays]"
            );
        }
    } else if (sound && draft.calendar_sound) {
        check_coverage(places, holidays, draft);
    }
    if (draft.tariff.periods.empty()) {
        // Schedules that name no period at all; prices cannot be held against them.
        draft.tariff.periods.push_back("");
        draft.periods.push_back(root.place());
        sound = false;
    }
    draft.calendar_sound = draft.calendar_sound && sound;
}

}  // namespace

void read_calendar(const Fields& root, Draft& draft) {
    read_seasons(root, draft);
    const bool holidays = read_holidays(root, draft);
    read_schedules(root, holidays, draft);
}

}  // namespace usagectl::tariff
