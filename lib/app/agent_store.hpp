// SPDX-License-Identifier: MIT
// Agents and their invoices, as the store keeps them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "card/agent.hpp"
#include "ledger/entry.hpp"

namespace usagectl::app {

struct CardInvoice {
    card::Invoice invoice;
    ledger::EntryId entry;  // of the house, that posted it
    std::optional<ledger::EntryId> paid_entry;
};

struct InvoicedCards {
    std::int64_t batch = 0;
    std::int64_t cards = 0;
    std::int64_t voided = 0;  // of them
};

class AgentStore {
public:
    AgentStore() = default;
    AgentStore(const AgentStore&) = delete;
    AgentStore& operator=(const AgentStore&) = delete;
    virtual ~AgentStore() = default;

    [[nodiscard]] virtual std::optional<card::Agent> find(std::string_view id) = 0;
    [[nodiscard]] virtual std::optional<card::Agent> find(std::int64_t number) = 0;
    // That begin with `prefix`, in byte order, at most `limit`.
    [[nodiscard]] virtual std::vector<std::string>
    ids(std::string_view prefix, std::size_t limit) = 0;
    // By id.
    [[nodiscard]] virtual std::vector<card::Agent> list() = 0;
    // Gives it its number. The stock of cards must be locked.
    virtual void append(const card::Agent& agent) = 0;
    // More credit, or by a negative amount less. The stock of cards must be locked.
    virtual void add_credit(std::int64_t agent, Money amount) = 0;

    // The number the next invoice gets; the stock of cards must be locked.
    [[nodiscard]] virtual std::int64_t next_invoice() = 0;
    virtual void append(const CardInvoice& invoice) = 0;
    [[nodiscard]] virtual std::optional<CardInvoice> invoice(std::int64_t number) = 0;
    // Of one agent when one is named; by number.
    [[nodiscard]] virtual std::vector<CardInvoice> invoices(std::optional<std::int64_t> agent) = 0;
    // Puts cards that are on no invoice on this one; gives how many. Those of a batch that were
    // spent from `from` on and before `before`...
    virtual std::int64_t
    put_used(std::int64_t batch, Instant from, Instant before, std::int64_t invoice) = 0;
    // ... or all that are on sale or were spent.
    virtual std::int64_t put_sold(std::int64_t batch, std::int64_t invoice) = 0;
    // What is on an invoice, by the batch a card is in now and whether it is void now.
    [[nodiscard]] virtual std::vector<InvoicedCards> on_invoice(const card::Invoice& invoice) = 0;
    // What was paid, once.
    virtual void mark_paid(const CardInvoice& invoice) = 0;
};

}  // namespace usagectl::app
