// SPDX-License-Identifier: MIT
#include "app/account_store.hpp"
#include "app/reconcile.hpp"
#include "meter/series.hpp"

namespace usagectl::app {

namespace {

using std::chrono::days;

void add_postings(Store& store, const ledger::Entry& entry, reconcile::Figures& amounts) {
    for (const auto& posting : entry.postings) {
        if (const auto part = reconcile::part_of(store.ledger().code_name(posting.code)))
            amounts[*part] = amounts[*part] - posting.amount;
    }
}

void add_entry(
    Store& store, const ledger::Entry& entry, reconcile::ChargedDay& day, Money& payments
) {
    switch (entry.kind) {
    case ledger::Kind::charge:
    case ledger::Kind::correction:
        // The newest of them tells the day's whole usage.
        day.charged = true;
        day.vee_wh = entry.basis.vee_wh;
        day.raw_wh = entry.basis.raw_wh;
        day.estimated_wh = entry.basis.estimated_wh;
        [[fallthrough]];
    case ledger::Kind::setup:
    case ledger::Kind::fee:
        add_postings(store, entry, day.amounts);
        break;
    case ledger::Kind::payment:
    case ledger::Kind::reversal:
    case ledger::Kind::deposit:
        payments = payments + entry.amount;
        break;
    case ledger::Kind::adjustment:
    case ledger::Kind::settlement:
    case ledger::Kind::transfer:
        break;
    }
}

// Sums by day of a meter's readings; a day with a hole has none.
class DaySums {
public:
    DaySums(Store& store, const std::string& meter, const DaySpan& span, const Zone& zone)
        : zone_(zone) {
        for (const auto layer : {meter::Layer::vee, meter::Layer::raw}) {
            auto part = store.blocks().read(
                {meter, meter::Channel::consumption, layer}, {span.first, span.last}
            );
            std::move(part.begin(), part.end(), std::back_inserter(blocks_));
        }
    }

    [[nodiscard]] std::optional<std::int64_t> of(LocalDay day) const {
        std::vector<meter::StoredBlock> found;
        for (const auto& block : blocks_) {
            if (block.day == day)
                found.push_back(block);
        }
        if (found.empty())
            return std::nullopt;
        const auto series = meter::assemble_series(
            found,
            zone_.day_start(day),
            zone_.day_start(day + days(1)),
            meter::shortest_minutes(found),
            meter::LayerChoice::best
        );
        std::int64_t sum = 0;
        for (const auto& interval : series) {
            if (interval.quality == meter::Quality::missing)
                return std::nullopt;
            sum += interval.wh;
        }
        return sum;
    }

private:
    const Zone& zone_;
    std::vector<meter::StoredBlock> blocks_;
};

}  // namespace

reconcile::Figures CycleLedger::total() const {
    reconcile::Figures total;
    for (const auto& day : days)
        total.add(day.amounts);
    return total;
}

std::int64_t CycleLedger::wh() const {
    std::int64_t sum = 0;
    for (const auto& day : days)
        sum += day.wh();
    return sum;
}

CycleLedger cycle_ledger(Store& store, ledger::AccountNumber account, const DaySpan& span) {
    CycleLedger ledger;
    for (auto day = span.first; day <= span.last; day += days(1))
        ledger.days.push_back({day});
    for (const auto& entry : store.ledger().entries(account, span)) {
        const auto at = static_cast<std::size_t>((entry.id.day - span.first).count());
        add_entry(store, entry, ledger.days.at(at), ledger.payments);
    }
    return ledger;
}

void add_readings(
    Store& store, ledger::AccountNumber account, const Zone& zone, CycleLedger& ledger
) {
    const auto periods = store.accounts().service(account);
    const DaySpan span{ledger.days.front().day, ledger.days.back().day};
    std::optional<std::int64_t> read;  // the meter at hand; seldom more than one
    std::optional<DaySums> sums;
    for (auto& day : ledger.days) {
        const auto* period = service_on(periods, day.day);
        const auto number = period == nullptr ? std::nullopt : period->meter;
        if (!number)
            continue;
        if (read != number) {
            const auto meter = store.meters().find_number(*number);
            sums.reset();
            if (meter)
                sums.emplace(store, meter->id, span, zone);
            read = number;
        }
        if (sums)
            day.known_wh = sums->of(day.day);
    }
}

}  // namespace usagectl::app
