// SPDX-License-Identifier: MIT
#include "support/prepay_steps.hpp"

#include "app/tariffs.hpp"

namespace usagectl::test {

void add_tariff(const Desk& desk, const std::string& text) {
    static_cast<void>(
        must(app::add_tariff(desk.store, {"t.toml", text, false, {}}, desk.actor, desk.clock))
    );
}

void create_account(const Desk& desk, const app::CreateAccount& request) {
    static_cast<void>(
        must(app::create_account(desk.store, request, desk.prepay, desk.actor, desk.clock))
    );
}

app::PaymentPosted pay(const Desk& desk, const app::PaymentAsked& payment) {
    app::PostPayment request;
    request.payment = payment;
    return must(app::post_payment(desk.store, request, desk.prepay, desk.actor, desk.clock));
}

void serve(const Desk& desk, const std::string& id, LocalDay day) {
    change_account(desk, id, [&](app::AccountChange& change) {
        change.cancel(account::OrderKind::activate, "not needed here");
        REQUIRE(change.become(account::Status::active, "test"));
        change.standing().charged_through = day - std::chrono::days(1);
    });
}

}  // namespace usagectl::test
