// SPDX-License-Identifier: MIT
#include "invoice/invoice_pdf.hpp"

#include <catch2/catch.hpp>

using namespace usagectl;

namespace {

app::InvoiceShown invoice_of(int lines) {
    app::InvoiceShown shown;
    shown.agent.id = "corner";
    shown.agent.name = "Corner Store";
    auto& invoice = shown.kept.invoice;
    invoice.number = 7;
    invoice.made = {Instant(std::chrono::seconds(1'700'000'000)), "ann"};
    for (int line = 0; line < lines; ++line) {
        const auto value = Money::from_cents(2500);
        shown.lines.push_back({"B-" + std::to_string(line), value, 1, 0, value, {}});
        invoice.cards += 1;
        invoice.face = invoice.face + value;
    }
    return shown;
}

// libharu names the kind of each page in plain, whatever it packs.
int pages_of(const app::InvoiceShown& shown) {
    const auto pdf = invoice_pdf(shown, {"Sample Power", "+1 972 555 0100", "", "USD"});
    int pages = 0;
    for (auto at = pdf.find("/Type /Page"); at != std::string::npos;
         at = pdf.find("/Type /Page", at + 1)) {
        const auto next = pdf.at(at + std::string_view("/Type /Page").size());
        pages += next == 's' || next == 'M' ? 0 : 1;
    }
    return pages;
}

}  // namespace

TEST_CASE("an invoice with many batches goes on on the next page") {
    struct Row {
        int lines;
        int pages;
    };
    const auto row = GENERATE(Row{1, 1}, Row{28, 1}, Row{29, 2}, Row{62, 2}, Row{63, 3});
    CAPTURE(row.lines);
    auto shown = invoice_of(row.lines);
    CHECK(pages_of(shown) == row.pages);
    // The total, a credit and the payment fit below the last line of a full page.
    shown.kept.invoice.credit = Money::from_cents(1200);
    shown.kept.invoice.paid = {shown.kept.invoice.made.at, "ach 77"};
    CHECK(pages_of(shown) == row.pages);
}
