// SPDX-License-Identifier: MIT
// Invoices of agents (figure 10, step 248): each card once, and the books right after every step.
#include <cstdlib>
#include <fstream>
#include <map>

#include <catch2/catch.hpp>

#include "app/ledger_proof.hpp"
#include "card/shop.hpp"
#include "ledger/journal_text.hpp"

using namespace usagectl;
using card::Basis;
using card::Step;
using test::money;
using test::Postgres;
using test::Shop;
using test::Sqlite;

namespace {

// "1: 2 cards, 50.00 - 1.75; B 2 x 25.00 = 50.00 - 1.75", or the refusal's code.
std::string told(const Result<app::InvoiceShown>& shown) {
    if (!shown)
        return shown.error().code;
    const auto& invoice = shown->kept.invoice;
    std::string text = std::to_string(invoice.number) + ": " + std::to_string(invoice.cards) +
                       " cards, " + format_money(invoice.face) + " - " +
                       format_money(invoice.commission);
    if (invoice.credit != Money())
        text += " - credit " + format_money(invoice.credit);
    for (const auto& line : shown->lines)
        text += "; " + line.batch + " " + std::to_string(line.cards) + " x " +
                format_money(line.value) + " = " + format_money(line.face) + " - " +
                format_money(line.commission) +
                (line.voided == 0 ? "" : ", void " + std::to_string(line.voided));
    return text;
}

std::string told(Shop& shop, std::int64_t number) {
    std::string text;
    shop.store().read([&] { text = told(app::show_invoice(shop.store(), number)); });
    return text;
}

}  // namespace

TEMPLATE_TEST_CASE("an agent is invoiced for the cards that were spent", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    shop.agent("shop", Basis::used);
    const auto cards = shop.generate("B", 4, "25.00", "2026-12-31");
    const auto small = shop.generate("C", 2, "15.00");
    shop.sell("B", "shop");
    shop.sell("C", "shop");
    // Monday the 21st; a card of the last second of Sunday, one of the first of Monday.
    shop.redeem(cards[0]);
    shop.at("2026-09-27T23:59:59Z");
    shop.redeem(small[0]);
    CHECK(told(shop.invoice("shop")) == "invoice_empty");  // the week before
    CHECK(told(shop.invoice("shop", "2026-09-21", "2026-09-27")) == "period_not_over");
    shop.at("2026-09-28T00:00:00Z");
    const auto third = shop.redeem(cards[1]);
    CHECK(
        told(shop.invoice("shop")) ==
        "1: 2 cards, 40.00 - 1.40; B 1 x 25.00 = 25.00 - 0.88; C 1 x 15.00 = 15.00 - 0.52"
    );
    CHECK(shop.books("shop") == "cards -65.00, at agent 90.00, owed 38.60, commission 1.40");
    CHECK(shop.inventory() == "active 3 used 3 held 0");

    CHECK(told(shop.invoice("shop")) == "invoice_overlaps");
    CHECK(told(shop.invoice("shop", "2026-09-27", "2026-09-27")) == "invoice_overlaps");
    CHECK(told(shop.invoice("shop", "2026-09-01", "2026-09-20")) == "invoice_empty");
    CHECK(told(shop.invoice("nobody")) == "agent_unknown");

    // Paid once, and as a whole.
    CHECK(told(shop.pay(1, money("38.59"))) == "invoice_amount_differs");
    CHECK(told(shop.pay(2)) == "invoice_unknown");
    CHECK(shop.pay(1, money("38.60")));
    CHECK(told(shop.pay(1)) == "invoice_paid");
    CHECK(shop.books("shop") == "cards -65.00, at agent 90.00, commission 1.40, bank 38.60");

    // A refusal took no number.
    shop.at("2026-10-05T08:00:00Z");
    CHECK(told(shop.invoice("shop")) == "2: 1 cards, 25.00 - 0.88; B 1 x 25.00 = 25.00 - 0.88");

    // Taken back and spent again, it is not invoiced again.
    shop.take_back(third);
    CHECK(shop.inventory() == "active 4 used 2 held 0");
    CHECK(
        shop.books("shop") ==
        "cards -90.00, at agent 65.00, owed 24.12, commission 2.28, bank 38.60"
    );
    shop.redeem(cards[1]);
    shop.at("2026-10-12T08:00:00Z");
    CHECK(told(shop.invoice("shop")) == "invoice_empty");
    CHECK(shop.inventory() == "active 3 used 3 held 0");
}

TEMPLATE_TEST_CASE("an agent is invoiced for the cards put on sale", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    shop.agent("shop", Basis::activated);
    shop.agent("other", Basis::activated);
    const auto cards = shop.generate("B", 6, "25.00", "2026-12-31");
    shop.generate("C", 2, "25.00");
    shop.generate("D", 2, "25.00");
    shop.sell("B", "shop");
    shop.sell("C", "other");
    shop.redeem(cards[0]);
    shop.move(Step::freeze, cards[1]);
    shop.move(Step::annul, cards[2]);  // before it is invoiced: nobody owes it
    CHECK(shop.books("shop") == "cards -150.00, at agent 125.00");
    shop.at("2026-09-28T08:00:00Z");
    shop.sell("D", "shop");  // another week
    CHECK(told(shop.invoice("shop")) == "1: 5 cards, 125.00 - 4.38; B 5 x 25.00 = 125.00 - 4.38");
    CHECK(shop.books("shop") == "cards -200.00, at agent 50.00, owed 120.62, commission 4.38");

    // Void after it was invoiced: credited for what was asked for it, 25.00 - 0.88.
    shop.move(Step::annul, cards[3]);
    CHECK(shop.books("shop") == "cards -175.00, at agent 50.00, owed 96.50, commission 3.50");
    CHECK(told(shop, 1) == "1: 5 cards, 125.00 - 4.38; B 5 x 25.00 = 125.00 - 4.38, void 1");
    // Expired after it was invoiced: somebody has paid for it. The held one, too.
    shop.at("2027-01-01T08:00:00Z");
    CHECK(shop.expire() == 3);
    CHECK(
        shop.books("shop") ==
        "cards -100.00, expired -75.00, at agent 50.00, owed 96.50, commission 3.50"
    );
    CHECK(shop.inventory() == "active 4 used 1 void 2 expired 3 held 0");
    shop.move(Step::annul, "C");
    CHECK(shop.ledger("liability:cards") == "-50.00");
    CHECK(shop.ledger("asset:cards:other") == "0.00");
}

TEMPLATE_TEST_CASE("credit for void cards is taken off the next invoices", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    shop.agent("shop", Basis::activated, 1000);
    const auto cards = shop.generate("B", 4, "25.00");
    shop.generate("C", 1, "25.00");
    shop.generate("D", 2, "25.00");
    shop.sell("B", "shop");
    shop.at("2026-09-28T08:00:00Z");
    CHECK(told(shop.invoice("shop")) == "1: 4 cards, 100.00 - 10.00; B 4 x 25.00 = 100.00 - 10.00");
    shop.move(Step::annul, cards[0]);
    shop.move(Step::annul, cards[1]);
    // What was asked for before is paid as it was asked for.
    CHECK(told(shop.pay(1, money("45.00"))) == "invoice_amount_differs");
    CHECK(shop.pay(1, money("90.00")));
    CHECK(shop.books("shop") == "cards -50.00, owed -45.00, commission 5.00, bank 90.00");

    // The credit is all that is due, and more.
    shop.sell("C", "shop");
    shop.at("2026-10-05T08:00:00Z");
    app::MakeInvoice tried;
    tried.agent = "shop";
    tried.dry_run = true;
    REQUIRE(app::make_invoice(shop.store(), tried, shop.rules(), test::clerk, shop.office().clock())
    );
    CHECK(shop.books("shop").find("owed -45.00") != std::string::npos);
    const auto second = shop.invoice("shop");
    CHECK(told(second) == "2: 1 cards, 25.00 - 2.50 - credit 22.50; C 1 x 25.00 = 25.00 - 2.50");
    CHECK(second->kept.invoice.paid.by == "credit");
    CHECK(told(shop.pay(2)) == "invoice_paid");
    CHECK(shop.books("shop") == "cards -75.00, owed -22.50, commission 7.50, bank 90.00");

    shop.sell("D", "shop");
    shop.at("2026-10-12T08:00:00Z");
    CHECK(
        told(shop.invoice("shop")) ==
        "3: 2 cards, 50.00 - 5.00 - credit 22.50; D 2 x 25.00 = 50.00 - 5.00"
    );
    CHECK(told(shop.pay(3, money("45.00"))) == "invoice_amount_differs");
    CHECK(shop.pay(3, money("22.50")));
    CHECK(shop.books("shop") == "cards -125.00, commission 12.50, bank 112.50");
}

TEMPLATE_TEST_CASE("a payment taken back after its batch became void", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    shop.agent("shop", Basis::activated, 1000);
    const auto cards = shop.generate("B", 2, "25.00");
    shop.sell("B", "shop");
    const auto payment = shop.redeem(cards[0]);
    shop.at("2026-09-28T08:00:00Z");
    CHECK(told(shop.invoice("shop")) == "1: 2 cards, 50.00 - 5.00; B 2 x 25.00 = 50.00 - 5.00");
    shop.move(Step::annul, "B");
    CHECK(shop.books("shop") == "owed 22.50, commission 2.50");
    shop.take_back(payment);
    CHECK(shop.card(cards[0]).state == card::CardState::voided);
    CHECK(shop.books("shop").empty());
    CHECK(shop.inventory() == "void 2 held 0");
}

TEMPLATE_TEST_CASE("a dry run of an invoice or a payment leaves nothing", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    shop.agent("shop", Basis::used, 10'000);  // all is the agent's: nothing is due
    const auto cards = shop.generate("B", 1, "25.00");
    shop.sell("B", "shop");
    shop.redeem(cards[0]);
    shop.at("2026-09-28T08:00:00Z");
    app::MakeInvoice make;
    make.agent = "shop";
    make.dry_run = true;
    const auto clock = [&]() -> const Clock& { return shop.office().clock(); };
    CHECK(
        told(app::make_invoice(shop.store(), make, shop.rules(), test::clerk, clock())) ==
        "1: 1 cards, 25.00 - 25.00; B 1 x 25.00 = 25.00 - 25.00"
    );
    CHECK_FALSE(shop.card(cards[0]).invoice);
    CHECK(told(shop, 1) == "invoice_unknown");
    REQUIRE(shop.invoice("shop"));
    CHECK(shop.card(cards[0]).invoice == 1);
    app::PayInvoice pay;
    pay.number = 1;
    pay.dry_run = true;
    CHECK(app::pay_invoice(shop.store(), pay, shop.rules(), test::clerk, clock()));
    CHECK(shop.pay(1));  // nothing is due, and nothing is posted
    CHECK(told(shop.pay(1)) == "invoice_paid");
    CHECK(shop.books("shop") == "commission 25.00");
}

TEST_CASE("ledger(1) reads the books of cards as they are") {
    if (std::system("ledger --version > /dev/null 2>&1") != 0) {
        WARN("skipped: ledger is not installed");
        return;
    }
    const Sqlite place;
    Shop shop(place);
    shop.agent("shop", Basis::activated);
    const auto cards = shop.generate("B", 3, "25.00");
    shop.sell("B", "shop");
    shop.redeem(cards[0]);
    shop.at("2026-09-28T08:00:00Z");
    REQUIRE(shop.invoice("shop"));
    REQUIRE(shop.pay(1));
    shop.move(Step::annul, cards[1]);
    const auto journal = place.directory() / "journal.ledger";
    shop.store().read([&] {
        std::ofstream file(journal);
        app::export_journal(shop.store(), app::every_day, "USD", [&](const auto& text) {
            file << text;
        });
    });
    const auto told = place.directory() / "told";
    const auto command = "ledger -f " + journal.string() +
                         " balance --flat --no-total --balance-format"
                         " '%(account) %(quantity(amount))\\n' > " +
                         told.string();
    REQUIRE(std::system(command.c_str()) == 0);
    std::ifstream file(told);
    std::map<std::string, Money> read;
    std::string account;
    std::string amount;
    while (file >> account >> amount)
        read[account] = money(amount);
    for (const auto* code :
         {"liability:cards",
          "asset:receivable:ach",
          "asset:receivable:agent_invoices:shop",
          "expense:commission:shop"}) {
        INFO(code);
        CHECK(format_money(read[ledger::journal_account(code)]) == shop.ledger(code));
        CHECK(read[ledger::journal_account(code)] != Money());
    }
}
