// SPDX-License-Identifier: MIT
#include "link/scripted_market.hpp"

namespace usagectl::test {

namespace {

template <class T>
T next(std::deque<T>& script) {
    T answer = script.front();
    if (script.size() > 1)
        script.pop_front();
    return answer;
}

}  // namespace

void ScriptedMarket::count(bool before) {
    if (before)
        ++calls_;
    if (calls_ == kill_after && before == kill_before)
        throw Killed{};
}

market::Outcome<market::Ticket>
ScriptedMarket::request_read(const market::Subject& subject, const std::string& reference) {
    count(true);
    if (refuse_read && !refuse_read->done)
        return tl::unexpected(*refuse_read);
    ++asked[subject.esi_id];
    count(false);
    if (refuse_read)
        return tl::unexpected(*refuse_read);
    return market::Ticket{"T" + reference, "C1"};
}

market::Outcome<market::ReadStatus>
ScriptedMarket::read_status(const market::Subject&, const market::Ticket&, const std::string&) {
    count(true);
    ++polled;
    count(false);
    if (refuse_status)
        return tl::unexpected(*refuse_status);
    return next(statuses);
}

market::Outcome<std::vector<market::MeterReads>>
ScriptedMarket::intervals(std::span<const std::string> esi_ids, LocalDay first, LocalDay last) {
    count(true);
    ++fetched;
    count(false);
    if (refuse_intervals)
        return tl::unexpected(*refuse_intervals);
    std::vector<market::MeterReads> all;
    for (const auto& id : esi_ids) {
        market::MeterReads reads;
        reads.esi_id = id;
        const auto end = zone->day_start(last + std::chrono::days(1));
        for (auto at = zone->day_start(first); at < end; at += std::chrono::minutes(15)) {
            if (at + std::chrono::minutes(15) <= data_until)
                reads.intervals.push_back({at, 15, 100, meter::Quality::actual});
        }
        all.push_back(std::move(reads));
    }
    return all;
}

market::Outcome<market::PowerStatus>
ScriptedMarket::power_status(const market::Subject& subject, const std::string&) {
    count(true);
    ++asked[subject.esi_id];
    count(false);
    return next(powers);
}

app::MarketTerms sample_terms() {
    app::MarketTerms terms;
    terms.name = "smt-portal";
    terms.zone = Zone::find("America/Chicago").value();
    return terms;
}

app::Actor sample_actor() {
    return {"csr1", "tester", "usage gap", "[]"};
}

}  // namespace usagectl::test
