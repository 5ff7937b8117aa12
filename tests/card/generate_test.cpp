// SPDX-License-Identifier: MIT
// A batch that is made in several runs: what the store has, the print file has.
#include <algorithm>

#include <catch2/catch.hpp>

#include "card/print_line.hpp"
#include "card/shop.hpp"

using namespace usagectl;
using test::Postgres;
using test::Shop;
using test::Sqlite;

namespace {

// Cards whose PIN in the file is not the one the store knows; the marks of a shop begin with it.
std::int64_t unlike(const Shop& shop, const std::string& batch) {
    std::int64_t lost = 0;
    auto rest = std::string_view(shop.print_file(batch)).substr(card::print_header.size());
    while (!rest.empty()) {
        const auto line = test::must(card::parse_print_line(rest.substr(0, rest.find('\n'))));
        lost += shop.card(line.serial).mark.hash.rfind(line.pin, 0) == 0 ? 0 : 1;
        rest.remove_prefix(rest.find('\n') + 1);
    }
    return lost;
}

}  // namespace

TEMPLATE_TEST_CASE(
    "a batch is gone on with where its file and the store are", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Shop shop(place);
    constexpr auto count = 3 * app::piece_cards + 7;
    Shop::Making first{"B", count};
    first.pieces = 1;
    CHECK(shop.make(first).batch.made == app::piece_cards);
    // Whoever held the file until now, or a server that ended what he asked for last, has come
    // further by the time we have it.
    Shop::Making second{"B", count};
    second.reopened = [&] { shop.make(first); };
    const auto made = shop.make(second);
    CHECK(made.resumed);
    CHECK(made.batch.made == count);
    const auto& file = shop.print_file("B");
    CHECK(std::count(file.begin(), file.end(), '\n') == count + 1);
    CHECK(unlike(shop, "B") == 0);
    CHECK(shop.inventory() == "stock " + std::to_string(count) + " held 0");
}
