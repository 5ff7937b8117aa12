// SPDX-License-Identifier: MIT
// The lives of batches and cards as tables: every step from every state.
#include "card/state.hpp"

#include <map>
#include <string>

#include <catch2/catch.hpp>

using namespace usagectl;
using card::BatchState;
using card::CardState;
using card::Step;

namespace {

constexpr int batch_states = static_cast<int>(BatchState::voided) + 1;
constexpr int card_states = static_cast<int>(CardState::locked) + 1;
constexpr int steps = static_cast<int>(Step::reinstate) + 1;

// "step state": what comes of it. What is not here is impossible.
const std::map<std::string, std::string> batch_table{
    {"print generated", "printed"},    {"print printed", "printed"},
    {"receive generated", "received"}, {"receive printed", "received"},
    {"receive shipped", "received"},   {"ship received", "shipped"},
    {"confirm shipped", "shipped"},    {"activate shipped", "active"},
    {"freeze generated", "frozen"},    {"freeze printed", "frozen"},
    {"freeze received", "frozen"},     {"freeze shipped", "frozen"},
    {"freeze active", "frozen"},       {"unfreeze frozen", "shipped"},
    {"void generated", "void"},        {"void printed", "void"},
    {"void received", "void"},         {"void shipped", "void"},
    {"void active", "void"},           {"void frozen", "void"},
    {"expire received", "received"},   {"expire shipped", "shipped"},
    {"expire active", "active"},
};

const std::map<std::string, std::string> card_table{
    {"activate inactive", "active"},
    {"freeze inactive", "frozen"},
    {"freeze active", "frozen"},
    {"unfreeze frozen", "active"},
    {"void inactive", "void"},
    {"void active", "void"},
    {"void frozen", "void"},
    {"expire inactive", "expired"},
    {"expire active", "expired"},
    {"expire frozen", "expired"},
    {"redeem active", "used"},
    {"reinstate used", "active"},
};

template <class State>
void hold(
    const std::map<std::string, std::string>& table, int states, State before, std::string_view code
) {
    for (int s = 0; s < steps; ++s) {
        for (int f = 0; f < states; ++f) {
            const auto step = static_cast<Step>(s);
            const auto from = static_cast<State>(f);
            const auto name = std::string(to_string(step)) + " " + std::string(to_string(from));
            INFO(name);
            const auto next = card::after(step, from, before);
            const auto row = table.find(name);
            if (row != table.end()) {
                REQUIRE(next);
                CHECK(to_string(*next) == row->second);
                continue;
            }
            REQUIRE(!next);
            CHECK(next.error().code == code);
            CHECK(next.error().exit == Exit::refused);
            CHECK(next.error().message.find(to_string(from)) != std::string::npos);
        }
    }
}

}  // namespace

TEST_CASE("each step of a batch from each state") {
    hold<BatchState>(batch_table, batch_states, BatchState::shipped, "batch_state_impossible");
}

TEST_CASE("each step of a card from each state") {
    hold<CardState>(card_table, card_states, CardState::active, "card_state_impossible");
}

TEST_CASE("states are called what the contract calls them") {
    CHECK(to_string(BatchState::voided) == "void");
    CHECK(to_string(CardState::voided) == "void");
    for (int at = 0; at < batch_states; ++at) {
        const auto state = static_cast<BatchState>(at);
        CHECK(card::parse_batch_state(to_string(state)) == state);
    }
    for (int at = 0; at < card_states; ++at) {
        const auto state = static_cast<CardState>(at);
        CHECK(card::parse_card_state(to_string(state)) == state);
    }
    CHECK(!card::parse_card_state("voided"));
}
