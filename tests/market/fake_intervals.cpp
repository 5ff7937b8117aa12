// SPDX-License-Identifier: MIT
// The fake market's interval data, in the shapes a market may have.
#include "market/fake_state.hpp"
#include "market/fake_usage.hpp"
#include "meter/kwh.hpp"

namespace usagectl::test {
namespace {

using meter::Channel;
using nlohmann::json;

constexpr std::chrono::minutes quarter{15};

std::string text(const json& body, const char* name) {
    const auto found = body.find(name);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// MM/DD/YYYY.
LocalDay day_of(const std::string& date) {
    return parse_day(date.substr(6, 4) + "-" + date.substr(0, 2) + "-" + date.substr(3, 2)).value();
}

std::string token(std::uint64_t seed, const std::string& esi_id, Instant start, Channel channel) {
    return meter::kwh_text(fake_wh(seed, esi_id, start, channel)) +
           (fake_estimated(seed, esi_id, start, channel) ? "-E" : "-A");
}

std::string minutes_text(std::int64_t minutes) {
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(minutes / 60) + ":" + two(minutes % 60);
}

}  // namespace

Instant FakeState::days_end(LocalDay day) const {
    return zone_.day_start(day + std::chrono::days(1));
}

// A token for each quarter of an hour that passes, and on the spring day an empty one for each that
// a wall clock misses.
std::string FakeState::day_text(const std::string& esi_id, LocalDay day, Channel channel) const {
    std::string text;
    LocalTime shown(day);
    for (Instant at = zone_.day_start(day); at < days_end(day); at += quarter) {
        const LocalTime local = zone_.local(at);
        for (; shown < local; shown += quarter)
            text += ',';
        shown = local + quarter;
        if (at != zone_.day_start(day))
            text += ',';
        if (at + quarter <= now() - lag_)
            text += token(options_.seed, esi_id, at, channel);
    }
    return text;
}

json FakeState::days(const std::string& esi_id, LocalDay first, LocalDay last) {
    json list = json::array();
    const Instant until = now() - lag_;
    for (LocalDay day = first; day <= last; day += std::chrono::days(1)) {
        const Instant start = zone_.day_start(day);
        if (start + quarter > until)
            break;
        for (const Channel channel : {Channel::consumption, Channel::generation}) {
            if (channel == Channel::generation && !meter(esi_id).solar)
                continue;
            const std::string text = day_text(esi_id, day, channel);
            const std::string date = format_day(day);
            list.push_back(
                {{"DT", date.substr(5, 2) + "/" + date.substr(8, 2) + "/" + date.substr(0, 4)},
                 {"RevTS", this->date(std::min(now(), days_end(day) + std::chrono::hours(8)))},
                 {"RT", channel == Channel::consumption ? "C" : "G"},
                 {"RD", text}}
            );
        }
    }
    return list;
}

json FakeState::rows(const std::string& esi_id, LocalDay first, LocalDay last) {
    json list = json::array();
    for (LocalDay day = first; day <= last; day += std::chrono::days(1)) {
        const std::string iso = format_day(day);
        const std::string date = iso.substr(5, 2) + "/" + iso.substr(8, 2) + "/" + iso.substr(0, 4);
        for (Instant at = zone_.day_start(day); at < days_end(day); at += quarter) {
            if (at + quarter > now() - lag_)
                break;
            const auto minutes = (zone_.local(at) - LocalTime(day)) / std::chrono::minutes(1);
            const bool estimated = fake_estimated(options_.seed, esi_id, at, Channel::consumption);
            list.push_back(
                {{"readDate", date},
                 {"startTime", minutes_text(minutes)},
                 {"endTime", minutes_text((minutes + 15) % 1440)},
                 {"energyDataKwh",
                  meter::kwh_text(fake_wh(options_.seed, esi_id, at, Channel::consumption))},
                 {"quality", estimated ? "E" : "A"}}
            );
        }
    }
    return list;
}

json FakeState::reads(const std::string& esi_id, const json& body) {
    Meter& asked = meter(esi_id);
    ++asked.counts["intervals"];
    const LocalDay first = day_of(text(body, "startDate"));
    const LocalDay last = day_of(text(body, "endDate"));
    if (asked.silent || !exists(esi_id))
        return nullptr;
    const bool by_row = shape_ == "rows";
    json list = by_row ? rows(esi_id, first, last) : days(esi_id, first, last);
    if (list.empty())
        return nullptr;
    if (!duplicates_.empty()) {
        json again = list.back();
        if (duplicates_ == "different" && by_row)
            again["energyDataKwh"] = "999.999";
        else if (duplicates_ == "different")
            again["RD"] =
                "999.999-A" +
                again["RD"].get<std::string>().substr(again["RD"].get<std::string>().find(','));
        list.push_back(again);
    }
    return {{"esiid", esi_id}, {by_row ? "intervalReads" : "energyData", list}};
}

std::vector<json> FakeState::all_reads(const json& body) {
    std::vector<json> all;
    const json& ids = body.contains("esiid") ? body.at("esiid") : body.at("ESIID");
    for (const auto& esi_id : ids) {
        json one = reads(esi_id, body);
        if (!one.is_null())
            all.push_back(std::move(one));
    }
    if (foreign_)
        all.push_back(reads("10443729999999999", body));
    return all;
}

FakeAnswer FakeState::rest_intervals(const json& body) {
    const std::scoped_lock lock(mutex_);
    auto all = all_reads(body);
    if (all.empty())
        return {
            200,
            {{"errorCode", "1"}, {"errorMessage", "No data received from the respective TDSP"}}};
    if (all.size() > 1)
        return {200, {{"trans_id", text(body, "trans_id")}, {"meters", all}}};
    all[0]["trans_id"] = text(body, "trans_id");
    return {200, all[0]};
}

FakeAnswer FakeState::portal_intervals(const json& body) {
    const std::scoped_lock lock(mutex_);
    const auto all = all_reads(body);
    if (all.empty())
        return {
            200,
            {{"data",
              {{"errorCode", "1"},
               {"errorMessage", "No Energy Data received from the respective TDSP"}}}}};
    return {200, {{"data", all.size() == 1 ? all[0] : json(all)}}};
}

}  // namespace usagectl::test
