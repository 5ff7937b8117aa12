// SPDX-License-Identifier: MIT
// What a billing cycle was charged for day by day against what its bill says, and why they differ
// (source: US 8,095,475, figure 8, steps 188 to 194).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reconcile/bill.hpp"

namespace usagectl::reconcile {

// A day of the cycle as the ledger has it.
struct ChargedDay {
    LocalDay day{};
    bool charged = false;  // by a day's charge, whether it came to anything or not
    // What the charge counted, by where it came from.
    std::int64_t vee_wh = 0;
    std::int64_t raw_wh = 0;
    std::int64_t estimated_wh = 0;
    // What the day's readings add up to now; none when some are missing.
    std::optional<std::int64_t> known_wh = {};
    Figures amounts = {};

    [[nodiscard]] std::int64_t wh() const { return vee_wh + raw_wh + estimated_wh; }
};

enum class Reason : std::uint8_t {
    reading_changed,   // the day's readings have changed since it was charged
    not_charged,       // the day was never charged
    estimated,         // the day was charged by estimate
    not_settled,       // the day was charged by readings without VEE
    register_differs,  // register reads and interval sums disagree, on no day that is known
    rate,              // what is left of the usage's price, or of a charge by the day
    tax,
    not_in_bill,  // charged by the prepay system, and not among the bill's additional charges
    additional,   // the bill's additional charges
    unbilled,     // charged when prepay began, and billed now
};
[[nodiscard]] std::string_view to_string(Reason reason);

// A piece of a difference; the pieces of a part add up to it.
struct Explained {
    Part part = Part::energy;
    Reason reason = Reason::rate;
    std::optional<LocalDay> day = {};
    std::int64_t wh = 0;  // more (negative: less) than was charged for
    Money amount;         // what the customer pays more for it
    bool operator==(const Explained&) const = default;
};

struct Comparison {
    Figures actual;
    Figures estimated;
    std::int64_t actual_wh = 0;
    std::int64_t charged_wh = 0;
    std::vector<Explained> explained;

    // What the customer still has to pay; negative: gets back.
    [[nodiscard]] Money adjustment() const { return actual.total() - estimated.total(); }
    // Actual PCA less estimated PCA (step 188).
    [[nodiscard]] Money pca_adjustment() const { return actual[Part::pca] - estimated[Part::pca]; }
};

// `days` are the days of the bill's cycle, each once, ascending. Usage that differs is put down to
// the days whose readings have changed, what is left of it to days that were charged by estimate,
// else to days without VEE, else to the register.
[[nodiscard]] Comparison compare(const Bill& bill, const std::vector<ChargedDay>& days);

// For people: "charged by estimate: 1.2 kWh more".
[[nodiscard]] std::string sentence(const Explained& explained);

// One a line; and back.
[[nodiscard]] std::string write_explained(const std::vector<Explained>& explained);
[[nodiscard]] std::optional<std::vector<Explained>> read_explained(std::string_view text);

}  // namespace usagectl::reconcile
