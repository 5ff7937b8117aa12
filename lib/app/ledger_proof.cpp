// SPDX-License-Identifier: MIT
#include "app/ledger_proof.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "app/names.hpp"
#include "ledger/journal_text.hpp"

namespace usagectl::app {

namespace {

using ledger::Entry;
using ledger::Kind;

// Accounts that are folded in one walk along the ledger: 16 MB of sums.
constexpr std::int64_t band_size = 1 << 20;
constexpr std::size_t piece_size = 1 << 16;

// Ids of accounts that were asked for lately.
class Ids {
public:
    explicit Ids(Store& store)
        : store_(store) {}

    const std::string& of(ledger::AccountNumber number) {
        if (ids_.size() > most)
            ids_.clear();
        auto& id = ids_[number];
        if (!id.empty())
            return id;
        const auto known = number == ledger::house ? std::nullopt : store_.accounts().find(number);
        id = known ? known->account.id : number == ledger::house ? "house" : std::to_string(number);
        return id;
    }

private:
    static constexpr std::size_t most = 4096;
    Store& store_;
    std::map<ledger::AccountNumber, std::string> ids_;
};

Money sum_of(const std::vector<ledger::Posting>& postings) {
    std::int64_t sum = 0;
    for (const auto& posting : postings)
        // A damaged entry may hold anything; it is found unbalanced, not a reason to stop.
        __builtin_add_overflow(sum, posting.amount.micro(), &sum);
    return Money::from_micro(sum);
}

class Proof {
public:
    Proof(Store& store, const std::function<void(const LedgerFinding&)>& finding)
        : store_(store)
        , finding_(finding)
        , ids_(store) {}

    LedgerTally run(const std::optional<DaySpan>& days) {
        const auto span = days.value_or(every_day);
        std::int64_t last = 0;
        store_.ledger().each(span, [&](const Entry& entry) {
            check(entry);
            last = std::max(last, entry.id.account);
            if (!days)
                fold(entry, 1);
        });
        store_.ledger().each_payment(span, [&](const Payment& payment) { check(payment); });
        if (days)
            return tally_;
        if (reversals_ != reversed_) {
            ++tally_.findings;
            finding_(
                {"reversal_without_payment",
                 "",
                 "",
                 std::to_string(reversals_) + " reversals, and " + std::to_string(reversed_) +
                     " payments that were taken back"}
            );
        }
        tally_.accounts = 0;
        compare(1, last);
        for (auto first = 1 + band_size; first <= std::max(last, most_); first += band_size) {
            sums_.clear();
            charged_.clear();
            store_.ledger().each(span, [&](const Entry& entry) { fold(entry, first); });
            compare(first, last);
        }
        return tally_;
    }

private:
    void tell(std::string what, const ledger::EntryId& id, std::string detail) {
        ++tally_.findings;
        const auto& account = ids_.of(id.account);
        finding_({std::move(what), account, name_of(Named::entry, account, id), std::move(detail)});
    }

    void check(const Entry& entry) {
        ++tally_.entries;
        add_to(tally_.customers, entry.amount);
        const auto house = sum_of(entry.postings);
        add_to(tally_.house, house);
        if (!ledger::balanced(entry)) {
            tell(
                "unbalanced",
                entry.id,
                "its amount is " + format_money(entry.amount) + ", its postings come to " +
                    format_money(house)
            );
        }
        const bool charge = entry.kind == Kind::charge;
        if (charge && entry.id.place != ledger::charge_place)
            tell("charge_not_at_its_place", entry.id, "a day has one charge, at place 0");
        if (!charge && entry.id.place == ledger::charge_place)
            tell("charge_place", entry.id, "place 0 is kept for the day's charge");
        if (entry.kind == Kind::payment && !store_.ledger().payment(entry.id))
            tell("entry_without_payment", entry.id, "no payment has this entry");
        if (entry.kind == Kind::reversal)
            reversals_ += 1;
    }

    static void add_to(Money& sum, Money amount) {
        std::int64_t micro = 0;
        __builtin_add_overflow(sum.micro(), amount.micro(), &micro);
        sum = Money::from_micro(micro);
    }

    void check(const Payment& payment) {
        ++tally_.payments;
        const auto entry = store_.ledger().find(payment.id);
        if (!entry || entry->kind != Kind::payment)
            return tell("payment_without_entry", payment.id, "no entry posts this payment");
        Money received;
        for (const auto& posting : entry->postings) {
            if (posting.amount > Money())
                add_to(received, posting.amount);
        }
        if (received != payment.amount) {
            tell(
                "payment_amount_differs",
                payment.id,
                "paid " + format_money(payment.amount) + ", posted " + format_money(received)
            );
        }
        reversed_ += payment.reversed_by ? 1 : 0;
        if (payment.reversed_by)
            check_reversal(payment, *entry);
    }

    void check_reversal(const Payment& payment, const Entry& posted) {
        const auto back = store_.ledger().find(*payment.reversed_by);
        if (!back || back->kind != Kind::reversal || back->id.account != payment.id.account) {
            return tell(
                "reversal_without_payment", payment.id, "the entry that took it back is not there"
            );
        }
        bool cancels = back->postings.size() == posted.postings.size();
        for (std::size_t at = 0; cancels && at < posted.postings.size(); ++at) {
            const auto& one = posted.postings[at];
            const auto& other = back->postings[at];
            cancels = one.code == other.code && one.amount == -other.amount;
        }
        if (!cancels)
            tell("reversal_differs", back->id, "it does not take back what was posted");
    }

    void fold(const Entry& entry, std::int64_t first) {
        const auto place = entry.id.account - first;
        if (place < 0 || place >= band_size)
            return;
        const auto at = static_cast<std::size_t>(place);
        if (at >= sums_.size()) {
            sums_.resize(at + 1);
            charged_.resize(at + 1, -1);
        }
        add_to(sums_[at], entry.amount);
        if (entry.kind == Kind::charge)
            charged_[at] = std::max(charged_[at], day_number(entry.id.day));
    }

    // Every account in [first, first + band_size) against its standing.
    void compare(std::int64_t first, std::int64_t last) {
        std::int64_t seen = 0;
        store_.accounts().each({}, [&](const KnownAccount& known, const auto& standing) {
            most_ = std::max(most_, known.number);
            const auto place = known.number - first;
            if (place < 0 || place >= band_size)
                return true;
            ++seen;
            const auto at = static_cast<std::size_t>(place);
            const bool any = at < sums_.size();
            compare(known.account.id, standing, any ? sums_[at] : Money(), any ? charged_[at] : -1);
            return true;
        });
        *tally_.accounts += seen;
        // Numbers have no holes: with as many accounts as numbers, each entry's account is there.
        const auto in_band = std::clamp<std::int64_t>(last - first + 1, 0, band_size);
        if (seen >= in_band)
            return;
        for (auto number = first; number < first + in_band; ++number) {
            if (!store_.accounts().find(number) &&
                sums_.at(static_cast<std::size_t>(number - first)) != Money()) {
                ++tally_.findings;
                finding_(
                    {"account_missing", std::to_string(number), "", "entries without an account"}
                );
            }
        }
    }

    void compare(
        const std::string& id, const account::Standing& standing, Money sum, std::int32_t charged
    ) {
        if (standing.balance != sum) {
            ++tally_.findings;
            finding_(
                {"balance_differs",
                 id,
                 "",
                 "its balance is " + format_money(standing.balance) + ", its entries come to " +
                     format_money(sum)}
            );
        }
        const bool through = charged < 0 || (standing.charged_through &&
                                             day_number(*standing.charged_through) >= charged);
        if (!through) {
            ++tally_.findings;
            finding_(
                {"charged_later",
                 id,
                 "",
                 "there is a charge of " + format_day(local_day(charged)) +
                     ", later than it is charged through"}
            );
        }
    }

    Store& store_;
    const std::function<void(const LedgerFinding&)>& finding_;
    Ids ids_;
    LedgerTally tally_;
    std::vector<Money> sums_;
    std::vector<std::int32_t> charged_;  // the last day with a charge; -1: none
    std::int64_t most_ = 0;              // the greatest number of an account
    std::int64_t reversals_ = 0;         // entries
    std::int64_t reversed_ = 0;          // payments
};

}  // namespace

LedgerTally prove_ledger(
    Store& store,
    const std::optional<DaySpan>& days,
    const std::function<void(const LedgerFinding&)>& finding
) {
    return Proof(store, finding).run(days);
}

void export_journal(
    Store& store,
    const DaySpan& days,
    const std::string& currency,
    const std::function<void(const std::string& text)>& piece
) {
    Ids ids(store);
    std::string text;
    store.ledger().each(days, [&](const Entry& entry) {
        const auto& id = ids.of(entry.id.account);
        ledger::JournalEntry journal;
        journal.day = entry.id.day;
        journal.name = name_of(Named::entry, id, entry.id);
        journal.description = std::string(ledger::to_string(entry.kind)) +
                              (entry.cause.empty() ? "" : ": " + entry.cause);
        journal.currency = currency;
        for (const auto& posting : entry.postings) {
            const auto code = store.ledger().code_name(posting.code);
            journal.lines.push_back({ledger::journal_account(code), posting.amount});
        }
        if (entry.id.account != ledger::house)
            journal.lines.push_back({ledger::journal_customer(id), -entry.amount});
        ledger::write_journal(journal, text);
        if (text.size() >= piece_size) {
            piece(text);
            text.clear();
        }
    });
    if (!text.empty())
        piece(text);
}

}  // namespace usagectl::app
