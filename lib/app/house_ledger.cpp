// SPDX-License-Identifier: MIT
#include "app/house_ledger.hpp"

namespace usagectl::app {

std::optional<ledger::EntryId> post_house(
    Store& store,
    LocalDay day,
    Instant now,
    const std::string& cause,
    const std::vector<HouseMove>& moves
) {
    auto& ledger = store.ledger();
    ledger::Entry entry;
    entry.kind = ledger::Kind::transfer;
    entry.at = now;
    entry.known_at = now;
    entry.cause = cause;
    for (const auto& move : moves) {
        if (move.amount == Money())
            continue;
        entry.postings.push_back({ledger.code(move.debit), move.amount});
        entry.postings.push_back({ledger.code(move.credit), -move.amount});
    }
    if (entry.postings.empty())
        return std::nullopt;
    entry.id = {ledger::house, day, ledger.next_place(ledger::house, day)};
    ledger.append(entry);
    return entry.id;
}

}  // namespace usagectl::app
