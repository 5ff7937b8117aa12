// SPDX-License-Identifier: MIT
// An office that makes, moves, sells and spends cards; its PINs are their own marks. What every
// case about stock and invoices begins with.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "account/office.hpp"
#include "app/card_generate.hpp"
#include "app/card_inventory.hpp"
#include "app/card_invoice.hpp"
#include "app/card_steps.hpp"

namespace usagectl::test {

class Shop {
public:
    explicit Shop(const Place& place);

    [[nodiscard]] Office& office() { return office_; }
    [[nodiscard]] app::Store& store() const { return office_.store(); }
    [[nodiscard]] const app::CardRules& rules() const { return rules_; }
    void at(const char* instant) { office_.at(parse_instant(instant).value()); }

    void agent(const std::string& id, card::Basis basis, std::int64_t commission = 350) const;
    // Some pieces of a batch. `reopened` runs when its print file is opened again.
    struct Making {
        std::string batch;
        std::int64_t count = 0;
        const char* value = "25.00";
        const char* expires = "";
        int pieces = -1;  // all
        std::function<void()> reopened = {};
    };
    app::CardsGenerated make(const Making& making);
    // All of a batch; gives the serial numbers.
    std::vector<card::Serial> generate(
        const std::string& batch, std::int64_t count, const char* value, const char* expires = ""
    );
    // Received, shipped to the agent, confirmed, on sale.
    void sell(const std::string& batch, const std::string& agent) const;
    Result<std::vector<app::CardsMoved>> move(const app::MoveCards& request) const;
    void move(card::Step step, const std::string& batch) const;
    void move(card::Step step, const card::Serial& serial) const;
    // The payment's name; the refusal's code when it was refused. `kept` runs inside the
    // transaction, behind the payment.
    std::string redeem(
        const card::Serial& serial,
        const std::string& account = "1",
        const std::function<void()>& kept = {}
    ) const;
    void take_back(const std::string& payment) const;
    // How many cards expired.
    std::int64_t expire() const;

    [[nodiscard]] Result<app::InvoiceShown>
    invoice(const std::string& agent, const char* from = "", const char* to = "") const;
    [[nodiscard]] Result<app::InvoiceShown>
    pay(std::int64_t number, std::optional<Money> amount = {}) const;

    // "stock 1 active 2 held 1", and the findings by name.
    [[nodiscard]] std::string inventory() const;
    [[nodiscard]] card::Card card(const card::Serial& serial) const;
    // The ledger account's balance, debits positive, as text; the whole ledger must be in order.
    [[nodiscard]] std::string ledger(std::string_view code) const;
    // "cards 100.00 at agent -100.00 ...": all that cards have to do with and is not nothing, by
    // short names. What the agent owes there must be what is unpaid on his invoices, less his
    // credit.
    [[nodiscard]] std::string books(const std::string& agent) const;
    [[nodiscard]] const std::map<std::string, std::string>& pins() const { return pins_; }
    [[nodiscard]] const std::string& print_file(const std::string& batch) const {
        return print_files_.at(batch);
    }

private:
    [[nodiscard]] Money unpaid(const std::string& agent) const;

    Office office_;
    app::CardRules rules_;
    std::map<std::string, std::string> pins_;         // by serial number
    std::map<std::string, std::string> print_files_;  // by batch
    int last_pin_ = 1000;
};

}  // namespace usagectl::test
