// SPDX-License-Identifier: MIT
// Amounts of a billing cycle by what they are for: as the legacy bill has them and as the prepay
// ledger does.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/money.hpp"

namespace usagectl::reconcile {

// Named as people and JSON do.
enum class Part : std::uint8_t {
    energy,    // with credits for energy fed in
    delivery,  // the TDSP's, passed through
    pca,       // estimated in the ledger, actual in the bill
    base,      // charges for every day of service
    taxes,
    // What the prepay system charges by itself: options, fees, minimums. It is exported to the
    // legacy system, which bills it as additional charges (source: US 8,095,475, figure 9, step
    // 220).
    additional,
    // Usage since the last bill, charged when prepay began: the bill has it in the parts above.
    unbilled,
};
inline constexpr std::size_t parts = 7;
inline constexpr std::array<Part, parts> all_parts{
    Part::energy,
    Part::delivery,
    Part::pca,
    Part::base,
    Part::taxes,
    Part::additional,
    Part::unbilled,
};
[[nodiscard]] std::string_view to_string(Part part);
[[nodiscard]] std::optional<Part> parse_part(std::string_view word);
// Which part a name of the chart belongs to; none: it is in no bill, like cash.
[[nodiscard]] std::optional<Part> part_of(std::string_view code);
// True for a name of the chart that the legacy system does not know: options, fees, minimums.
[[nodiscard]] bool prepay_only(std::string_view code);

// What a customer is charged, credits negative.
class Figures {
public:
    [[nodiscard]] Money operator[](Part part) const {
        return amounts_.at(static_cast<std::size_t>(part));
    }
    Money& operator[](Part part) { return amounts_.at(static_cast<std::size_t>(part)); }
    [[nodiscard]] Money total() const;
    void add(const Figures& other);
    bool operator==(const Figures&) const = default;

private:
    std::array<Money, parts> amounts_{};
};

// Millionths in the order of all_parts, a blank between them; and back.
[[nodiscard]] std::string write_figures(const Figures& figures);
[[nodiscard]] std::optional<Figures> read_figures(std::string_view text);

}  // namespace usagectl::reconcile
