// SPDX-License-Identifier: MIT
// A line of the bills as a bill.
#pragma once

#include "legacy/row.hpp"
#include "reconcile/bill.hpp"

namespace usagectl::legacy {

// What a person gives for all bills whose lines do not say it (source: US 8,095,475, figure 8, step
// 182: the base rate, and the actual power charge adjustment to be used).
struct GivenRates {
    std::optional<Rate> base;  // energy by the kWh
    std::optional<Rate> pca;
};

// Of a line of bills_layout(). A rate's amount is rounded once, half to even. Errors (6): those of
// Row, `malformed_account`, `energy_charge_missing`, `pca_missing` (neither the line nor a given
// rate says it), `pca_twice` (a rate and an amount), `amount_out_of_range` (beyond 10^9).
[[nodiscard]] Result<reconcile::Bill>
read_bill(const Header& header, const CsvRecord& record, const GivenRates& given);

}  // namespace usagectl::legacy
