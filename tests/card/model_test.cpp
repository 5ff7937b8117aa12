// SPDX-License-Identifier: MIT
// Whatever is done to cards, in whatever order: a small model says what must come of it, the store
// says the same, and the ledger holds the worth of exactly the cards that are on sale.
#include <algorithm>
#include <iostream>

#include <rapidcheck.h>

#include "app/ledger_proof.hpp"
#include "card/kiosk.hpp"
#include "support/rounds.hpp"

using namespace usagectl;
using namespace usagectl::test;
using namespace std::chrono_literals;
using card::BatchState;
using card::CardState;
using card::LockScope;
using card::Serial;
using card::Step;

namespace {

constexpr card::LockRule card_lock{3, 1h, 2h};
constexpr std::size_t batch_cards = 3;

struct ModelCard {
    std::string batch;
    CardState state = CardState::inactive;
    std::optional<CardState> before = {};  // it was frozen
    int guesses = 0;
    std::optional<Instant> locked_until = {};
    std::optional<Instant> since = {};
    std::string payment = {};
};
struct ModelBatch {
    BatchState state = BatchState::generated;
    std::optional<BatchState> before = {};
    bool confirmed = false;
    std::optional<LocalDay> expires = {};
};

// What the system must have become, worked out without it.
class Model {
public:
    std::map<std::string, ModelBatch> batches;
    std::map<Serial, ModelCard> cards;
    Instant now{};
    LocalDay today{};

    [[nodiscard]] std::int64_t on_sale() const {
        std::int64_t count = 0;
        for (const auto& [serial, card] : cards)
            count += card.before.value_or(card.state) == CardState::active ? 1 : 0;
        return count;
    }

    // The code of the refusal, "" for none; counts it.
    std::string try_card(const Serial& serial, bool right) {
        auto& card = cards.at(serial);
        if (card.locked_until && now < *card.locked_until)
            return "card_locked";
        const auto code = why_not(card, right);
        if (!code.empty())
            count(card);
        return code;
    }

private:
    [[nodiscard]] std::string why_not(const ModelCard& card, bool right) const {
        const auto& batch = batches.at(card.batch);
        const auto stage = batch.before.value_or(batch.state);
        const bool sold = stage == BatchState::active || stage == BatchState::voided;
        if (!sold || card.before.value_or(card.state) == CardState::inactive)
            return "card_not_active";
        if (!right)
            return "card_wrong_pin";
        if (card.state == CardState::used)
            return "card_already_used";
        if (card.state == CardState::expired || (batch.expires && *batch.expires < today))
            return "card_expired";
        if (card.state == CardState::frozen || batch.state == BatchState::frozen)
            return "card_frozen";
        if (card.state == CardState::voided || batch.state == BatchState::voided)
            return "card_void";
        return "";
    }
    void count(ModelCard& card) const {
        if (card.guesses == 0 || card.locked_until || now - *card.since >= card_lock.window) {
            card.guesses = 0;
            card.since = now;
            card.locked_until.reset();
        }
        if (++card.guesses >= card_lock.count)
            card.locked_until = now + card_lock.duration;
    }
};

// Both worlds, and the steps that are taken in both.
class Both {
public:
    explicit Both(const Place& place)
        : kiosk_(place) {
        kiosk_.rules.locks.card = card_lock;
        tick(0min);
    }

    void one() {
        const auto what = *rc::gen::inRange(0, 16);
        if (what == 0 || model_.batches.empty())
            return generate();
        if (what < 6)
            return move_batch();
        if (what < 9)
            return move_card();
        if (what < 13)
            return redeem();
        if (what == 13)
            return reverse();
        if (what == 14)
            return expire_or_wait();
        package();
    }

    void compare() {
        for (const auto& [serial, card] : model_.cards) {
            const auto kept = kiosk_.card(serial);
            INFO(serial.text());
            RC_ASSERT(kept.state == card.state);
            RC_ASSERT(kept.frozen_from == card.before);
            RC_ASSERT(kiosk_.store->cards().batch(kept.batch)->name == card.batch);
        }
        RC_ASSERT(kiosk_.liability() == cents(2500 * model_.on_sale()));
        kiosk_.store->read([&] {
            const auto tally =
                app::prove_ledger(*kiosk_.store, {}, [](const app::LedgerFinding&) {});
            RC_ASSERT(tally.findings == 0);
        });
    }

private:
    void tick(std::chrono::minutes time) {
        kiosk_.clock.at += time;
        model_.now = kiosk_.clock.at;
        model_.today = kiosk_.zone.day_of(model_.now);
    }
    std::string any_batch() {
        auto at = model_.batches.begin();
        std::advance(at, *rc::gen::inRange(0, static_cast<int>(model_.batches.size())));
        return at->first;
    }
    Serial any_card() {
        auto at = model_.cards.begin();
        std::advance(at, *rc::gen::inRange(0, static_cast<int>(model_.cards.size())));
        return at->first;
    }

    void generate() {
        if (model_.batches.size() == 4)
            return;
        const auto name = "B" + std::to_string(model_.batches.size());
        ModelBatch batch;
        if (*rc::gen::arbitrary<bool>())
            batch.expires = model_.today + std::chrono::days(*rc::gen::inRange(0, 4));
        // Most of what there is to see happens to cards that are on sale.
        const bool at_once = *rc::gen::arbitrary<bool>();
        const auto serials = at_once ? kiosk_.on_sale(name, batch_cards, batch.expires)
                                     : kiosk_.generate(name, batch_cards, batch.expires);
        for (const auto& serial : serials) {
            model_.cards[serial].batch = name;
            model_.cards[serial].state = at_once ? CardState::active : CardState::inactive;
        }
        batch.confirmed = at_once;
        batch.state = at_once ? BatchState::active : BatchState::generated;
        model_.batches[name] = batch;
    }

    // Whether the store took the step, which it must exactly when the model can.
    bool both(bool can, const Result<std::vector<app::CardsMoved>>& did) {
        RC_ASSERT(did.has_value() == can);
        return can;
    }

    void move_batch() {
        const auto name = any_batch();
        auto& batch = model_.batches.at(name);
        // Mostly the next step on the way to the customer.
        auto step = *rc::gen::element(
            Step::print, Step::receive, Step::freeze, Step::unfreeze, Step::annul, Step::receive
        );
        if (*rc::gen::inRange(0, 2) != 0) {
            step = batch.state == BatchState::generated  ? Step::receive
                   : batch.state == BatchState::received ? Step::ship
                   : batch.confirmed                     ? Step::activate
                                                         : Step::confirm;
        }
        const auto next = card::after(step, batch.state, batch.before);
        const bool can = next && (step != Step::activate || batch.confirmed);
        if (!both(can, kiosk_.step(step, name)))
            return;
        const auto was = batch.state;
        batch.before = step == Step::freeze ? std::optional(was) : std::nullopt;
        batch.state = *next;
        if (step == Step::confirm)
            batch.confirmed = true;
        if (step == Step::receive)
            batch.confirmed = false;
        for (auto& [serial, card] : model_.cards) {
            if (card.batch == name)
                follow(card, step);
        }
    }

    static void follow(ModelCard& card, Step step) {
        if (step == Step::activate) {
            auto& state = card.before ? *card.before : card.state;
            if (state == CardState::inactive)
                state = CardState::active;
        }
        const bool over = step == Step::annul || step == Step::expire;
        if (over && card::has_worth(card.state)) {
            card.state = step == Step::annul ? CardState::voided : CardState::expired;
            card.before.reset();
        }
    }

    void move_card() {
        const auto serial = any_card();
        auto& card = model_.cards.at(serial);
        const auto step = *rc::gen::element(Step::freeze, Step::unfreeze, Step::annul);
        const auto next = card::after(step, card.state, card.before);
        if (!both(next.has_value(), kiosk_.step(step, {serial})))
            return;
        card.before = step == Step::freeze ? std::optional(card.state) : std::nullopt;
        card.state = *next;
    }

    void redeem() {
        const auto serial = any_card();
        const bool right = *rc::gen::inRange(0, 3) != 0;
        const auto expected = model_.try_card(serial, right);
        auto attempt = kiosk_.attempt_of(serial);
        if (!right)
            attempt.pin = Kiosk::wrong_pin;
        const auto outcome = kiosk_.attempt(attempt);
        RC_ASSERT((outcome.accepted() ? "" : error_of(outcome, attempt).code) == expected);
        if (!outcome.accepted())
            return;
        auto& card = model_.cards.at(serial);
        card.state = CardState::used;
        card.payment = outcome.payment->payment;
    }

    void reverse() {
        auto& card = model_.cards.at(any_card());
        if (card.payment.empty())
            return;
        const bool spent = card.state == CardState::used;
        RC_ASSERT(kiosk_.take_back(card.payment).has_value() == spent);
        if (!spent)
            return;
        const auto& batch = model_.batches.at(card.batch);
        card.state = batch.state == BatchState::voided ? CardState::voided : CardState::active;
    }

    void expire_or_wait() {
        tick(std::chrono::minutes(*rc::gen::element(1, 30, 120, 24 * 60)));
        if (*rc::gen::arbitrary<bool>()) {
            RC_ASSERT(kiosk_.expire().has_value());
            for (auto& [serial, card] : model_.cards) {
                const auto& batch = model_.batches.at(card.batch);
                const bool over = batch.expires && *batch.expires < model_.today;
                if (over && card::after(Step::expire, batch.state))
                    follow(card, Step::expire);
            }
            return;
        }
        const auto serial = any_card();
        kiosk_.store->write([&] { kiosk_.store->cards().save(LockScope::card, serial.text(), {}); }
        );
        auto& card = model_.cards.at(serial);
        card.guesses = 0;
        card.locked_until.reset();
    }

    // One card goes into a batch of its own.
    void package() {
        const auto serial = any_card();
        auto& card = model_.cards.at(serial);
        const auto from = model_.batches.at(card.batch);
        const bool can = from.state != BatchState::frozen && from.state != BatchState::voided &&
                         card::has_worth(card.state) && model_.batches.size() < 7;
        const bool alone =
            std::count_if(model_.cards.begin(), model_.cards.end(), [&](auto& other) {
                return other.second.batch == card.batch;
            }) == 1;
        if (!can || alone)
            return;
        const auto moved = must(kiosk_.step(Step::package, {serial}));
        card.batch = moved.front().batch.name;
        RC_ASSERT(model_.batches.count(card.batch) == 0);
        model_.batches[card.batch] = from;
    }

    Kiosk kiosk_;
    Model model_;
};

// A store is made for each history: so many of them, not the usual hundred.
template <class Work>
bool holds(int histories, const Work& work) {
    auto params = rc::detail::configuration().testParams;
    params.maxSuccess = histories;
    const auto result = rc::detail::checkTestable(work, rc::detail::TestMetadata(), params);
    rc::detail::printResultMessage(result, std::cerr);
    return result.template is<rc::detail::SuccessResult>();
}

}  // namespace

TEMPLATE_TEST_CASE("cards and their model agree after any history", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    CHECK(holds(rounds(12), [] {
        const TestType place;
        Both both(place);
        const auto steps = *rc::gen::inRange(40, 120);
        for (int step = 0; step < steps; ++step)
            both.one();
        both.compare();
    }));
}
