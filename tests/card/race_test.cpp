// SPDX-License-Identifier: MIT
// Cards that are spent while somebody else does something to their batch: each comes before or
// after the other, and the ledger holds the worth of what is left.
#include <algorithm>
#include <array>
#include <thread>

#include "app/card_expire.hpp"
#include "card/kiosk.hpp"
#include "support/await_waiting.hpp"

using namespace usagectl;
using namespace usagectl::test;
using card::CardState;
using card::Step;

TEMPLATE_TEST_CASE(
    "a card that is being spent is not voided or expired as well", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Kiosk kiosk(place);
    const auto cards = kiosk.on_sale("B", 3, date("2026-07-01"));
    const bool expire = GENERATE(false, true);
    auto options = place.options();
    options.busy = std::chrono::seconds(30);
    const auto other = store::open_store(options, SystemClock());
    // By the clock of whoever comes second the batch's last day is over.
    const FixedClock tomorrow(kiosk.clock.now() + std::chrono::hours(24));
    app::CardDesk desk(
        *kiosk.store, kiosk.rules, kiosk.prepay, kiosk.vault(), kiosk.actor, kiosk.clock
    );
    const auto attempt = kiosk.attempt_of(cards[1]);
    const auto looked = desk.look(attempt);
    Error error;
    std::thread thread;
    kiosk.store->write([&] {
        const auto outcomes = desk.decide({&attempt, 1}, {&looked, 1});
        REQUIRE(outcomes.front().accepted());
        thread = std::thread([&] {
            error = error_of([&] {
                if (expire) {
                    must(app::expire_cards(*other, {}, kiosk.rules, kiosk.actor, tomorrow));
                    return;
                }
                app::MoveCards request;
                request.step = Step::annul;
                request.batch = "B";
                request.reason = "misprinted";
                must(app::move_cards(*other, request, kiosk.rules, kiosk.actor, kiosk.clock));
            });
        });
        await_waiting(place, "%card%");
    });
    thread.join();
    CHECK(error.message.empty());
    CHECK(kiosk.card(cards[1]).state == CardState::used);
    for (const auto at : {0, 2}) {
        const auto became = kiosk.card(cards.at(static_cast<std::size_t>(at))).state;
        CHECK(became == (expire ? CardState::expired : CardState::voided));
    }
    CHECK(kiosk.liability() == Money());
    kiosk.check_ledger();
    kiosk.prove();
}

TEMPLATE_TEST_CASE(
    "two that spend the same cards in another order do not wait in a circle", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Kiosk kiosk(place);
    kiosk.account("B", "plain", date("2026-07-01"), Money());
    const auto cards = kiosk.on_sale("C", 4);
    // By one from the first, by the other from the last. Either both want the same cards for the
    // same accounts, or they have nothing in common but the channels they guess by.
    const bool same = GENERATE(true, false);
    const auto attempts_of = [&](bool back) {
        std::vector<app::CardAttempt> attempts;
        for (std::size_t at = 0; at < cards.size(); ++at) {
            if (!same && (at < 2) == back)
                continue;
            attempts.push_back(
                kiosk.attempt_of(cards[at], (same ? at % 2 : at / 2) == 0 ? "A" : "B")
            );
            auto& attempt = attempts.back();
            attempt.channel = at % 2 == 0 ? card::Channel::ivr : card::Channel::web;
            if (!same || at == 1 || at == 2)
                attempt.pin = Kiosk::wrong_pin;
        }
        if (back && same)
            std::reverse(attempts.begin(), attempts.end());
        if (back && !same)
            std::swap(attempts[0].channel, attempts[1].channel);
        return attempts;
    };
    auto options = place.options();
    options.busy = std::chrono::seconds(30);
    constexpr int rounds = 20;
    std::array<Error, 2> errors;
    std::array<int, 2> accepted{};
    std::vector<std::thread> threads;
    for (std::size_t who = 0; who < 2; ++who) {
        threads.emplace_back([&, who] {
            errors.at(who) = error_of([&] {
                const auto store = store::open_store(options, SystemClock());
                app::CardDesk desk(
                    *store, kiosk.rules, kiosk.prepay, kiosk.vault(), kiosk.actor, kiosk.clock
                );
                for (int round = 0; round < rounds; ++round) {
                    const auto attempts = attempts_of(who == 1);
                    const auto looked = desk.look(attempts, 1);
                    store->write([&] {
                        for (const auto& outcome : desk.decide(attempts, looked))
                            accepted.at(who) += outcome.accepted() ? 1 : 0;
                    });
                }
            });
        });
    }
    for (auto& thread : threads)
        thread.join();
    CHECK(errors[0].message.empty());
    CHECK(errors[1].message.empty());
    CHECK(accepted[0] + accepted[1] == (same ? 2 : 0));
    // None of the other attempts was lost on the way.
    CHECK(
        kiosk.count(card::LockScope::global, "").refusals ==
        2 * rounds * (same ? 4 : 2) - (same ? 2 : 0)
    );
    CHECK(kiosk.liability() == cents(same ? 5000 : 10'000));
    kiosk.prove();
}
