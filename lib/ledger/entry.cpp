// SPDX-License-Identifier: MIT
#include "ledger/entry.hpp"

#include "base/words.hpp"

namespace usagectl::ledger {

namespace {

constexpr Words<Kind::transfer> kinds{
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
    return kinds.word(kind);
}

std::optional<Kind> parse_kind(std::string_view word) {
    return kinds.parse(word);
}

}  // namespace usagectl::ledger
