// SPDX-License-Identifier: MIT
// Which lines of a print file are cards of a batch, and that no other file will do.
#include <catch2/catch.hpp>

#include "app/card_print.hpp"
#include "card/shop.hpp"

using namespace usagectl;
using card::Step;
using test::Postgres;
using test::Shop;
using test::Sqlite;

namespace {

card::PrintLine line(const Shop& shop, const card::Serial& serial, const std::string& batch) {
    return {serial, shop.pins().at(serial.text()), test::money("25.00"), "USD", {}, batch};
}

// "yes no yes", or the refusal's message behind what went before it.
std::string take(Shop& shop, const std::string& batch, const std::vector<card::PrintLine>& lines) {
    std::string text;
    shop.store().read([&] {
        auto printing = app::CardPrinting::begin(shop.store(), batch);
        if (!printing) {
            text = printing.error().code;
            return;
        }
        for (const auto& one : lines) {
            const auto wanted = printing->take(one);
            if (!wanted) {
                text += wanted.error().message;
                return;
            }
            text += *wanted ? "yes " : "no ";
        }
        if (const auto done = printing->finish(); !done)
            text += done.error().message;
    });
    return text;
}

}  // namespace

TEMPLATE_TEST_CASE("a print file is held against its batch, card by card", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    const auto b = shop.generate("B", 3, "25.00");
    const auto c = shop.generate("C", 1, "25.00");
    std::vector<card::PrintLine> file;
    for (const auto& serial : b)
        file.push_back(line(shop, serial, "B"));
    const std::string no = "this is not the print file of batch ";
    CHECK(take(shop, "B", file) == "yes yes yes ");
    CHECK(take(shop, "A", file) == "batch_unknown");
    CHECK(take(shop, "C", file) == no + "C: its card " + b[0].text() + " is of another batch");
    CHECK(
        take(shop, "B", {file[0], file[1]}) == "yes yes " + no + "B: 1 cards are missing at its end"
    );
    CHECK(
        take(shop, "B", {file[0], file[2]}) ==
        "yes " + no + "B: card " + b[2].text() + " is where " + b[1].text() + " should be"
    );
    CHECK(
        take(shop, "B", {file[0], file[0]}) ==
        "yes " + no + "B: card " + b[0].text() + " is where " + b[1].text() + " should be"
    );
    CHECK(
        take(shop, "B", {file[0], file[1], file[2], line(shop, c[0], "B")}) ==
        "yes yes yes " + no + "B: card " + c[0].text() + " is one too many"
    );
    auto dearer = file[0];
    dearer.value = test::money("50.00");
    CHECK(
        take(shop, "B", {dearer}) ==
        no + "B: card " + b[0].text() + " has another value or last day"
    );

    // A packaged batch is printed from the file its cards were made with, and takes its own.
    app::MoveCards package;
    package.step = Step::package;
    package.serials = {b[1]};
    package.into = "north";
    REQUIRE(shop.move(package));
    CHECK(take(shop, "north", file) == "no yes no ");
    CHECK(take(shop, "B", file) == "yes no yes ");
    shop.move(Step::annul, b[0]);
    CHECK(take(shop, "B", file) == "no no yes ");

    // Once it has left the printer, nobody needs its PINs any more.
    shop.move(Step::receive, "B");
    CHECK(take(shop, "B", file) == "batch_state_impossible");
}
