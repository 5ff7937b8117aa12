// SPDX-License-Identifier: MIT
#include "app/guard.hpp"

#include <algorithm>

#include "app/emergencies.hpp"

namespace usagectl::app {

namespace {

using std::chrono::days;

// No rule looks further back for a warning.
constexpr days look_back{31};

bool warns(const Notice& notice) {
    const bool type = notice.type == account::NoticeType::suspend ||
                      notice.type == account::NoticeType::low_balance;
    return type && notice.state != "failed" && notice.state != "cancelled";
}

std::optional<LocalDay> warned_on(Store& store, const AccountChange& change) {
    std::optional<LocalDay> before;
    std::optional<LocalDay> today;
    const DaySpan span{change.today() - look_back, change.today()};
    for (const auto& notice : store.service().notices(change.known().number, span)) {
        if (!warns(notice))
            continue;
        const auto day = change.zone().day_of(notice.created_at);
        auto& latest = day < change.today() ? before : today;
        latest = latest ? std::max(*latest, day) : day;
    }
    return before ? before : today;
}

}  // namespace

rules::Verdict judge_suspension_of(
    Store& store, const AccountChange& change, const RulePacks& packs, const Prepay& prepay
) {
    const auto& account = change.known().account;
    const auto& standing = change.standing();
    const auto local = change.zone().local(change.now());
    const auto emergencies = emergencies_around(store, change.today());
    rules::Facts facts;
    facts.day = change.today();
    facts.minute = static_cast<int>(
        std::chrono::duration_cast<std::chrono::minutes>(local - LocalTime(change.today())).count()
    );
    facts.critical_care = account.flags.critical_care;
    facts.chronic_condition = account.flags.chronic_condition;
    facts.medical = account.flags.medical;
    facts.connection_balance = standing.thresholds.connection;
    facts.disconnection_balance = standing.thresholds.disconnection;
    facts.warned_on = warned_on(store, change);
    facts.emergencies = emergencies;
    facts.county = account.address.county;
    facts.state = account.address.state;
    facts.payments_open = prepay.payments_open;
    const auto& pack = account.rule_pack.empty() ? prepay.rule_pack : account.rule_pack;
    return rules::judge_suspension(packs.find(pack), facts);
}

std::string held_by(const rules::Verdict& verdict) {
    std::string ids;
    for (const auto& hold : verdict.holds)
        ids += (ids.empty() ? "" : ",") + hold.id;
    return ids;
}

}  // namespace usagectl::app
