// SPDX-License-Identifier: MIT
#include "ledger/entry.hpp"

#include <array>

namespace usagectl::ledger {

namespace {

constexpr std::array<std::string_view, 10> kinds{
    "charge",
    "correction",
    "setup",
    "fee",
    "payment",
    "reversal",
    "deposit",
    "adjustment",
    "settlement",
    "transfer",
};

}  // namespace

bool balanced(const Entry& entry) {
    Int128 sum = 0;
    for (const auto& posting : entry.postings)
        sum += posting.amount.micro();
    return sum == entry.amount.micro();
}

std::string_view to_string(Kind kind) {
    return kinds.at(static_cast<std::size_t>(kind));
}

std::optional<Kind> parse_kind(std::string_view word) {
    for (std::size_t at = 0; at < kinds.size(); ++at) {
        if (kinds.at(at) == word)
            return static_cast<Kind>(at);
    }
    return std::nullopt;
}

}  // namespace usagectl::ledger
