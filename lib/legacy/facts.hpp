// SPDX-License-Identifier: MIT
// What the legacy billing system knows of an account (source: US 8,095,475, figure 3, step 62:
// name, address, telephone numbers, e-mail addresses, meter and billing information).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "account/types.hpp"
#include "legacy/row.hpp"

namespace usagectl::legacy {

// Absent or empty: the extract does not tell.
struct Facts {
    std::string account;
    std::string name;
    account::Address address;
    std::vector<account::Contact> contacts;
    std::optional<std::string> language;
    std::optional<std::string> meter;  // MeterId text
    account::MeterFacts meter_facts;
    std::optional<std::int64_t> cycle_day;
    std::optional<Money> past_due;
    std::optional<std::int64_t> unbilled_wh;
    std::optional<Money> unbilled;
    std::optional<Money> deposit;
    std::optional<bool> critical_care;
    std::optional<bool> chronic_condition;
    std::optional<bool> medical;
    std::optional<bool> tax_exempt;
};
[[nodiscard]] bool same(const Facts& left, const Facts& right);

// Of a line of extract_layout(). Errors (6): those of Row, `malformed_account`, `malformed_meter`,
// `malformed_language`.
[[nodiscard]] Result<Facts> read_facts(const Header& header, const CsvRecord& record);

}  // namespace usagectl::legacy
