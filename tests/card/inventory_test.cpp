// SPDX-License-Identifier: MIT
// The proof of the inventory: in order at every step of figure 10, and not a card wrong unseen.
#include <catch2/catch.hpp>

#include "card/shop.hpp"
#include "store/sql.hpp"

using namespace usagectl;
using card::Step;
using test::Postgres;
using test::Shop;
using test::Sqlite;

namespace {

// Past everything that guards the store.
void change(const test::Place& place, const std::string& sql) {
    const auto session = place.session();
    session->begin(store::Access::write);
    session->script(
        session->dialect() == store::Dialect::postgresql
            ? "set session_replication_role = replica; " + sql
            : "drop trigger if exists card_update; drop trigger if exists card_delete;"
              "drop trigger if exists ledger_entry_update; " +
                  sql
    );
    session->commit();
}

std::string number(const card::Serial& serial) {
    return std::to_string(serial.number());
}

}  // namespace

TEMPLATE_TEST_CASE("every card is in one place, at every step of figure 10", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    CHECK(shop.inventory() == "held 0");
    shop.agent("shop", card::Basis::used);
    const auto cards = shop.generate("B", 6, "25.00", "2026-10-31");
    CHECK(shop.inventory() == "stock 6 held 0");
    shop.move(Step::print, "B");
    shop.move(Step::print, "B");
    CHECK(shop.inventory() == "stock 6 held 0");
    shop.move(Step::receive, "B");
    shop.move(Step::annul, cards[5]);
    shop.move(Step::freeze, cards[4]);
    CHECK(shop.inventory() == "stock 5 void 1 held 1");
    app::MoveCards ship;
    ship.step = Step::ship;
    ship.serials = {cards[0], cards[1], cards[2], cards[4]};
    ship.agent = "shop";
    REQUIRE(shop.move(ship));
    CHECK(shop.inventory() == "stock 1 shipped 4 void 1 held 1");
    CHECK(shop.books("shop").empty());
    shop.move(Step::confirm, "B.1");
    shop.move(Step::activate, "B.1");
    CHECK(shop.inventory() == "stock 1 active 4 void 1 held 1");
    CHECK(shop.books("shop") == "cards -100.00, at agent 100.00");
    shop.move(Step::freeze, "B.1");
    CHECK(shop.inventory() == "stock 1 active 4 void 1 held 4");
    shop.move(Step::unfreeze, "B.1");
    const auto payment = shop.redeem(cards[0]);
    CHECK(payment == "P-1-20260921-1");
    CHECK(shop.inventory() == "stock 1 active 3 used 1 void 1 held 1");
    CHECK(shop.books("shop") == "cards -75.00, at agent 100.00");
    shop.take_back(payment);
    CHECK(shop.inventory() == "stock 1 active 4 void 1 held 1");
    CHECK(shop.redeem(cards[0]) == "P-1-20260921-3");
    CHECK(shop.inventory() == "stock 1 active 3 used 1 void 1 held 1");
    CHECK(shop.expire() == 0);
    shop.at("2026-11-01T00:00:00Z");
    CHECK(shop.expire() == 4);  // the held one, too, and the one in stock
    CHECK(shop.inventory() == "used 1 void 1 expired 4 held 0");
    CHECK(shop.books("shop") == "at agent 25.00");
    CHECK(shop.expire() == 0);
}

TEMPLATE_TEST_CASE("what is wrong with the stock has a name", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    shop.agent("shop", card::Basis::used);
    const auto cards = shop.generate("B", 5, "25.00");
    const auto others = shop.generate("C", 2, "10.00");
    shop.sell("B", "shop");
    const auto payment = shop.redeem(cards[0]);
    const std::string in_order = "stock 2 active 4 used 1 held 0";
    CHECK(shop.inventory() == in_order);

    SECTION("a card that is lost in the middle") {
        change(place, "delete from card where number = " + number(cards[2]));
        CHECK(
            shop.inventory() == "stock 2 active 3 used 1 held 0 batch_count_differs serial_missing"
                                " card_count_differs liability_differs"
        );
    }
    SECTION("a card put on sale behind the books") {
        change(place, "update card set state = 'active' where number = " + number(others[1]));
        CHECK(shop.inventory() == "stock 1 active 4 used 1 held 0 card_misplaced");
    }
    SECTION("a card used without a payment") {
        change(
            place,
            "update card set state = 'used', used_at = 1790000000, uses = 1 where number = " +
                number(cards[1])
        );
        CHECK(
            shop.inventory() == "stock 2 active 3 used 2 held 0 payment_missing liability_differs"
        );
    }
    SECTION("a card that can be spent again") {
        change(
            place,
            "update card set state = 'active', used_at = null where number = " + number(cards[0])
        );
        CHECK(shop.inventory() == "stock 2 active 5 held 0 payment_without_card liability_differs");
    }
    SECTION("a card left used when its payment was taken back") {
        shop.take_back(payment);
        CHECK(shop.inventory() == "stock 2 active 5 held 0");
        change(
            place,
            "update card set state = 'used', used_at = 1790000000 where number = " +
                number(cards[0])
        );
        CHECK(
            shop.inventory() ==
            "stock 2 active 4 used 1 held 0 payment_taken_back liability_differs"
        );
    }
    SECTION("a batch that says it has more than it has") {
        change(place, "update card_batch set cards = 7 where name = 'C'");
        CHECK(shop.inventory() == in_order + " batch_count_differs");
    }
}

TEMPLATE_TEST_CASE("a payment posted by hand frees no card", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    shop.agent("shop", card::Basis::used);
    const auto cards = shop.generate("B", 1, "25.00");
    shop.sell("B", "shop");
    REQUIRE(shop.redeem(cards[0]) == "P-1-20260921-1");
    // Called after the card, as its next payment would be.
    app::PaymentAsked asked;
    asked.account = "1";
    asked.amount = test::money("25.00");
    asked.method = account::Method::prepaid_card;
    asked.reference = cards[0].text() + "/2";
    const auto posted = test::pay(shop.office().desk(), asked);
    CHECK(shop.inventory() == "used 1 held 0");
    shop.take_back(posted.payment);
    CHECK(shop.card(cards[0]).state == card::CardState::used);
    CHECK(shop.inventory() == "used 1 held 0");
}

TEMPLATE_TEST_CASE(
    "an inventory of a batch or an agent leaves the ledger out", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    shop.agent("shop", card::Basis::used);
    shop.generate("B", 5, "25.00");
    shop.generate("C", 2, "10.00");
    shop.sell("B", "shop");
    const auto taken = [&](const app::InventoryAsked& asked) {
        std::string text;
        shop.store().read([&] {
            const auto found = app::take_inventory(shop.store(), asked, [](const auto&) {});
            if (!found) {
                text = found.error().code;
                return;
            }
            text = std::to_string(found->items.size()) + " " + std::to_string(found->generated) +
                   " " + format_money(found->worth) + (found->liability ? " ledger" : "");
        });
        return text;
    };
    CHECK(taken({}) == "2 7 125.00 ledger");
    CHECK(taken({"C", {}}) == "1 2 0.00");
    CHECK(taken({{}, "shop"}) == "1 5 125.00");
    CHECK(taken({"C", "shop"}) == "0 0 0.00");
    CHECK(taken({"D", {}}) == "batch_unknown");
    CHECK(taken({{}, "nobody"}) == "agent_unknown");
}
