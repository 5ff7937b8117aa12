// SPDX-License-Identifier: MIT
// Agents' invoices as answers show them.
#pragma once

#include <string>
#include <vector>

#include "app/card_invoice.hpp"
#include "cli/context.hpp"

namespace usagectl {

// Without its lines.
[[nodiscard]] cli::Json
invoice_json(const card::Invoice& invoice, const card::Agent& agent, std::string_view currency);
// Of the items of a list, or of the answer itself.
[[nodiscard]] std::vector<cli::Field> invoice_fields(bool items);

// With its lines as items.
[[nodiscard]] cli::Json whole_json(const app::InvoiceShown& shown, std::string_view currency);
[[nodiscard]] std::vector<cli::Field> whole_fields();
// The lines as a table, below what the invoice says as a whole.
[[nodiscard]] cli::Context::View whole_view(const cli::Json& whole);

}  // namespace usagectl
