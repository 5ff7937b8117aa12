// SPDX-License-Identifier: MIT
// The file that hands orders to the field system: one line an order, with the same fields in each
// format.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/orders.hpp"
#include "cli/output_file.hpp"

namespace usagectl {

enum class FieldFormat : std::uint8_t { csv, jsonl };

// order, account, kind, meter, created_at, due_at, reason, new_meter, note, amount, currency,
// payment. CSV begins with a header row and leaves empty what is not known, or not meant for the
// kind; a JSON line has null there. `currency` is that of every amount.
void write_field_file(
    cli::OutputFile& file,
    FieldFormat format,
    const std::vector<app::OrderShown>& orders,
    const std::string& currency
);

}  // namespace usagectl
