// SPDX-License-Identifier: MIT
// An agent's invoice on paper, for bookkeepers.
#pragma once

#include <string>

#include "app/card_invoice.hpp"

namespace usagectl {

// Who sends it; all but the currency may be empty.
struct InvoiceHead {
    std::string utility;
    std::string phone;
    std::string web;
    std::string currency;
};

// The bytes of the PDF. Failures: as paper::Document::pdf().
[[nodiscard]] std::string invoice_pdf(const app::InvoiceShown& shown, const InvoiceHead& head);

}  // namespace usagectl
