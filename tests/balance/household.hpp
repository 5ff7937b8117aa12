// SPDX-License-Identifier: MIT
// A household with a prepay account, a meter in UTC and a clock that the case sets.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/balance.hpp"
#include "app/charge_run.hpp"
#include "store/place.hpp"
#include "store/samples.hpp"
#include "support/prepay_steps.hpp"

namespace usagectl::test {

inline const std::string provider = "REP-1";
inline const app::Actor teller{"ann", "root", "balance", "[]"};

// Noon of a day counted from `monday` by default.
[[nodiscard]] Instant at(int day, int hour = 12, int minute = 0);
[[nodiscard]] Money dollars(const char* text);

// 0.10 a kWh and 0.50 a day.
extern const std::string plain_tariff;
// Tiers, peak hours, a minimum, an option's price, power cost adjustment, taxes.
extern const std::string rich_tariff;

class Household {
public:
    // In service and charged from `monday` on; `paid` is in the account.
    Household(
        app::Store& store,
        const std::string& tariff,
        const char* paid,
        const std::string& id = "A-1"
    );

    app::Store& store;
    app::Prepay prepay;
    std::string account;
    std::string meter;

    [[nodiscard]] Desk desk(Instant now) const;
    void pay(const char* amount, Instant now, std::optional<Instant> received = {}) const;
    // Hourly values from midnight on; -1: missing.
    void read(
        int day,
        std::vector<std::int64_t> wh,
        Instant known,
        meter::Layer layer = meter::Layer::vee,
        meter::Channel channel = meter::Channel::consumption
    ) const;
    // A whole day of the same value.
    void read_day(int day, std::int64_t wh, Instant known) const;
    // The nightly charge of one day.
    void charge(int day, Instant now) const;
    void become(std::vector<account::Status> statuses, Instant now) const;

    [[nodiscard]] Result<app::BalanceAnswer>
    ask(Instant now, std::optional<Instant> as_of = {}, std::optional<Instant> known_at = {}) const;
    // The same, which must be an answer.
    [[nodiscard]] app::BalanceAnswer told(
        Instant now, std::optional<Instant> as_of = {}, std::optional<Instant> known_at = {}
    ) const;
};

// Everything of an answer that is told.
[[nodiscard]] std::string text_of(const app::BalanceAnswer& answer);

}  // namespace usagectl::test
