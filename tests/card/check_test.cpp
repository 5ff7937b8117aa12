// SPDX-License-Identifier: MIT
// Whether a card can be spent: every path of figure 11, and what comes after it.
#include "card/card.hpp"

#include <catch2/catch.hpp>

using namespace usagectl;
using card::Batch;
using card::BatchState;
using card::Card;
using card::CardState;
using card::Refusal;

namespace {

constexpr auto today = LocalDay(std::chrono::days(20'000));

struct Row {
    std::string words;
    CardState card;
    BatchState batch;
    bool pin_fits;
    std::string code;  // empty: it can be spent
    std::optional<LocalDay> expires = {};
    bool locked = false;
    std::optional<CardState> card_frozen_from = {};
    std::optional<BatchState> batch_frozen_from = {};
};

std::string outcome(const Row& row) {
    Card card;
    card.state = row.card;
    card.frozen_from = row.card_frozen_from;
    Batch batch;
    batch.state = row.batch;
    batch.frozen_from = row.batch_frozen_from;
    batch.expires = row.expires;
    const auto refusal = card::check(&card, &batch, row.locked, row.pin_fits, today);
    return refusal ? std::string(card::code_of(*refusal)) : "";
}

}  // namespace

TEST_CASE("a card is validated in the order of figure 11") {
    using C = CardState;
    using B = BatchState;
    const auto row = GENERATE(values<Row>({
        {"264 no: never activated", C::inactive, B::shipped, true, "card_not_active"},
        {"264 no: generated only", C::inactive, B::generated, true, "card_not_active"},
        {"264 before 266: not activated and a wrong PIN",
         C::inactive,
         B::shipped,
         false,
         "card_not_active"},
        {"266 no: wrong PIN", C::active, B::active, false, "card_wrong_pin"},
        {"266 before 268: used and a wrong PIN", C::used, B::active, false, "card_wrong_pin"},
        {"268 no: used", C::used, B::active, true, "card_already_used"},
        {"268 before expiry",
         C::used,
         B::active,
         true,
         "card_already_used",
         today - std::chrono::days(1)},
        {"270: all passed", C::active, B::active, true, ""},
        {"270: on its last day", C::active, B::active, true, "", today},
        {"expired yesterday",
         C::active,
         B::active,
         true,
         "card_expired",
         today - std::chrono::days(1)},
        {"expired by the night", C::expired, B::active, true, "card_expired"},
        {"expired, and a wrong PIN", C::expired, B::active, false, "card_wrong_pin"},
        {"the card is held", C::frozen, B::active, true, "card_frozen", {}, false, C::active},
        {"held before it was on sale",
         C::frozen,
         B::shipped,
         true,
         "card_not_active",
         {},
         false,
         C::inactive},
        {"the batch is held", C::active, B::frozen, true, "card_frozen", {}, false, {}, B::active},
        {"the batch was held on its way",
         C::inactive,
         B::frozen,
         true,
         "card_not_active",
         {},
         false,
         {},
         B::shipped},
        {"used before the batch was held",
         C::used,
         B::frozen,
         true,
         "card_already_used",
         {},
         false,
         {},
         B::active},
        {"void", C::voided, B::active, true, "card_void"},
        {"void with its batch", C::voided, B::voided, true, "card_void"},
        {"void, and a wrong PIN", C::voided, B::voided, false, "card_wrong_pin"},
        {"locked, whatever it is", C::active, B::active, true, "card_locked", {}, true},
    }));
    INFO(row.words);
    CHECK(outcome(row) == row.code);
}

TEST_CASE("262 no: an unknown serial number") {
    CHECK(card::check(nullptr, nullptr, false, false, today) == Refusal::unknown);
    CHECK(card::check(nullptr, nullptr, true, false, today) == Refusal::locked);
}

TEST_CASE("a PIN has 12 to 16 digits, and what is none is not quoted") {
    CHECK(card::check_pin("123456789012"));
    CHECK(card::check_pin("1234567890123456"));
    const auto text = GENERATE(
        std::string(),
        std::string("12345678901"),
        std::string("12345678901234567"),
        std::string("1234567890abcd"),
        std::string("1234 5678 9012"),
        std::string("12345678901\0", 12),
        // Full-width digits: as many bytes as a PIN may have.
        std::string("\xef\xbc\x91\xef\xbc\x92\xef\xbc\x93\xef\xbc\x94"),
        std::string("-12345678901"),
        std::string("١٢٣٤٥٦")
    );
    const auto sound = card::check_pin(text);
    REQUIRE(!sound);
    CHECK(sound.error().code == "malformed_pin");
    CHECK(sound.error().exit == Exit::usage);
    if (!text.empty())
        CHECK((sound.error().message + sound.error().hint).find(text) == std::string::npos);
}

TEST_CASE("names of batches") {
    CHECK(card::BatchName::parse("2026-11.a_1")->text() == "2026-11.a_1");
    const auto text = GENERATE(
        std::string(), std::string(".a"), std::string("a b"), std::string(33, 'a'), std::string("é")
    );
    CHECK(card::BatchName::parse(text).error().code == "malformed_batch");
}
