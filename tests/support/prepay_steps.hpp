// SPDX-License-Identifier: MIT
// Steps that many cases about prepay accounts take before what they are about. Each must succeed:
// the case fails with what was refused, and goes no further.
#pragma once

#include <string>

#include <catch2/catch.hpp>

#include "app/account_change.hpp"
#include "app/accounts.hpp"
#include "app/payments.hpp"
#include "app/prepay.hpp"

namespace usagectl::test {

template <class T>
T must(Result<T> result) {
    if (!result)
        FAIL(result.error().code << ": " << result.error().message);
    return std::move(*result);
}

// Who does it, in which store, when.
struct Desk {
    app::Store& store;
    const app::Prepay& prepay;
    app::Actor actor;
    FixedClock clock;
};

void add_tariff(const Desk& desk, const std::string& text);
void create_account(const Desk& desk, const app::CreateAccount& request);
app::PaymentPosted pay(const Desk& desk, const app::PaymentAsked& payment);

// Runs `work` on an AccountChange that is begun before and finished after it.
template <class Work>
void change_account(const Desk& desk, const std::string& id, const Work& work) {
    desk.store.write([&] {
        auto change = must(app::AccountChange::begin(
            desk.store, id, desk.prepay, desk.actor.name, desk.clock.now()
        ));
        work(change);
        REQUIRE(change.finish());
    });
}
// Into service, to be charged from `day` on, without the order for it being completed.
void serve(const Desk& desk, const std::string& id, LocalDay day);

}  // namespace usagectl::test
