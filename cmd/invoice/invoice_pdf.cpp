// SPDX-License-Identifier: MIT
#include "invoice/invoice_pdf.hpp"

#include <array>

#include "paper/document.hpp"

namespace usagectl {

namespace {

using paper::Align;
using paper::Ink;

constexpr int left = 540;
constexpr int right = paper::Document::letter_width - 540;
constexpr int bottom = 900;
constexpr int line_height = 170;
constexpr std::uint32_t blue = 0x2f6f9f;
constexpr std::uint32_t pale = 0xeef3f7;
constexpr Ink plain{};
constexpr Ink strong{0x202020, true};
constexpr Ink grey{0x707070};

// Right edges of the columns behind the batch's name.
constexpr std::array<int, 5> columns{2700, 3300, 4100, 4840, right};
using Row = std::array<std::string, 5>;

// "12,345.60"
std::string grouped(Money amount) {
    auto text = format_money(amount);
    for (auto at = text.find('.'); at > 3 && text[at - 4] != '-'; at -= 3)
        text.insert(at - 3, ",");
    return text;
}

class Page {
public:
    Page(const app::InvoiceShown& shown, const InvoiceHead& head)
        : shown_(shown)
        , invoice_(shown.kept.invoice)
        , head_(head)
        , document_("Invoice " + std::to_string(invoice_.number)) {}

    std::string draw() {
        begin();
        write_parties();
        write_titles();
        for (const auto& line : shown_.lines)
            write_line(line);
        write_total();
        return document_.pdf();
    }

private:
    void begin();
    void write_parties();
    void write_titles();
    void write_row(std::string_view name, const Row& row, Ink ink);
    void write_line(const app::InvoiceLine& line);
    void write_total();

    const app::InvoiceShown& shown_;
    const card::Invoice& invoice_;
    const InvoiceHead& head_;
    paper::Document document_;
    int y_ = 0;
    int pages_ = 0;
};

void Page::begin() {
    ++pages_;
    document_.page();
    y_ = 7300;
    const auto title = "Invoice " + std::to_string(invoice_.number);
    document_.text(left, y_, 180, title, Align::left, {blue, true});
    document_.text(right, y_, 120, head_.utility, Align::right, strong);
    document_.box(left, y_ - 90, right - left, 15, blue);
    std::string contact = head_.phone;
    if (!head_.web.empty())
        contact += (contact.empty() ? "" : "  ") + head_.web;
    document_.text(left, 440, 80, contact, Align::left, grey);
    document_.text(right, 440, 80, "Page " + std::to_string(pages_), Align::right, grey);
    y_ -= 320;
}

void Page::write_parties() {
    const auto& agent = shown_.agent;
    document_.text(left, y_, 110, agent.name, Align::left, strong);
    document_.text(left, y_ - 150, 100, agent.contact);
    const std::array<std::pair<std::string_view, std::string>, 5> facts{{
        {"Agent", agent.id},
        {"Period", format_day(invoice_.first) + " to " + format_day(invoice_.last)},
        {"For",
         invoice_.basis == card::Basis::used ? "prepaid cards redeemed"
                                             : "prepaid cards put on sale"},
        {"Made (UTC)", format_instant(*invoice_.made.at).substr(0, 10)},
        {"Due", grouped(invoice_.due()) + " " + head_.currency},
    }};
    for (const auto& [name, value] : facts) {
        const bool due = name == "Due";
        document_.text(3300, y_, 100, name, Align::left, grey);
        document_.text(right, y_, 100, value, Align::right, due ? strong : plain);
        y_ -= 150;
    }
    y_ -= 250;
}

void Page::write_titles() {
    document_.box(left, y_ - 55, right - left, 180, pale);
    write_row("Batch", {"Value", "Cards", "Face value", "Commission", "Amount"}, strong);
    y_ -= 40;
}

void Page::write_row(std::string_view name, const Row& row, Ink ink) {
    document_.text(left, y_, 95, name, Align::left, ink);
    for (std::size_t at = 0; at < row.size(); ++at)
        document_.text(columns.at(at), y_, 95, row.at(at), Align::right, ink);
    y_ -= line_height;
}

void Page::write_line(const app::InvoiceLine& line) {
    if (y_ - line_height < bottom) {
        begin();
        write_titles();
    }
    write_row(
        line.batch,
        {grouped(line.value),
         std::to_string(line.cards),
         grouped(line.face),
         grouped(-line.commission),
         grouped(line.face - line.commission)},
        plain
    );
}

// Below the last line: there is always room, since no line goes below the bottom.
void Page::write_total() {
    document_.line(left, y_ + 120, right - left, 0);
    y_ -= 20;
    if (invoice_.credit != Money())
        write_row("Credit for void cards", {"", "", "", "", grouped(-invoice_.credit)}, plain);
    write_row(
        "Total, " + head_.currency,
        {"",
         std::to_string(invoice_.cards),
         grouped(invoice_.face),
         grouped(-invoice_.commission),
         grouped(invoice_.due())},
        strong
    );
    const auto& paid = invoice_.paid;
    if (paid.at) {
        const auto text = "Paid on " + format_instant(*paid.at).substr(0, 10) + ", " + paid.by;
        document_.text(right, y_ - 60, 95, text, Align::right, {blue, true});
    }
}

}  // namespace

std::string invoice_pdf(const app::InvoiceShown& shown, const InvoiceHead& head) {
    return Page(shown, head).draw();
}

}  // namespace usagectl
