// SPDX-License-Identifier: MIT
// Cards tried at the desk, on both engines (source: US 8,095,475, figure 11, box by box).
#include "card/kiosk.hpp"

using namespace usagectl;
using namespace usagectl::test;
using card::CardState;
using card::LockScope;
using card::Serial;
using card::Step;

namespace {

// What a refusal leaves: no payment, the card as it was, one count of each kind, one record.
void check_refused(Kiosk& kiosk, const app::CardAttempt& attempt, const std::string& code) {
    INFO(code);
    const auto serial = attempt.serial.text();
    const auto before = kiosk.store->cards().find(attempt.serial);
    const auto entries = kiosk.entries("A").size();
    const auto records = kiosk.audit_records();
    const auto channel = kiosk.count(LockScope::channel, "csr").refusals;
    const auto outcome = kiosk.attempt(attempt);
    REQUIRE_FALSE(outcome.accepted());
    CHECK(error_of(outcome, attempt).code == code);
    CHECK(error_of(outcome, attempt).exit == Exit::refused);
    CHECK(outcome.value == Money());
    CHECK_FALSE(outcome.payment);
    CHECK(kiosk.store->cards().find(attempt.serial) == before);
    CHECK(kiosk.entries("A").size() == entries);
    CHECK(kiosk.audit_records() == records + 1);
    CHECK(
        kiosk.last_outcome() == "card " + serial + " refused: " + code + ", channel csr, account A"
    );
    CHECK(kiosk.count(LockScope::channel, "csr").refusals == channel + 1);
    auto outside = attempt;
    outside.channel = card::Channel::web;
    const auto told = error_of(kiosk.attempt(outside), outside);
    CHECK(told.code == "card_refused");
    CHECK(told.message == "the card is not accepted");
    CHECK(told.hint.empty());
    CHECK(kiosk.count(LockScope::channel, "web").refusals == 1);
    kiosk.store->write([&] { kiosk.store->cards().save(LockScope::channel, "web", {}); });
}

}  // namespace

TEMPLATE_TEST_CASE("every box of figure 11 that says no", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Kiosk kiosk(place);
    const auto cards = kiosk.on_sale("B", 6, date("2026-08-31"));
    const auto idle = kiosk.generate("idle", 1).front();
    const auto held = kiosk.on_sale("held", 1).front();
    const auto gone = kiosk.on_sale("gone", 1).front();

    check_refused(kiosk, kiosk.attempt_of(Serial::of(Serial::first_number + 99)), "card_unknown");
    check_refused(kiosk, kiosk.attempt_of(idle), "card_not_active");
    auto wrong = kiosk.attempt_of(cards[0]);
    wrong.pin = Kiosk::wrong_pin;
    check_refused(kiosk, wrong, "card_wrong_pin");
    // The PIN of another card of the batch is no better.
    wrong.pin = kiosk.pin(cards[1]);
    check_refused(kiosk, wrong, "card_wrong_pin");
    REQUIRE(kiosk.redeem(cards[1]).empty());
    check_refused(kiosk, kiosk.attempt_of(cards[1]), "card_already_used");
    must(kiosk.step(Step::freeze, {cards[2]}));
    check_refused(kiosk, kiosk.attempt_of(cards[2]), "card_frozen");
    must(kiosk.step(Step::annul, {cards[3]}));
    check_refused(kiosk, kiosk.attempt_of(cards[3]), "card_void");
    must(kiosk.step(Step::freeze, "held"));
    check_refused(kiosk, kiosk.attempt_of(held), "card_frozen");
    must(kiosk.step(Step::annul, "gone"));
    check_refused(kiosk, kiosk.attempt_of(gone), "card_void");
    // Its last day is a day of the utility's own, all of it.
    kiosk.clock.at = kiosk.zone.day_start(date("2026-09-01")) - std::chrono::seconds(1);
    CHECK(kiosk.redeem(cards[4]).empty());
    kiosk.clock.at += std::chrono::seconds(1);
    check_refused(kiosk, kiosk.attempt_of(cards[5]), "card_expired");
    // The one on sale, the one whose PIN was guessed at, and the one that is held.
    CHECK(*kiosk.expire() == 3);
    CHECK(kiosk.card(cards[5]).state == CardState::expired);
    check_refused(kiosk, kiosk.attempt_of(cards[5]), "card_expired");
    kiosk.check_ledger();
    kiosk.prove();
}

TEMPLATE_TEST_CASE("a good card is one payment, with all that follows", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Kiosk kiosk(place);
    const auto cards = kiosk.on_sale("B", 2);
    CHECK(kiosk.liability() == cents(5000));
    change_account(
        {*kiosk.store, kiosk.prepay, kiosk.actor, FixedClock(kiosk.clock.now())},
        "A",
        [](app::AccountChange& change) { change.standing().status = account::Status::suspended; }
    );
    auto trial = kiosk.attempt_of(cards[0]);
    trial.dry_run = true;
    const auto before = kiosk.everything(place);
    const auto records = kiosk.audit_records();
    const auto tried = kiosk.attempt(trial);
    REQUIRE(tried.payment);
    CHECK(kiosk.everything(place) == before);
    CHECK(kiosk.audit_records() == records);
    CHECK(kiosk.card(cards[0]).state == CardState::active);

    const auto outcome = kiosk.attempt(kiosk.attempt_of(cards[0]));
    REQUIRE(outcome.payment);
    CHECK(outcome.payment->amount == cents(2500));
    CHECK(outcome.payment->balance == cents(2500));
    REQUIRE(outcome.payment->orders.size() == 1);
    CHECK(outcome.payment->orders[0].order.kind == account::OrderKind::reconnect);
    CHECK(kiosk.card(cards[0]).state == CardState::used);
    CHECK(kiosk.card(cards[0]).used_at == kiosk.clock.now());
    CHECK(kiosk.notices("A").back().type == account::NoticeType::recharge);
    const auto events = kiosk.store->cards().events(0, cards[0]);
    REQUIRE(events.size() == 1);
    CHECK(events[0].step == Step::redeem);
    CHECK(events[0].reason == "payment " + outcome.payment->payment);
    CHECK(
        kiosk.last_outcome() == "card " + cards[0].text() + " redeemed: payment " +
                                    outcome.payment->payment + " of 25.00, channel csr, account A"
    );
    CHECK(kiosk.liability() == cents(2500));
    // Nothing is counted for what succeeds.
    CHECK(kiosk.count(LockScope::global, "").refusals == 0);
    kiosk.check_ledger();
    kiosk.prove();
}

TEMPLATE_TEST_CASE("a payment taken back makes its card good again, once", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Kiosk kiosk(place);
    const auto card = kiosk.on_sale("B", 1).front();
    for (int round = 1; round <= 3; ++round) {
        INFO(round);
        const auto spent = kiosk.attempt(kiosk.attempt_of(card));
        REQUIRE(spent.payment);
        CHECK(kiosk.redeem(card) == "card_already_used");
        CHECK(kiosk.liability() == Money());
        REQUIRE(kiosk.take_back(spent.payment->payment));
        CHECK(kiosk.take_back(spent.payment->payment).error().code == "payment_reversed");
        CHECK(kiosk.card(card).state == CardState::active);
        CHECK(kiosk.card(card).uses == round);
        CHECK(kiosk.liability() == cents(2500));
        CHECK(kiosk.standing("A").balance == Money());
    }
    SECTION("into a batch that is void meanwhile it comes back void") {
        const auto spent = kiosk.attempt(kiosk.attempt_of(card));
        REQUIRE(spent.payment);
        must(kiosk.step(Step::annul, "B"));
        CHECK(kiosk.card(card).state == CardState::used);
        // The house's entry is of the day it is made.
        kiosk.noon(date("2026-07-03"));
        REQUIRE(kiosk.take_back(spent.payment->payment));
        CHECK(kiosk.card(card).state == CardState::voided);
        CHECK(kiosk.liability() == Money());
        const auto house =
            kiosk.store->ledger().entries(ledger::house, {date("2026-07-03"), date("2026-07-04")});
        CHECK(house.size() == 1);
    }
    kiosk.check_ledger();
    kiosk.prove();
}

TEMPLATE_TEST_CASE(
    "a payment that only looks like a card's makes no card good", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Kiosk kiosk(place);
    const auto card = kiosk.on_sale("B", 1).front();
    const auto post = [&](const std::string& reference) {
        return app::post_payment(
            *kiosk.store,
            {{"A", cents(2500), account::Method::prepaid_card, {}, reference, {}}},
            kiosk.prepay,
            kiosk.actor,
            kiosk.clock
        );
    };
    SECTION("taken back, it leaves the card used") {
        REQUIRE(kiosk.redeem(card).empty());
        const auto fake = post(card.text() + "/2");
        REQUIRE(fake);
        REQUIRE(kiosk.take_back(fake->payment));
        CHECK(kiosk.card(card).state == CardState::used);
    }
    SECTION("with the card's own reference it stands in the card's way, and is not the card's") {
        const auto fake = post(card.text());
        REQUIRE(fake);
        CHECK(kiosk.redeem(card) == "payment_reference_used");
        CHECK(kiosk.card(card).state == CardState::active);
        CHECK(kiosk.count(LockScope::card, card.text()).refusals == 0);
    }
    kiosk.check_ledger();
    kiosk.prove();
}

TEMPLATE_TEST_CASE("an account that cannot take it is no guess at the card", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Kiosk kiosk(place);
    const auto card = kiosk.on_sale("B", 1).front();
    kiosk.account("gone", "plain", date("2026-07-01"), Money());
    kiosk.store->write([&] {
        auto standing = kiosk.standing("gone");
        standing.status = account::Status::closed;
        REQUIRE(kiosk.store->accounts().save(standing));
    });
    CHECK(kiosk.redeem(card, "nobody") == "account_unknown");
    CHECK(kiosk.redeem(card, "gone") == "account_closed");
    for (const auto& [scope, name] :
         {std::pair{LockScope::card, card.text()},
          std::pair{LockScope::account, std::string("gone")},
          std::pair{LockScope::channel, std::string("csr")},
          std::pair{LockScope::global, std::string()}})
        CHECK(kiosk.count(scope, name).refusals == 0);
    CHECK(kiosk.card(card).state == CardState::active);
    // But a wrong PIN is, whatever the account.
    CHECK(kiosk.guess(card, "nobody") == "card_wrong_pin");
    CHECK(kiosk.count(LockScope::account, "nobody").refusals == 1);
    CHECK(kiosk.redeem(card).empty());
}
