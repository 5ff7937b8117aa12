// SPDX-License-Identifier: MIT
// The names in a question about a quote, in the terms of the versions it is charged by.
#pragma once

#include <vector>

#include "app/tariff_quote.hpp"

namespace usagectl::app {

// What an account holds. Names a version does not have mean nothing in it.
struct Held {
    tariff::Bits options = 0;
    tariff::Bits exempt = 0;
};
[[nodiscard]] Held held_in(const tariff::Plan& plan, const QuoteQuestion& question);

// A name that means nothing in any version used is a slip of the pen: `option_unknown`,
// `exemption_unknown` (2), with the names there are.
[[nodiscard]] Result<void> check_names(const Quote& quote, const QuoteQuestion& question);

// The fees of the events asked for. Error `fee_unknown` (2), with those there are.
[[nodiscard]] Result<std::vector<tariff::FeeEvent>>
fees_in(const tariff::Plan& plan, const QuoteQuestion& question);

}  // namespace usagectl::app
