// SPDX-License-Identifier: MIT
// A store with tariffs, where accounts are made and paid for: what the cases about them begin with.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/place.hpp"
#include "store/samples.hpp"
#include "support/prepay_steps.hpp"

namespace usagectl::test {

inline const app::Actor clerk{"clerk", "root", "account", "[]"};

// UTC throughout; low 25.00, grace 10.00, the rest nothing.
[[nodiscard]] app::Prepay prepay();

class Office {
public:
    // Adds the tariffs `home` (0.10 a kWh, 0.50 a day, a city tax of 10 % that `charity` lifts) and
    // `other` (0.20 a kWh).
    explicit Office(const Place& place);

    [[nodiscard]] app::Store& store() const { return *store_; }
    [[nodiscard]] const Clock& clock() const { return *clock_; }
    [[nodiscard]] Desk desk() const;
    void at(Instant now) { clock_ = std::make_unique<FixedClock>(now); }

    // An account of tariff `home` with a meter of the same name, whose meter facts are known.
    [[nodiscard]] app::CreateAccount request(const std::string& id) const;
    void create(const app::CreateAccount& request) const;
    void create(const std::string& id) const { create(request(id)); }
    app::PaymentPosted pay(const std::string& id, const std::string& amount) const;
    [[nodiscard]] app::AccountShown shown(const std::string& id) const;
    // "status: pending -> paid" for each event.
    [[nodiscard]] std::vector<std::string> events(const std::string& id) const;
    [[nodiscard]] std::string last_outcome() const;
    // Settled usage of a meter: 24 hours of 1 kWh.
    void file_usage(const std::string& meter, LocalDay day) const;

private:
    std::unique_ptr<app::Store> store_;
    std::unique_ptr<Clock> clock_;
};

[[nodiscard]] LocalDay day(const char* text);
[[nodiscard]] Money money(const std::string& text);

}  // namespace usagectl::test
