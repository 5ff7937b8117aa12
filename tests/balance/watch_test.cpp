// SPDX-License-Identifier: MIT
// balance --watch: what is told again, what is kept, and when it ends.
#include <algorithm>

#include "balance/teller.hpp"

using namespace usagectl;
using std::chrono::milliseconds;
using test::at;
using test::Household;
using test::Postgres;
using test::Sqlite;
using test::Teller;

namespace {

std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

std::size_t quotes(app::Store& store) {
    const auto number = store.accounts().find("A-1")->number;
    return store.quotes().quotes(number, {test::day_after(0), test::day_after(9)}).size();
}

}  // namespace

TEMPLATE_TEST_CASE("a watch tells what changes, and keeps what it told", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const Household home(*store, test::plain_tariff, "20.00");
    Teller teller(place);
    teller.while_waiting.meanwhile = {
        [] {},
        [&] { home.pay("5.00", at(2)); },
        [] {},
        [&] { home.pay("1.00", at(2, 13)); },
    };
    const auto ran = teller("balance A-1 --watch=7 --json=balance,quoted_id");
    CHECK(ran.exit == 130);
    CHECK(ran.err.empty());
    const auto line = [](const char* balance, const char* number) {
        return std::string("{\"schema\":\"usagectl.balance/1\",\"balance\":\"") + balance +
               "\",\"quoted_id\":\"Q-A-1-20260923-" + number + "\"}\n";
    };
    CHECK(ran.out == line("18.00", "1") + line("23.00", "2") + line("24.00", "3"));
    CHECK(teller.while_waiting.waited == std::vector<milliseconds>(5, milliseconds(7000)));
    CHECK(quotes(*store) == 3);
}

TEST_CASE("a watch in words is one line a change, on a terminal one screen") {
    const Sqlite place;
    const auto store = place.open();
    const Household home(*store, test::plain_tariff, "20.00");
    Teller teller(place);
    teller.while_waiting.meanwhile = {[] {}, [&] { home.pay("5.00", at(2)); }};
    const auto said = teller("balance A-1 --watch");
    CHECK(said.exit == 130);
    CHECK(lines(said.out) == 2);
    CHECK_THAT(said.out, Catch::Contains("18.00") && Catch::Contains("23.00"));
    CHECK(teller.while_waiting.waited.front() == milliseconds(5000));

    teller.terminal = true;
    teller.while_waiting.meanwhile = {[] {}};
    const auto drawn = teller("balance A-1 --watch");
    // Drawn anew each time, changed or not.
    const std::string clear = "\x1b[H\x1b[2J";
    CHECK(drawn.out.starts_with(clear));
    CHECK(drawn.out.find(clear, clear.size()) != std::string::npos);
}

TEST_CASE("a watch without record keeps nothing, and one that is not taken says why") {
    const Sqlite place;
    const auto store = place.open();
    const Household home(*store, test::plain_tariff, "20.00");
    Teller teller(place);
    CHECK(teller("balance A-1 --watch --no-record").exit == 130);
    CHECK(quotes(*store) == 0);
    for (const auto* line :
         {"balance A-1 --watch=0",
          "balance A-1 --watch=86401",
          "balance A-1 --watch=soon",
          "balance --all --watch",
          "balance A-1 --watch --known-at 2026-01-07T00:00:00Z"}) {
        CAPTURE(line);
        CHECK(teller(line).exit == 2);
    }
}

TEST_CASE("a store that fails in the middle of a watch ends it") {
    const Sqlite place;
    const auto store = place.open();
    const Household home(*store, test::plain_tariff, "20.00");
    Teller teller(place);
    teller.while_waiting.meanwhile = {[&] { teller.at.trigger = {true, 1, 0, {}}; }};
    const auto ran = teller("balance A-1 --watch");
    CHECK(ran.exit == 5);
    CHECK(lines(ran.out) == 1);
    CHECK_THAT(ran.err, Catch::Contains("made to fail"));
}
