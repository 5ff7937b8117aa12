// SPDX-License-Identifier: MIT
// What one person may put on sale alone, and when it takes two.
#include <catch2/catch.hpp>

#include "card/shop.hpp"

using namespace usagectl;
using card::Step;
using test::Postgres;
using test::Shop;
using test::Sqlite;

namespace {

class Counter {
public:
    explicit Counter(const test::Place& place)
        : shop(place) {
        rules_ = shop.rules();
        rules_.timezone = "America/Chicago";
        rules_.second_person_above = Money::from_cents(10'000);
        shop.agent("shop", card::Basis::used);
    }

    // At the agent's, who has said so.
    void ready(const std::string& batch) const {
        app::MoveCards ship;
        ship.step = Step::ship;
        ship.batch = batch;
        ship.agent = "shop";
        REQUIRE(shop.move(ship));
        shop.move(Step::confirm, batch);
    }
    void make(const std::string& batch, std::int64_t cards) {
        shop.generate(batch, cards, "25.00");
        shop.move(Step::print, batch);
        shop.move(Step::receive, batch);
    }
    void package(const std::string& from, std::int64_t cards, const std::string& into) const {
        app::MoveCards request;
        request.step = Step::package;
        request.batch = from;
        request.count = cards;
        request.into = into;
        REQUIRE(shop.move(request));
    }
    // "on sale", "a second person" or the refusal's code.
    std::string activate(const std::string& batch, const std::string& who) {
        app::MoveCards request;
        request.step = Step::activate;
        request.batch = batch;
        const app::Actor actor{who, "os", "card activate", "[]"};
        const auto done =
            app::move_cards(shop.store(), request, rules_, actor, shop.office().clock());
        if (!done)
            return done.error().code;
        return done->front().second_person ? "a second person" : "on sale";
    }

    Shop shop;

private:
    app::CardRules rules_;
};

}  // namespace

TEMPLATE_TEST_CASE("cards beyond the limit take two people", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Counter counter(place);
    counter.make("B", 5);
    counter.ready("B");
    CHECK(counter.activate("B", "ann") == "a second person");
    CHECK(counter.activate("B", "ann") == "second_person_needed");
    CHECK(counter.shop.books("shop").empty());
    CHECK(counter.activate("B", "ben") == "on sale");
    CHECK(counter.shop.books("shop") == "cards -125.00, at agent 125.00");
    CHECK(counter.activate("B", "ben") == "batch_state_impossible");
}

TEMPLATE_TEST_CASE("the limit holds for a person's day, not for a batch", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Counter counter(place);
    counter.make("B", 9);
    counter.package("B", 3, "B-2");
    counter.package("B", 3, "B-3");
    for (const auto* batch : {"B", "B-2", "B-3"})
        counter.ready(batch);
    CHECK(counter.activate("B", "ann") == "on sale");
    CHECK(counter.activate("B-2", "ann") == "a second person");
    CHECK(counter.activate("B-2", "ann") == "second_person_needed");
    // What two put on sale counts for neither of them.
    CHECK(counter.activate("B-2", "ben") == "on sale");
    CHECK(counter.activate("B-3", "ben") == "on sale");
    CHECK(counter.shop.inventory() == "active 9 held 0");
}

TEMPLATE_TEST_CASE("tomorrow is another day", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Counter counter(place);
    counter.make("B", 8);
    counter.package("B", 4, "B-2");
    counter.ready("B");
    counter.ready("B-2");
    counter.shop.at("2026-09-22T04:59:00Z");  // a minute before midnight in Chicago
    CHECK(counter.activate("B", "ann") == "on sale");
    // What is packaged out of it is still what was put on sale.
    counter.package("B", 2, "B-3");
    CHECK(counter.activate("B-2", "ann") == "a second person");
    counter.shop.at("2026-09-22T05:00:00Z");
    CHECK(counter.activate("B-2", "ann") == "on sale");
}
