// SPDX-License-Identifier: MIT
// A small utility that sells prepaid cards: a store, a clock set by hand, batches whose PINs the
// test knows, and a desk where they are tried.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/card_desk.hpp"
#include "app/card_steps.hpp"
#include "crypto/card_pins.hpp"
#include "prepay/world.hpp"
#include "support/scratch.hpp"

namespace usagectl::test {

class Kiosk : public World {
public:
    // Noon of 2026-07-01 in Chicago; account A is in service and owes nothing. Locks never close.
    explicit Kiosk(const Place& place);

    // A new batch of cards of 25.00, made and no more. Gives their serial numbers.
    std::vector<card::Serial>
    generate(const std::string& batch, int count, std::optional<LocalDay> expires = {});
    // The same, up to where customers can buy them.
    std::vector<card::Serial>
    on_sale(const std::string& batch, int count, std::optional<LocalDay> expires = {});
    Result<std::vector<app::CardsMoved>> step(card::Step step, const std::string& batch);
    Result<std::vector<app::CardsMoved>>
    step(card::Step step, const std::vector<card::Serial>& cards);

    [[nodiscard]] const std::string& pin(const card::Serial& serial) const {
        return pins_of_.at(serial);
    }
    // 15 digits: no card has them.
    static constexpr std::string_view wrong_pin = "000000000000000";

    [[nodiscard]] const card::PinVault& vault() const { return *vault_; }
    [[nodiscard]] app::CardAttempt
    attempt_of(const card::Serial& serial, const std::optional<std::string>& account = "A") const;
    app::CardOutcome attempt(const app::CardAttempt& attempt);
    // With the right PIN; "" when it was accepted, else the code an operator is told.
    std::string redeem(const card::Serial& serial, const std::optional<std::string>& account = "A");
    std::string guess(
        const card::Serial& serial,
        const std::optional<std::string>& account = "A",
        card::Channel channel = card::Channel::csr
    );
    Result<app::PaymentPosted> take_back(const std::string& payment);

    [[nodiscard]] card::Card card(const card::Serial& serial) {
        return *store->cards().find(serial);
    }
    [[nodiscard]] card::LockCount count(card::LockScope scope, const std::string& name) {
        return store->cards().lock_count(scope, name, false);
    }
    // Of the ledger account liability:cards: what customers hold in unused cards, positive.
    [[nodiscard]] Money liability();
    // What the newest audit record says came of it.
    [[nodiscard]] std::string last_outcome();
    [[nodiscard]] std::size_t audit_records();
    // The ledger is whole.
    void prove();

    app::CardRules rules;

    Result<std::int64_t> expire();

private:
    Scratch files_;
    std::optional<crypto::CardPins> vault_;
    std::map<card::Serial, std::string> pins_of_;
};

}  // namespace usagectl::test
