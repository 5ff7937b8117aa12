// SPDX-License-Identifier: MIT
// The rules of figures 3 to 6 of US 8,095,475, box by box, without a store.
#include <catch2/catch.hpp>

#include "account/ladder.hpp"
#include "account/payment_rules.hpp"
#include "account/service.hpp"
#include "account/status.hpp"
#include "account/types.hpp"

using namespace usagectl;
using namespace usagectl::account;

namespace {

Money cents(std::int64_t amount) {
    return Money::from_cents(amount);
}

Thresholds limits(std::int64_t disconnection = 0) {
    return {cents(disconnection), cents(disconnection), cents(1000), cents(2500)};
}

}  // namespace

TEST_CASE("figure 6: the ladder, from the daily charge down") {
    struct Case {
        const char* box;
        std::int64_t balance;
        std::int64_t disconnection;
        Rung rung;
    };
    const Case cases[]{
        {"132: less than zero", -1, 0, Rung::suspend},
        {"132: equal to zero", 0, 0, Rung::suspend},
        {"138: greater than zero, within grace", 1, 0, Rung::grace},
        {"138: equal to the grace amount", 1000, 0, Rung::grace},
        {"140: above grace, within low balance", 1001, 0, Rung::low},
        {"140: equal to the low balance threshold", 2500, 0, Rung::low},
        {"144: above all of them", 2501, 0, Rung::clear},
        {"a disconnection balance of its own, equal", 500, 500, Rung::suspend},
        {"a disconnection balance of its own, above", 501, 500, Rung::grace},
    };
    for (const auto& each : cases) {
        INFO(each.box);
        CHECK(rung_of(cents(each.balance), limits(each.disconnection)) == each.rung);
    }
}

TEST_CASE("days left count for the low rung alone") {
    auto thresholds = limits();
    thresholds.low_days = 5;
    CHECK(rung_of(cents(9000), thresholds, 5) == Rung::low);
    CHECK(rung_of(cents(9000), thresholds, 6) == Rung::clear);
    CHECK(rung_of(cents(9000), thresholds) == Rung::clear);
    CHECK(rung_of(cents(500), thresholds, 1) == Rung::grace);
    CHECK(rung_of(cents(1), thresholds, 0) == Rung::grace);
}

TEST_CASE("figure 4: what a payment brings about, by status") {
    struct Case {
        const char* box;
        AfterBalance now;
        Consequence then;
    };
    const auto at = [](Status status, std::int64_t balance) {
        AfterBalance now;
        now.status = status;
        now.balance = cents(balance);
        now.thresholds = limits();
        now.minimum_due = cents(4000);
        return now;
    };
    auto waiting = at(Status::active, 100);
    waiting.suspend_open = true;
    auto short_of_it = at(Status::active, 0);
    short_of_it.suspend_open = true;
    auto late = at(Status::past_due, 100);
    late.suspend_open = true;
    auto on_its_way = at(Status::suspended, 100);
    on_its_way.reconnect_open = true;
    auto needs_more = at(Status::suspended, 100);
    needs_more.thresholds.connection = cents(5000);
    auto needs_connection = at(Status::pending, 4000);
    needs_connection.thresholds.connection = cents(1);
    const Case cases[]{
        {"88: pending, less than the minimum due", at(Status::pending, 3999), {}},
        {"88-90: pending, exactly the minimum due",
         at(Status::pending, 4000),
         {.status = Status::paid, .charge_minimum_due = true, .order_activation = true}},
        {"88: pending, the connection balance is wanted too", needs_connection, {}},
        {"92: active, no pending suspend order", at(Status::active, 100), {}},
        {"91-93: active, pending suspend order, above", waiting, {.cancel_suspension = true}},
        {"91: active, pending suspend order, not above", short_of_it, {}},
        {"past due and above it again",
         late,
         {.status = Status::active, .cancel_suspension = true}},
        {"94: suspended, not above the threshold", at(Status::suspended, 0), {}},
        {"94-95: suspended, above it", at(Status::suspended, 1), {.order_reconnection = true}},
        {"95: suspended, ordered already", on_its_way, {}},
        {"suspended, below the connection balance", needs_more, {}},
        {"paid waits for its meter", at(Status::paid, 9000), {}},
    };
    for (const auto& each : cases) {
        INFO(each.box);
        CHECK(after_payment(each.now) == each.then);
    }
}

TEST_CASE("a payment taken back undoes what has not happened yet") {
    AfterBalance now;
    now.thresholds = limits();
    now.status = Status::paid;
    now.balance = cents(-1);
    now.activate_open = true;
    CHECK(after_reversal(now) == Consequence{.status = Status::pending, .cancel_activation = true});
    now.balance = cents(0);
    CHECK(after_reversal(now) == Consequence{});
    now.status = Status::suspended;
    now.balance = cents(-1);
    now.reconnect_open = true;
    CHECK(after_reversal(now) == Consequence{.cancel_reconnection = true});
    now.status = Status::active;
    CHECK(after_reversal(now) == Consequence{});
}

TEST_CASE("old debt takes its share of a payment, down to the cent") {
    CHECK(debt_share(cents(5000), cents(10'000), 25) == cents(1250));
    CHECK(debt_share(cents(5000), cents(1000), 25) == cents(1000));
    CHECK(debt_share(cents(333), cents(10'000), 25) == cents(83));
    CHECK(debt_share(cents(5000), cents(10'000), 0) == cents(0));
    CHECK(debt_share(cents(5000), cents(0), 50) == cents(0));
    CHECK(debt_share(cents(5000), cents(10'000), 100) == cents(5000));
}

TEST_CASE("statuses follow each other as they can, and no other way") {
    const Status all[]{
        Status::pending,
        Status::paid,
        Status::active,
        Status::past_due,
        Status::suspended,
        Status::closed,
    };
    const std::pair<Status, Status> possible[]{
        {Status::pending, Status::paid},
        {Status::pending, Status::closed},
        {Status::paid, Status::active},
        {Status::paid, Status::pending},
        {Status::paid, Status::closed},
        {Status::active, Status::past_due},
        {Status::active, Status::suspended},
        {Status::active, Status::closed},
        {Status::past_due, Status::active},
        {Status::past_due, Status::suspended},
        {Status::past_due, Status::closed},
        {Status::suspended, Status::active},
        {Status::suspended, Status::closed},
    };
    for (const auto from : all) {
        for (const auto to : all) {
            const bool listed =
                std::find(std::begin(possible), std::end(possible), std::pair(from, to)) !=
                std::end(possible);
            const auto result = check_change(from, to);
            INFO(to_string(from) << " to " << to_string(to));
            CHECK(result.has_value() == listed);
            if (!result)
                CHECK(result.error().code == "status_impossible");
            CHECK(parse_status(to_string(from)) == from);
        }
    }
}

TEST_CASE("limits stand in their order") {
    CHECK(check_thresholds(limits()));
    auto wrong = limits();
    wrong.grace = cents(-1);
    CHECK(check_thresholds(wrong).error().code == "thresholds_disordered");
    wrong = limits();
    wrong.low = cents(999);
    CHECK_FALSE(check_thresholds(wrong));
    wrong = limits(500);
    wrong.connection = cents(499);
    CHECK_FALSE(check_thresholds(wrong));
}

TEST_CASE("names of accounts, telephones and addresses are checked") {
    for (const auto* good : {"1", "A-1001", "4.2_x", "12345678901234567890123456789012"})
        CHECK(AccountId::parse(good));
    for (const auto* bad : {"", "-1", ".1", "a b", "123456789012345678901234567890123", "a/b"})
        CHECK(AccountId::parse(bad).error().code == "malformed_account");
    for (const auto* good : {"+19725551234", "+4915112345678"})
        CHECK(Phone::parse(good));
    for (const auto* bad :
         {"", "9725551234", "+1972555", "+0123456789", "+1972555123456789", "+1a"})
        CHECK(Phone::parse(bad).error().code == "malformed_phone");
    for (const auto* good : {"a@b.c", "first.last@mail.example.org"})
        CHECK(Email::parse(good));
    for (const auto* bad : {"", "a@b", "@b.c", "a b@c.d", "a@@b.c", "a@b."})
        CHECK(Email::parse(bad).error().code == "malformed_email");
}

TEST_CASE("an order that is decided stays as it is") {
    using S = OrderState;
    CHECK(check_order_change(S::pending, S::exported));
    CHECK(check_order_change(S::exported, S::completed));
    CHECK(check_order_change(S::pending, S::cancelled));
    CHECK(check_order_change(S::pending, S::pending_usage));
    CHECK_FALSE(check_order_change(S::exported, S::pending));
    for (const auto decided : {S::completed, S::failed, S::cancelled})
        CHECK(check_order_change(decided, S::completed).error().code == "order_state_impossible");
}
