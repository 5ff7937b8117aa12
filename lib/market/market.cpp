// SPDX-License-Identifier: MIT
#include "market/market.hpp"

#include "base/words.hpp"

namespace usagectl::market {

namespace {

constexpr Words<ReadState::unknown> read_states{
    "pending", "completed", "failed", "technical_failure", "too_many", "unknown"};
constexpr Words<Power::unknown> powers{"on", "off", "unknown"};

}  // namespace

std::string_view to_string(ReadState state) {
    return read_states.word(state);
}

std::string_view to_string(Power power) {
    return powers.word(power);
}

}  // namespace usagectl::market
