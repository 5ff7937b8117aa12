// SPDX-License-Identifier: MIT
// Cards that are moved and spent at the same time, which PostgreSQL lets happen: the books are
// right whoever comes first, and nobody waits in a circle.
#include <thread>

#include <catch2/catch.hpp>

#include "card/shop.hpp"
#include "store/sql.hpp"
#include "support/await_waiting.hpp"

using namespace usagectl;
using card::Step;
using test::Postgres;
using test::Shop;

namespace {

std::unique_ptr<app::Store> open_patient(const test::Place& place) {
    auto options = place.options();
    options.busy = std::chrono::seconds(30);
    return store::open_store(options, SystemClock());
}

// Batch B becomes void, by a connection of its own.
Error annul(const test::Place& place, Shop& shop) {
    return test::error_of([&] {
        const auto store = open_patient(place);
        app::MoveCards request;
        request.step = Step::annul;
        request.batch = "B";
        request.reason = "test";
        static_cast<void>(test::must(
            app::move_cards(*store, request, shop.rules(), test::clerk, shop.office().clock())
        ));
    });
}

}  // namespace

TEST_CASE("a card that is spent while its batch becomes void is not in the batch's worth") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    Shop shop(place);
    shop.agent("shop", card::Basis::used);
    const auto cards = shop.generate("B", 3, "25.00");
    shop.sell("B", "shop");
    Error error;
    std::thread thread;
    shop.redeem(cards[0], "1", [&] {
        thread = std::thread([&] { error = annul(place, shop); });
        test::await_waiting(place, "%from card%for update%");
    });
    thread.join();
    CHECK(error.code.empty());
    CHECK(shop.inventory() == "used 1 void 2 held 0");
    CHECK(shop.books("shop") == "at agent 25.00");
}

TEST_CASE("taking a payment back and moving its card do not wait in a circle") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    Shop shop(place);
    shop.agent("shop", card::Basis::used);
    const auto cards = shop.generate("B", 2, "25.00");
    shop.sell("B", "shop");
    const auto payment = shop.redeem(cards[0]);
    shop.move(Step::annul, "B");
    Error error;
    std::thread thread;
    const auto mover = open_patient(place);
    mover->write([&] {
        mover->cards().lock_stock();
        thread = std::thread([&] {
            error = test::error_of([&] {
                const auto store = open_patient(place);
                app::ReversePayment request;
                request.payment = payment;
                request.reason = "test";
                static_cast<void>(test::must(app::reverse_payment(
                    *store, request, test::prepay(), test::clerk, shop.office().clock()
                )));
            });
        });
        test::await_waiting(place, "%pg_advisory_xact_lock%");
        CHECK(mover->cards().lock(cards[0]));
    });
    thread.join();
    CHECK(error.code.empty());
    CHECK(shop.inventory() == "void 2 held 0");
    CHECK(shop.books("shop").empty());
}

TEST_CASE("a batch that becomes void and cards that are spent do not wait in a circle") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    Shop shop(place);
    shop.agent("shop", card::Basis::used);
    const auto cards = shop.generate("B", 2, "25.00");
    shop.generate("C", 1, "25.00");
    shop.sell("B", "shop");
    // The first card comes behind the second where the table keeps them.
    const auto session = place.session();
    session->begin(store::Access::write);
    for (const auto* batch : {"C", "B"})
        session->script(
            "update card set batch = (select number from card_batch where name = '" +
            std::string(batch) + "') where number = " + std::to_string(cards[0].number())
        );
    session->commit();

    Error error;
    std::thread thread;
    const auto spender = open_patient(place);
    spender->write([&] {
        CHECK(spender->cards().lock(cards[0]));
        thread = std::thread([&] { error = annul(place, shop); });
        test::await_waiting(place, "%card%");
        CHECK(spender->cards().lock(cards[1]));
    });
    thread.join();
    CHECK(error.code.empty());
    CHECK(shop.inventory() == "stock 1 void 2 held 0");
}
