// SPDX-License-Identifier: MIT
#include "app/card_desk.hpp"

#include <map>
#include <set>

#include "app/card_locks.hpp"
#include "app/share_out.hpp"
#include "base/assert.hpp"
#include "ledger/chart.hpp"

namespace usagectl::app {

namespace {

using card::LockScope;
using card::Refusal;

// A mark no PIN has: what is held against it costs as much as any other.
const card::PinMark& nobody() {
    static const card::PinMark mark{
        std::string(card::PinMark::salt_size, '\0'), std::string(card::PinMark::hash_size, '\0')};
    return mark;
}

constexpr std::string_view no_pin = "00000000000000";

std::string hint_of(Refusal refusal) {
    switch (refusal) {
    case Refusal::locked:
        return "usagectl card locks shows what is locked and until when";
    case Refusal::not_active:
        return "usagectl card show tells where its batch is";
    case Refusal::frozen:
        return "usagectl card show tells who holds it and why";
    case Refusal::wrong_pin:
        return "have the PIN read out again, digit by digit";
    default:
        return "usagectl card show tells what became of it";
    }
}

// Of those that count for an attempt, in the order of scopes.
std::vector<CardLockName> lock_names(const CardAttempt& attempt) {
    std::vector<CardLockName> names{{LockScope::card, attempt.serial.text()}};
    if (attempt.account)
        names.push_back({LockScope::account, *attempt.account});
    names.push_back({LockScope::channel, std::string(card::to_string(attempt.channel))});
    names.push_back({LockScope::global, ""});
    return names;
}

// Somebody wrote the card's number on a payment that was no card.
Error reference_taken(const std::string& reference) {
    return {
        Exit::refused,
        "payment_reference_used",
        "a payment that was not made by the card has its reference " + reference,
        "usagectl payment reverse takes back what should not have been posted; the card's worth is "
        "then posted by hand"};
}

}  // namespace

Error error_of(const CardOutcome& outcome, const CardAttempt& attempt) {
    USAGECTL_ASSERT(!outcome.accepted());
    if (card::is_public(attempt.channel))
        return refused_in_public();
    if (outcome.account_refusal)
        return *outcome.account_refusal;
    const auto refusal = *outcome.refusal;
    return {
        Exit::refused,
        std::string(card::code_of(refusal)),
        "card " + attempt.serial.text() +
            " is not accepted: " + std::string(card::message_of(refusal)),
        hint_of(refusal),
        refusal == Refusal::locked};
}

Error refused_in_public() {
    return {Exit::refused, "card_refused", "the card is not accepted", ""};
}

// What a PIN is held against.
struct CardDesk::Asked {
    card::PinMark mark;
    std::string key;
    card::HashCost cost;
};

CardDesk::Asked CardDesk::ask(const CardAttempt& attempt) {
    // One query for a card that is there and one that is not.
    auto card = store_.cards().find(attempt.serial);
    auto batch = store_.cards().batch(card ? card->batch : 0);
    return {
        card ? std::move(card->mark) : nobody(),
        batch ? std::move(batch->key) : vault_.key(),
        batch ? batch->cost : rules_.cost};
}

bool CardDesk::try_pin(const Asked& asked, const CardAttempt& attempt) const {
    return vault_.fits(attempt.serial, attempt.pin, asked.mark, asked.key, asked.cost);
}

CardDesk::Looked CardDesk::look(const CardAttempt& attempt) {
    return {try_pin(ask(attempt), attempt)};
}

std::vector<CardDesk::Looked>
CardDesk::look(std::span<const CardAttempt> attempts, unsigned threads) {
    std::vector<Asked> asked;
    asked.reserve(attempts.size());
    for (const auto& attempt : attempts)
        asked.push_back(ask(attempt));
    std::vector<Looked> looked(attempts.size());
    share_out(attempts.size(), threads, [&](std::size_t at) {
        looked[at] = {try_pin(asked[at], attempts[at])};
    });
    return looked;
}

void CardDesk::look_at_nothing() {
    const auto serial = card::Serial::of(card::Serial::first_number);
    static_cast<void>(vault_.fits(serial, no_pin, nobody(), vault_.key(), rules_.cost));
}

// One transaction's attempts.
class CardDesk::Sitting {
public:
    Sitting(CardDesk& desk, std::span<const CardAttempt> attempts, std::span<const Looked> looked)
        : desk_(desk)
        , attempts_(attempts)
        , looked_(looked)
        , now_(desk.clock_.now())
        , today_(card_day(desk.rules_, now_))
        , locks_(desk.store_.cards(), desk.rules_.locks, now_) {}

    std::vector<CardOutcome> decide(const CardHooks& hooks);

private:
    void hold_accounts();
    void hold_cards();
    void hold_locks();
    [[nodiscard]] std::optional<Refusal> check(std::size_t at);
    [[nodiscard]] CardOutcome decide(std::size_t at);
    void spend(const CardAttempt& attempt, CardOutcome& outcome);
    void note(const CardAttempt& attempt, const CardOutcome& outcome);
    [[nodiscard]] const card::Batch* batch_of(const card::Card& card);
    [[nodiscard]] bool account_open(const CardAttempt& attempt) const {
        return !attempt.account || open_accounts_.contains(*attempt.account);
    }

    CardDesk& desk_;
    std::span<const CardAttempt> attempts_;
    std::span<const Looked> looked_;
    Instant now_;
    LocalDay today_;
    CardLocks locks_;
    std::set<std::string, std::less<>> open_accounts_;
    std::map<card::Serial, std::optional<card::Card>> cards_;
    std::map<std::int64_t, std::optional<card::Batch>> batches_;
};

// Accounts before cards, as whoever takes a payment back has them; both in one order for all.
void CardDesk::Sitting::hold_accounts() {
    std::set<std::string_view> ids;
    for (const auto& attempt : attempts_) {
        if (attempt.account)
            ids.insert(*attempt.account);
    }
    for (const auto id : ids) {
        const auto held = desk_.store_.accounts().lock(id);
        if (held && held->standing.status != account::Status::closed)
            open_accounts_.emplace(id);
    }
}

void CardDesk::Sitting::hold_cards() {
    for (const auto& attempt : attempts_)
        cards_[attempt.serial];
    for (auto& [serial, card] : cards_)
        card = desk_.store_.cards().lock(serial);
}

const card::Batch* CardDesk::Sitting::batch_of(const card::Card& card) {
    const auto known = batches_.find(card.batch);
    const auto& batch =
        known != batches_.end()
            ? known->second
            : batches_.emplace(card.batch, desk_.store_.cards().batch(card.batch)).first->second;
    return batch ? &*batch : nullptr;
}

std::optional<Refusal> CardDesk::Sitting::check(std::size_t at) {
    static const card::Card none;
    const auto& attempt = attempts_[at];
    const auto& card = cards_.at(attempt.serial);
    const bool closed = locks_.closed(lock_names(attempt));
    // Asked of the store for a card that is not there as well.
    const auto* batch = batch_of(card ? *card : none);
    return card::check(card ? &*card : nullptr, batch, closed, looked_[at].fits, today_);
}

// Refusals are counted one after another; those that come behind the last one a lock allows find it
// closed. Held are the locks of whatever is refused, or may be by the time its turn comes: the card
// is spent before, or the account cannot take it.
void CardDesk::Sitting::hold_locks() {
    std::vector<CardLockName> names;
    std::set<card::Serial> before;
    for (std::size_t at = 0; at < attempts_.size(); ++at) {
        const auto& attempt = attempts_[at];
        const bool first = before.insert(attempt.serial).second;
        if (first && account_open(attempt) && !check(at))
            continue;
        for (auto& name : lock_names(attempt))
            names.push_back(std::move(name));
    }
    locks_.hold(std::move(names));
}

void CardDesk::Sitting::spend(const CardAttempt& attempt, CardOutcome& outcome) {
    auto& store = desk_.store_;
    auto& card = *cards_.at(attempt.serial);
    PaymentAsked asked;
    asked.account = *attempt.account;
    asked.amount = batch_of(card)->value;
    asked.method = account::Method::prepaid_card;
    asked.received_from = ledger::unused_cards;
    // Taken once for ever, whatever this process believes of the card.
    asked.reference = card::payment_reference(card.serial, card.uses + 1);
    auto posted = post_payment_within(store, asked, desk_.prepay_, desk_.actor_.name, now_);
    if (posted && posted->unchanged)
        posted = tl::unexpected(reference_taken(*asked.reference));
    if (!posted) {
        outcome.account_refusal = posted.error();
        return;
    }
    const auto was = card.state;
    card.state = *card::after(card::Step::redeem, was);
    card.used_at = now_;
    card.uses += 1;
    store.cards().save(card);
    CardEvent event;
    event.batch = card.batch;
    event.serial = card.serial;
    event.at = now_;
    event.actor = desk_.actor_.name;
    event.step = card::Step::redeem;
    event.was = to_string(was);
    event.became = to_string(card.state);
    event.reason = "payment " + posted->payment;
    store.cards().append(event);
    outcome.payment = std::move(*posted);
}

void CardDesk::Sitting::note(const CardAttempt& attempt, const CardOutcome& outcome) {
    std::string sentence = "card " + attempt.serial.text();
    if (outcome.payment) {
        sentence += " redeemed: payment " + outcome.payment->payment + " of " +
                    format_money(outcome.payment->amount);
    } else if (outcome.accepted()) {
        sentence += " is valid";
    } else {
        const std::string code = outcome.account_refusal
                                     ? outcome.account_refusal->code
                                     : std::string(card::code_of(*outcome.refusal));
        sentence += " refused: " + code;
    }
    sentence += ", channel " + std::string(card::to_string(attempt.channel));
    if (attempt.account)
        sentence += ", account " + *attempt.account;
    desk_.store_.audit().append(desk_.actor_.record(now_, std::move(sentence)));
}

CardOutcome CardDesk::Sitting::decide(std::size_t at) {
    const auto& attempt = attempts_[at];
    CardOutcome outcome;
    outcome.refusal = check(at);
    if (outcome.refusal && card::counts(*outcome.refusal))
        locks_.count(lock_names(attempt));
    if (!outcome.refusal)
        outcome.value = batch_of(*cards_.at(attempt.serial))->value;
    if (!outcome.refusal && attempt.account)
        spend(attempt, outcome);
    note(attempt, outcome);
    return outcome;
}

std::vector<CardOutcome> CardDesk::Sitting::decide(const CardHooks& hooks) {
    hold_accounts();
    hold_cards();
    hold_locks();
    std::vector<CardOutcome> outcomes(attempts_.size());
    for (std::size_t at = 0; at < attempts_.size(); ++at) {
        if (hooks.answered && hooks.answered(at))
            continue;
        outcomes[at] = decide(at);
        if (hooks.kept && outcomes[at].payment)
            hooks.kept(at, outcomes[at]);
    }
    locks_.save();
    return outcomes;
}

std::vector<CardOutcome> CardDesk::decide(
    std::span<const CardAttempt> attempts, std::span<const Looked> looked, const CardHooks& hooks
) {
    USAGECTL_ASSERT(attempts.size() == looked.size());
    return Sitting(*this, attempts, looked).decide(hooks);
}

CardOutcome
CardDesk::attempt(const CardAttempt& attempt, const std::function<void(const CardOutcome&)>& kept) {
    struct Undo {};
    const auto looked = look(attempt);
    CardOutcome outcome;
    try {
        store_.write([&] {
            outcome = std::move(decide({&attempt, 1}, {&looked, 1}).front());
            if (attempt.dry_run && outcome.accepted())
                throw Undo{};
            if (kept && outcome.payment)
                kept(outcome);
        });
    } catch (const Undo&) {
        // Rolled back, as was meant.
    }
    return outcome;
}

}  // namespace usagectl::app
