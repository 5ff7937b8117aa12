// SPDX-License-Identifier: MIT
// A shop that sells prepaid cards of 10.00, at the lowest cost of trying a PIN, with the PINs in
// files that only we can read.
#pragma once

#include <string>
#include <vector>

#include "whole/shop.hpp"

namespace usagectl::test {

struct ShopCard {
    std::string serial;
    std::string pin;
    std::string pin_file;
};

class CardShop : public Shop {
public:
    explicit CardShop(const std::string& url);

    void account(const std::string& id);
    // The words that make a batch; the PINs go to `batch`.csv among the files.
    [[nodiscard]] std::vector<std::string> generate_words(const std::string& batch, int count);
    // Up to where customers can buy them.
    std::vector<ShopCard> on_sale(const std::string& batch, int count);
    void put_on_sale(const std::string& batch);
    // What its print file says.
    std::vector<ShopCard> printed(const std::string& batch);
    // A file of ours alone.
    std::string secret(const std::string& name, const std::string& text) const;

    [[nodiscard]] std::vector<std::string>
    redeem_words(const ShopCard& card, const std::string& account) const;
    // Of the account's payments by prepaid card: their references, which are serial numbers.
    std::vector<std::string> spent(const std::string& account);
    // `audit ledger` and `db check` find nothing.
    void check();
};

}  // namespace usagectl::test
