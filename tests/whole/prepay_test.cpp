// SPDX-License-Identifier: MIT
// Prepay as processes: payments and nights at the same second, and killed at any moment.
#include <catch2/catch.hpp>

#include <random>

#include "support/rounds.hpp"
#include "whole/shop.hpp"

namespace usagectl::test {
namespace {

using std::chrono::milliseconds;

constexpr const char* noon = "2026-07-10T17:00:00Z";
constexpr int accounts = 40;

std::string account_id(int number) {
    return "A-" + std::to_string(1000 + number);
}
std::string meter_id(int number) {
    return "M-" + std::to_string(1000 + number);
}

// Accounts in service since 2026-07-06, charged for no day yet, with three days of readings.
struct PrepayShop : Shop {
    explicit PrepayShop(const Place& place)
        : Shop(place.url(), "2026-07-06T17:00:00Z") {
        set("timezone", "America/Chicago");
        const auto tariff = files().write(
            "t.toml",
            "name = \"plain\"\neffective = 2026-01-01\ncurrency = \"USD\"\n"
            "[[energy]]\nname = \"Energy\"\nper_kwh = \"0.10\"\n"
        );
        must({"tariff", "add", tariff});
        std::vector<std::string> meters;
        std::string pays = "account,amount,method,reference\n";
        for (int number = 0; number < accounts; ++number) {
            meters.push_back(meter_id(number));
            must(
                {"account",
                 "create",
                 account_id(number),
                 "--name",
                 "C",
                 "--meter",
                 meter_id(number),
                 "--tariff",
                 "plain",
                 "--meter-number",
                 "1",
                 "--begin-reading",
                 "0",
                 "--installed-on",
                 "2026-07-06",
                 "--last-read-on",
                 "2026-07-06"}
            );
            pays += account_id(number) + "," + std::to_string(2 + number) + ".00,cash,first-" +
                    std::to_string(number) + "\n";
        }
        must({"payment", "import", files().write("first.csv", pays)});
        environment["USAGECTL_NOW"] = noon;
        must({"ingest", files().write("use.csv", hourly(meters, "2026-07-06T05:00:00Z", 72, 500))});
        for (int number = 0; number < accounts; ++number)
            must({"account", "activate", account_id(number)});
    }

    // Status and balance of every account, open orders, and how many entries there are.
    std::string state() {
        auto text = must({"account", "list", "--json"}).json().at("items").dump();
        const auto orders = must({"order", "list", "--json"}).json();
        for (const auto& item : orders.at("items"))
            text += item.at("order").get<std::string>() + item.at("state").get<std::string>();
        for (int number = 0; number < accounts; number += 13) {
            text +=
                must({"payment", "list", account_id(number), "--json"}).json().at("items").dump();
        }
        return text;
    }
    std::string balance(int number) {
        return must({"account", "show", account_id(number), "--json"})
            .json()
            .at("balance")
            .get<std::string>();
    }
};

}  // namespace

TEMPLATE_TEST_CASE("payments and nights at the same second lose nothing", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    PrepayShop shop(place);
    const auto& account = account_id(0);
    std::vector<Started> started;
    for (int at = 0; at < 12; ++at) {
        started.push_back(shop.start(
            {"payment",
             "post",
             account,
             "1.00",
             "--method",
             "cash",
             "--reference",
             "r-" + std::to_string(at / 2),
             "--json"}
        ));
        if (at % 4 == 0)
            started.push_back(shop.start({"nightly", "--date", "2026-07-08", "--json"}));
    }
    for (auto& one : started) {
        const int exit = one.wait();
        INFO(one.err());
        CHECK(exit == 0);
    }
    // Six references of a dollar; three days of 12 kWh at 10 cents; 2.00 from the beginning.
    CHECK(shop.balance(0) == "4.40");
    const auto payments = shop.must({"payment", "list", account, "--json"}).json().at("items");
    CHECK(payments.size() == 7);
    const auto orders =
        shop.must({"order", "list", "--account", account, "--open", "--json"}).json().at("items");
    CHECK(orders.empty());
    const auto again = shop.must({"nightly", "--date", "2026-07-08", "--json"}).json();
    CHECK(again.at("charged") == 0);
    CHECK(shop.run({"audit", "ledger", "--json"}).exit == 0);
}

TEMPLATE_TEST_CASE("a payment that is killed is posted once in the end", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    PrepayShop shop(place);
    std::mt19937 random(20260710);
    int kills = 0;
    const int payments = rounds(40);
    for (int round = 0; round < payments; ++round) {
        const std::vector<std::string> words{
            "payment",
            "post",
            account_id(1),
            "1.00",
            "--method",
            "ach",
            "--reference",
            "k-" + std::to_string(round),
            "--json"};
        auto run = shop.start(words);
        if (!run.ends_within(milliseconds(random() % 40))) {
            run.kill();
            ++kills;
        }
        run.wait();
        shop.must(words);
    }
    CHECK(kills > 0);
    CHECK(shop.balance(1) == std::to_string(3 + payments) + ".00");
    CHECK(
        shop.must({"payment", "list", account_id(1), "--json"}).json().at("items").size() ==
        static_cast<std::size_t>(payments) + 1
    );
    CHECK(shop.run({"audit", "ledger", "--json"}).exit == 0);
}

TEMPLATE_TEST_CASE("a night that is killed ends as one that was not", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType quiet_place;
    PrepayShop quiet(quiet_place);
    const auto expected_run = quiet.must({"nightly", "--date", "2026-07-09", "--json"}).json();
    const auto expected = quiet.state();

    std::mt19937 random(20260711);
    for (int round = 0; round < rounds(3); ++round) {
        const TestType place;
        PrepayShop shop(place);
        int kills = 0;
        for (;; ++kills) {
            auto run = shop.start({"nightly", "--date", "2026-07-09", "--json"});
            if (!run.ends_within(milliseconds(5 + random() % static_cast<unsigned>(20 + 10 * kills))
                ))
                run.kill();
            if (run.wait() == 0)
                break;
            REQUIRE(kills < 200);
        }
        CHECK(shop.state() == expected);
        const auto last = shop.must({"nightly", "--date", "2026-07-09", "--json"}).json();
        CHECK(last.at("charged") == 0);
        for (std::size_t step = 0; step < last.at("steps").size(); ++step) {
            const auto& told = last.at("steps").at(step);
            INFO(told.dump());
            CHECK(told.at("items") == expected_run.at("steps").at(step).at("items"));
            CHECK(told.at("amount") == expected_run.at("steps").at(step).at("amount"));
        }
        CHECK(shop.run({"audit", "ledger", "--json"}).exit == 0);
    }
}

}  // namespace usagectl::test
