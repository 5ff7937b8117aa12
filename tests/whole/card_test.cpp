// SPDX-License-Identifier: MIT
// Prepaid cards as processes: many at one card, killed at any moment, without room on the disk.
#include <algorithm>
#include <atomic>
#include <random>
#include <set>
#include <thread>

#include <catch2/catch.hpp>

#include "support/rounds.hpp"
#include "whole/card_shop.hpp"

namespace usagectl::test {
namespace {

using std::chrono::milliseconds;

std::string code_of(const std::string& err) {
    return nlohmann::json::parse(err).at("error").at("code");
}

}  // namespace

TEMPLATE_TEST_CASE("of 64 processes with one card one has it", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    CardShop shop(place.url());
    const int turns = rounds(1);
    const auto cards = shop.on_sale("B", turns);
    for (const auto& card : cards) {
        std::vector<Started> started;
        for (int at = 0; at < 64; ++at) {
            started.push_back(shop.start(
                {"card",
                 "redeem",
                 card.serial,
                 "--account",
                 "A-1",
                 "--pin-file",
                 card.pin_file,
                 "--json"}
            ));
        }
        int won = 0;
        for (auto& one : started) {
            const int exit = one.wait();
            INFO(one.err());
            won += exit == 0 ? 1 : 0;
            const bool told = exit == 0 || code_of(one.err()) == "card_already_used";
            CHECK(told);
        }
        CHECK(won == 1);
    }
    auto spent = shop.spent("A-1");
    CHECK(spent.size() == cards.size());
    CHECK(std::set<std::string>(spent.begin(), spent.end()).size() == cards.size());
    shop.check();
}

// What eight processes do that redeem all cards in an order of their own; whoever kills them comes
// by again and again. Each goes on with a key, and hears the first answer again.
TEMPLATE_TEST_CASE(
    "cards spent by eight processes that are killed are spent once", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    CardShop shop(place.url());
    const int count = rounds(24);
    const auto cards = shop.on_sale("B", count);
    std::mt19937 random(20261120);
    std::vector<std::vector<ShopCard>> left(8, cards);
    for (auto& mine : left)
        std::shuffle(mine.begin(), mine.end(), random);
    int kills = 0;
    std::map<std::string, std::string> answers;
    while (std::any_of(left.begin(), left.end(), [](const auto& mine) { return !mine.empty(); })) {
        std::vector<std::pair<std::size_t, Started>> started;
        for (std::size_t at = 0; at < left.size(); ++at) {
            if (!left[at].empty())
                started.emplace_back(at, shop.start(shop.redeem_words(left[at].back(), "A-1")));
        }
        const bool kill = random() % 3 == 0;
        for (auto& [at, one] : started) {
            if (kill && !one.ends_within(milliseconds(random() % 30))) {
                one.kill();
                ++kills;
            }
            const int exit = one.wait();
            if (exit == 137)
                continue;
            INFO(one.err());
            REQUIRE(exit == 0);
            auto answer = nlohmann::json::parse(one.out());
            const auto& serial = left[at].back().serial;
            const auto [known, first] = answers.emplace(serial, answer.at("payment"));
            CHECK(known->second == answer.at("payment"));
            left[at].pop_back();
        }
    }
    CHECK(kills > 0);
    auto spent = shop.spent("A-1");
    std::sort(spent.begin(), spent.end());
    std::vector<std::string> all;
    for (const auto& card : cards)
        all.push_back(card.serial);
    std::sort(all.begin(), all.end());
    CHECK(spent == all);
    const auto used =
        shop.must({"card", "list", "--batch", "B", "--state", "used", "--json"}).json();
    CHECK(used.at("items").size() == cards.size());
    shop.check();
}

TEMPLATE_TEST_CASE("generation that is killed goes on, and no PIN is lost", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    std::mt19937 random(20261121);
    for (int round = 0; round < rounds(2); ++round) {
        const TestType place;
        CardShop shop(place.url());
        // Dear enough for a piece to take some time.
        shop.set("cards.hash_memory_kib", "256");
        constexpr int count = 1500;
        int kills = 0;
        auto words = shop.generate_words("B", count);
        words.insert(words.end(), {"--idempotency-key", "make-B"});
        while (true) {
            auto run = shop.start(words);
            if (!run.ends_within(milliseconds(5 + random() % static_cast<unsigned>(60 + 10 * kills))
                )) {
                run.kill();
                ++kills;
            }
            const int exit = run.wait();
            if (exit == 0)
                break;
            INFO(run.err());
            REQUIRE(exit == 137);
        }
        CHECK(kills > 0);
        CHECK(shop.must(words).json().at("made") == count);
        CHECK(shop.run(shop.generate_words("B", count)).exit == 4);
        const auto cards = shop.printed("B");
        REQUIRE(cards.size() == count);
        std::set<std::string> serials;
        std::string lines;
        shop.put_on_sale("B");
        for (const auto& card : cards) {
            serials.insert(card.serial);
            lines += R"({"serial":")" + card.serial + R"(","account":"A-1","pin":")" + card.pin +
                     "\"}\n";
        }
        CHECK(serials.size() == count);
        CHECK(*serials.begin() == cards.front().serial);
        // Every PIN of the file fits the card beside it.
        const auto input = shop.secret("all.jsonl", lines);
        const auto redeemed = shop.run({"card", "redeem", "--batch-input", input});
        INFO(redeemed.err << redeemed.out.substr(0, 1000));
        CHECK(redeemed.exit == 0);
        CHECK(shop.spent("A-1").size() == count);
        shop.check();
    }
}

TEMPLATE_TEST_CASE("without room for the print file nothing is lost", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    CardShop shop(place.url());
    // So many blocks of 512 or 1024 bytes for any file: less than the PINs need, and on SQLite more
    // than the store has. A write beyond it fails as on a full disk.
    std::string line = "trap '' XFSZ; ulimit -f 24; exec env";
    for (const auto& [key, value] : shop.environment)
        line += " '" + key + "=" + value + "'";
    line += " " + std::string(USAGECTL);
    for (const auto& word : shop.generate_words("B", 1000))
        line += " '" + word + "'";
    if (place.dialect() == store::Dialect::postgresql) {
        const auto log = shop.files().path("full.log");
        Child full({"sh", "-c", line}, log);
        CHECK(full.wait() == 5);
        const auto said = shop.files().read("full.log");
        INFO(said);
        CHECK(said.find("print_file_not_written") != std::string::npos);
        const auto batches = shop.must({"card", "batches", "--json"}).json().at("items");
        REQUIRE(batches.size() == 1);
        CHECK(batches[0].at("made") < 1000);
    } else {
        Child full({"sh", "-c", line}, shop.files().path("full.log"));
        CHECK(full.wait() == 5);
    }
    shop.must(shop.generate_words("B", 1000));
    CHECK(shop.printed("B").size() == 1000);
    shop.check();
}

}  // namespace usagectl::test
