// SPDX-License-Identifier: MIT
// Lock-outs as they work at the desk, and many attempts in one transaction, on both engines.
#include <array>

#include "card/kiosk.hpp"

using namespace usagectl;
using namespace usagectl::test;
using namespace std::chrono_literals;
using card::CardState;
using card::LockRule;
using card::LockScope;
using card::Serial;

namespace {

constexpr LockRule three{3, 10min, 15min};

LockRule& rule_of(app::CardRules& rules, LockScope scope) {
    switch (scope) {
    case LockScope::card:
        return rules.locks.card;
    case LockScope::account:
        return rules.locks.account;
    case LockScope::channel:
        return rules.locks.channel;
    case LockScope::global:
        break;
    }
    return rules.locks.global;
}

// Several attempts in one transaction.
std::vector<std::string>
decide(Kiosk& kiosk, const std::vector<app::CardAttempt>& attempts, const card::PinVault& vault) {
    app::CardDesk desk(*kiosk.store, kiosk.rules, kiosk.prepay, vault, kiosk.actor, kiosk.clock);
    const auto looked = desk.look(attempts, 4);
    std::vector<std::string> codes;
    kiosk.store->write([&] {
        const auto outcomes = desk.decide(attempts, looked);
        for (std::size_t at = 0; at < outcomes.size(); ++at) {
            const auto& outcome = outcomes[at];
            codes.push_back(outcome.accepted() ? "" : error_of(outcome, attempts[at]).code);
        }
    });
    return codes;
}

}  // namespace

TEMPLATE_TEST_CASE("each lock closes at its count and opens by itself", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Kiosk kiosk(place);
    const auto scope = GENERATE(from_range(card::lock_scopes));
    INFO(card::to_string(scope));
    rule_of(kiosk.rules, scope) = three;
    const auto cards = kiosk.on_sale("B", 4);
    kiosk.account("Z", "plain", date("2026-07-01"), Money());
    // What three guesses have in common, and an attempt that shares nothing else with them.
    using card::Channel;
    const bool by_card = scope == LockScope::card;
    const bool by_account = scope == LockScope::account;
    const bool by_channel = scope == LockScope::channel;
    for (std::size_t at = 0; at < 3; ++at) {
        const auto account = by_account ? "A" : "stranger-" + std::to_string(at);
        const auto channel = by_channel
                                 ? Channel::ivr
                                 : std::array{Channel::web, Channel::kiosk, Channel::web}.at(at);
        CHECK(kiosk.guess(cards[by_card ? 0 : at], account, channel) == "card_wrong_pin");
    }
    auto locked = kiosk.attempt_of(cards[by_card ? 0 : 3], by_account ? "A" : "Z");
    locked.channel = by_channel ? Channel::ivr : Channel::csr;
    const auto refused = [&] { return kiosk.attempt(locked).refusal == card::Refusal::locked; };
    CHECK(refused());
    // Others are not kept out.
    if (scope != LockScope::global) {
        auto other = kiosk.attempt_of(cards[1], "Z");
        CHECK(kiosk.attempt(other).accepted());
    }
    SECTION("knocking does not keep it closed") {
        for (int minute = 0; minute < 14; ++minute) {
            kiosk.clock.at += 1min;
            CHECK(refused());
        }
        kiosk.clock.at += 59s;
        CHECK(refused());
        kiosk.clock.at += 1s;
        CHECK_FALSE(refused());
    }
    SECTION("with a clock that goes back it stays closed, until somebody opens it") {
        kiosk.clock.at -= 1h;
        CHECK(refused());
        for (const auto& lock : kiosk.store->cards().closed_locks(kiosk.clock.at)) {
            kiosk.store->write([&] { kiosk.store->cards().save(lock.scope, lock.name, {}); });
        }
        CHECK_FALSE(refused());
    }
    kiosk.prove();
}

TEMPLATE_TEST_CASE("many cards in one transaction, in their order", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Kiosk kiosk(place);
    kiosk.account("B", "plain", date("2026-07-01"), Money());
    const auto cards = kiosk.on_sale("C", 6);
    auto wrong = kiosk.attempt_of(cards[3], "B");
    wrong.pin = Kiosk::wrong_pin;
    std::vector<app::CardAttempt> attempts{
        kiosk.attempt_of(cards[5], "B"),
        kiosk.attempt_of(cards[0], "A"),
        kiosk.attempt_of(cards[5], "A"),  // spent by the first
        wrong,
        kiosk.attempt_of(cards[1], "nobody"),
        kiosk.attempt_of(Serial::of(Serial::first_number + 99), "A"),
        kiosk.attempt_of(cards[1], "A"),
    };
    SECTION("each for itself") {
        CHECK(
            decide(kiosk, attempts, kiosk.vault()) ==
            std::vector<std::string>{
                "",
                "",
                "card_already_used",
                "card_wrong_pin",
                "account_unknown",
                "card_unknown",
                ""}
        );
        CHECK(kiosk.standing("A").balance == cents(5000));
        CHECK(kiosk.standing("B").balance == cents(2500));
        CHECK(kiosk.count(LockScope::global, "").refusals == 3);
        CHECK(kiosk.count(LockScope::account, "A").refusals == 2);
        CHECK(kiosk.count(LockScope::account, "B").refusals == 1);
        CHECK(kiosk.liability() == cents(3 * 2500));
    }
    SECTION("what comes behind the last refusal a lock allows finds it closed") {
        kiosk.rules.locks.global = {2, 10min, 15min};
        CHECK(
            decide(kiosk, attempts, kiosk.vault()) ==
            std::vector<std::string>{
                "",
                "",
                "card_already_used",
                "card_wrong_pin",
                "card_locked",
                "card_locked",
                "card_locked"}
        );
        CHECK(kiosk.count(LockScope::global, "").refusals == 2);
        CHECK(kiosk.card(cards[1]).state == CardState::active);
    }
    kiosk.check_ledger();
    kiosk.prove();
}
