// SPDX-License-Identifier: MIT
#include "whole/card_shop.hpp"

#include <sys/stat.h>

#include <sstream>

#include <catch2/catch.hpp>

namespace usagectl::test {

CardShop::CardShop(const std::string& url)
    : Shop(url, "2026-11-20T14:00:00Z") {
    const auto tariff = files().write(
        "t.toml",
        "name = \"plain\"\neffective = 2026-01-01\ncurrency = \"USD\"\n"
        "[[energy]]\nname = \"Energy\"\nper_kwh = \"0.10\"\n"
    );
    must({"tariff", "add", tariff});
    account("A-1");
    set("cards.hash_memory_kib", "8");
    set("cards.hash_passes", "1");
    for (const auto* lock : {"card", "account", "channel", "global"})
        set("cards.lock_" + std::string(lock), "0");
    set("cards.second_person_above", "0");
    must({"card", "key"});
    must({"agent", "add", "corner", "--name", "Corner Shop"});
}

void CardShop::account(const std::string& id) {
    must({"account", "create", id, "--name", "C", "--meter", "M-" + id, "--tariff", "plain"});
}

std::vector<std::string> CardShop::generate_words(const std::string& batch, int count) {
    return {
        "card",
        "generate",
        "--batch",
        batch,
        "--count",
        std::to_string(count),
        "--value",
        "10.00",
        "--print-file",
        files().path(batch + ".csv"),
        "--json"};
}

void CardShop::put_on_sale(const std::string& batch) {
    must({"card", "receive", "--batch", batch});
    must({"card", "ship", "--batch", batch, "--agent", "corner"});
    must({"card", "confirm", "--batch", batch});
    must({"card", "activate", "--batch", batch});
}

std::vector<ShopCard> CardShop::on_sale(const std::string& batch, int count) {
    must(generate_words(batch, count));
    put_on_sale(batch);
    return printed(batch);
}

std::vector<ShopCard> CardShop::printed(const std::string& batch) {
    std::istringstream text(files().read(batch + ".csv"));
    std::vector<ShopCard> cards;
    std::string line;
    std::getline(text, line);
    while (std::getline(text, line)) {
        const auto end = line.find(',', 13);
        ShopCard card{line.substr(0, 12), line.substr(13, end - 13), ""};
        card.pin_file = secret(card.serial + ".pin", card.pin + "\n");
        cards.push_back(card);
    }
    return cards;
}

std::string CardShop::secret(const std::string& name, const std::string& text) const {
    const auto path = files().write(name, text);
    ::chmod(path.c_str(), S_IRUSR | S_IWUSR);
    return path;
}

std::vector<std::string>
CardShop::redeem_words(const ShopCard& card, const std::string& account) const {
    return {
        "card",
        "redeem",
        card.serial,
        "--account",
        account,
        "--pin-file",
        card.pin_file,
        "--idempotency-key",
        "k-" + card.serial,
        "--json"};
}

std::vector<std::string> CardShop::spent(const std::string& account) {
    std::vector<std::string> references;
    const auto list = must({"payment", "list", account, "--json"}).json();
    for (const auto& item : list.at("items"))
        references.push_back(item.at("reference").get<std::string>());
    return references;
}

void CardShop::check() {
    const auto ledger = run({"audit", "ledger", "--json"});
    INFO(ledger.out << ledger.err);
    CHECK(ledger.exit == 0);
    CHECK(run({"db", "check"}).exit == 0);
}

}  // namespace usagectl::test
