// SPDX-License-Identifier: MIT
// Agents are invoiced for the cards they sold (source: US 8,095,475, figure 10, step 248: for all
// processed cards, on a weekly or monthly basis as determined by the utility).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/actor.hpp"
#include "app/cards.hpp"

namespace usagectl::app {

// Cards of one batch and value.
struct InvoiceLine {
    std::string batch;  // they are in now
    Money value;        // of each
    std::int64_t cards = 0;
    std::int64_t voided = 0;  // of them, since
    Money face;
    Money commission;  // its share of the whole
};

struct InvoiceShown {
    CardInvoice kept;
    card::Agent agent;
    std::vector<InvoiceLine> lines;
};

struct MakeInvoice {
    std::string agent;
    std::optional<card::Days> days;  // none: the last whole period of the agent
    bool dry_run = false;
    std::function<void(const InvoiceShown&)> made = {};
};

// One invoice: by the agent's basis the cards that were spent on those days, or all that were put
// on sale on them, and are on no invoice yet. Its number is the next. What he has as credit for
// void cards is taken off; where nothing is left to pay then, it is paid. Errors: `agent_unknown`
// (3); `period_not_over`, `invoice_overlaps` (another has some of these days), `invoice_empty`
// (nothing is to be invoiced), `amount_out_of_range` (4).
[[nodiscard]] Result<InvoiceShown> make_invoice(
    Store& store,
    const MakeInvoice& request,
    const CardRules& rules,
    const Actor& actor,
    const Clock& clock
);

// Inside a transaction. Error `invoice_unknown` (3).
[[nodiscard]] Result<InvoiceShown> show_invoice(Store& store, std::int64_t number);

struct PayInvoice {
    std::int64_t number = 0;
    account::Method method = account::Method::ach;
    std::string reference;
    std::optional<Money> amount;  // what came; none: what was due
    bool dry_run = false;
    std::function<void(const InvoiceShown&)> paid = {};
};

// The whole of it, once. Errors: `invoice_unknown` (3), `invoice_paid`, `invoice_amount_differs`
// (4).
[[nodiscard]] Result<InvoiceShown> pay_invoice(
    Store& store,
    const PayInvoice& request,
    const CardRules& rules,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
