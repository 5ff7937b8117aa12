// SPDX-License-Identifier: MIT
// Agents and their invoices in the store.
#pragma once

#include "app/agent_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class AgentRepository final : public app::AgentStore {
public:
    explicit AgentRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<card::Agent> find(std::string_view id) override;
    [[nodiscard]] std::optional<card::Agent> find(std::int64_t number) override;
    [[nodiscard]] std::vector<std::string> ids(std::string_view prefix, std::size_t limit) override;
    [[nodiscard]] std::vector<card::Agent> list() override;
    void append(const card::Agent& agent) override;
    void add_credit(std::int64_t agent, Money amount) override;
    [[nodiscard]] std::int64_t next_invoice() override;
    void append(const app::CardInvoice& invoice) override;
    [[nodiscard]] std::optional<app::CardInvoice> invoice(std::int64_t number) override;
    [[nodiscard]] std::vector<app::CardInvoice> invoices(std::optional<std::int64_t> agent
    ) override;
    std::int64_t
    put_used(std::int64_t batch, Instant from, Instant before, std::int64_t invoice) override;
    std::int64_t put_sold(std::int64_t batch, std::int64_t invoice) override;
    [[nodiscard]] std::vector<app::InvoicedCards> on_invoice(const card::Invoice& invoice) override;
    void mark_paid(const app::CardInvoice& invoice) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
