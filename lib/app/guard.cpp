// SPDX-License-Identifier: MIT
#include "app/guard.hpp"

#include <algorithm>

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

std::optional<LocalDay> warned_on(Store& store, const AccountNow& account) {
    std::optional<LocalDay> before;
    std::optional<LocalDay> today;
    const DaySpan span{account.today() - look_back, account.today()};
    for (const auto& notice : store.service().notices(account.known.number, span)) {
        if (!warns(notice))
            continue;
        const auto day = account.zone.day_of(notice.created_at);
        auto& latest = day < account.today() ? before : today;
        latest = latest ? std::max(*latest, day) : day;
    }
    return before ? before : today;
}

}  // namespace

rules::Verdict judge_suspension_of(
    Store& store,
    const AccountNow& account,
    const RulePacks& packs,
    const Prepay& prepay,
    CountyEmergencies& emergencies
) {
    const auto& known = account.known.account;
    const auto local = account.zone.local(account.now);
    rules::Facts facts;
    facts.day = account.today();
    facts.minute = static_cast<int>(
        std::chrono::duration_cast<std::chrono::minutes>(local - LocalTime(account.today())).count()
    );
    facts.critical_care = known.flags.critical_care;
    facts.chronic_condition = known.flags.chronic_condition;
    facts.medical = known.flags.medical;
    facts.connection_balance = account.standing.thresholds.connection;
    facts.disconnection_balance = account.standing.thresholds.disconnection;
    facts.warned_on = warned_on(store, account);
    facts.emergencies = emergencies.around(account.today(), known.address.county);
    facts.county = known.address.county;
    facts.state = known.address.state;
    facts.payments_open = prepay.payments_open;
    const auto& pack = known.rule_pack.empty() ? prepay.rule_pack : known.rule_pack;
    return rules::judge_suspension(packs.find(pack), facts);
}

std::string held_by(const rules::Verdict& verdict) {
    std::string ids;
    for (const auto& hold : verdict.holds)
        ids += (ids.empty() ? "" : ",") + hold.id;
    return ids;
}

}  // namespace usagectl::app
