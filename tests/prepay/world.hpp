// SPDX-License-Identifier: MIT
// A small utility for one test case: a store, a clock that is set by hand, tariffs, accounts with a
// meter each, readings, nights.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/accounts.hpp"
#include "app/nightly.hpp"
#include "app/orders.hpp"
#include "app/payments.hpp"
#include "meter/day_block.hpp"
#include "store/place.hpp"
#include "support/prepay_steps.hpp"

namespace usagectl::test {

class HandClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return at; }
    Instant at{};
};

class World {
public:
    // The clock stands at noon of `day` in Chicago.
    World(const Place& place, const char* day);

    void noon(LocalDay day) { clock.at = zone.day_start(day) + std::chrono::hours(12); }
    // Three in the morning after the day.
    void night_after(LocalDay day);

    void tariff(const std::string& text);
    // In service from `day` on, with so much paid; what is due at first is nothing.
    void account(const std::string& id, const char* tariff, LocalDay day, Money paid);
    [[nodiscard]] static std::string meter_of(const std::string& id) { return "M-" + id; }

    // A whole day of 15-minute readings for each meter: as many Wh in each interval as it says.
    struct Reading {
        std::string account;
        std::int64_t wh = 100;          // in each interval
        std::vector<int> missing = {};  // slots without a value
    };
    void
    readings(LocalDay day, const std::vector<Reading>& all, meter::Layer layer = meter::Layer::vee);

    app::NightlyDone night(LocalDay day);
    app::PaymentPosted
    pay(const std::string& id, Money amount, std::optional<std::string> reference = {});
    void set_thresholds(const std::string& id, const account::Thresholds& thresholds);

    [[nodiscard]] account::Standing standing(const std::string& id);
    [[nodiscard]] std::vector<ledger::Entry> entries(const std::string& id);
    [[nodiscard]] std::vector<app::ServiceOrder> open_orders(const std::string& id);
    [[nodiscard]] std::vector<app::Notice> notices(const std::string& id);
    [[nodiscard]] app::AccountNumber number(const std::string& id);
    // Entries balance, folds equal standings, for every account.
    void check_ledger();
    // Everything the prepay tables hold, as text: equal worlds are equal texts.
    [[nodiscard]] std::string everything(const Place& place) const;

    HandClock clock;
    const Zone& zone;
    app::Prepay prepay;
    app::RulePacks packs;
    app::Actor actor{"ann", "os", "test", "[]"};
    std::unique_ptr<app::Store> store;

private:
    [[nodiscard]] Desk desk() const;

    std::map<std::string, app::AccountNumber> numbers_;
};

inline const app::StepDone& step(const app::NightlyDone& done, app::Step which) {
    return done.steps.at(static_cast<std::size_t>(which));
}
inline LocalDay date(const char* text) {
    return *parse_day(text);
}
inline Money cents(std::int64_t amount) {
    return Money::from_cents(amount);
}

// 10 cents a kWh, nothing else: charges that can be worked out in one's head.
[[nodiscard]] std::string plain_tariff(const std::string& name = "plain");
// 10 cents up to 50 kWh of the cycle, 20 cents above.
[[nodiscard]] std::string tiered_tariff();

}  // namespace usagectl::test
