// SPDX-License-Identifier: MIT
// The chart of accounts: the names of everything that is not a customer's own balance. A name is
// made of parts with `:` between them, the class first, so that a journal groups by itself.
#pragma once

#include <string>
#include <string_view>

namespace usagectl::ledger {

// "asset", "liability", "equity", "income" or "expense": the class a name begins with.
[[nodiscard]] std::string_view class_of(std::string_view code);
// 1 to 128 characters, parts of A-Z a-z 0-9 . _ -, the class first.
[[nodiscard]] bool valid_code(std::string_view code);

// Money on its way to us, by how it was paid; through an agent, by whom.
[[nodiscard]] std::string received_by(std::string_view method, std::string_view agent = {});
// Revenue of a component of a tariff, by what it is for: "income:energy:Energy Charge".
[[nodiscard]] std::string revenue(std::string_view kind, std::string_view component);
[[nodiscard]] std::string tax(std::string_view jurisdiction, std::string_view component);
[[nodiscard]] std::string fee(std::string_view component);

// Estimated power cost adjustment, until the true-up replaces it.
inline constexpr std::string_view pca_clearing = "liability:pca_clearing";
// What a customer owed when prepay began, kept by the legacy system: past due, and usage that was
// not billed yet. The latter comes with the first bill and is taken back by its true-up.
inline constexpr std::string_view legacy_receivable = "asset:receivable:legacy";
inline constexpr std::string_view unbilled = "asset:receivable:unbilled";
inline constexpr std::string_view deposits = "liability:deposits";
inline constexpr std::string_view debt = "asset:receivable:debt";
inline constexpr std::string_view refunds = "liability:refunds";
inline constexpr std::string_view write_off = "expense:write_off";
inline constexpr std::string_view true_up = "asset:receivable:true_up";
// Worth of the cards that can still be spent; and what agents have of it until they are invoiced,
// what they then owe, and what they keep.
inline constexpr std::string_view unused_cards = "liability:cards";
// Paid for by whoever bought them, and expired.
inline constexpr std::string_view expired_cards = "liability:cards_expired";
[[nodiscard]] std::string cards_at(std::string_view agent);
[[nodiscard]] std::string owed_by(std::string_view agent);
[[nodiscard]] std::string commission_of(std::string_view agent);

}  // namespace usagectl::ledger
