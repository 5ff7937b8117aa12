// SPDX-License-Identifier: MIT
// The parts of the reader. Each reads its tables of the file into the pack and adds what is wrong
// to the list.
#pragma once

#include "layout/fields.hpp"
#include "rules/format.hpp"
#include "rules/reader.hpp"

namespace usagectl::rules {

using layout::Fields;

void read_holidays(const Fields& root, Pack& pack);
void read_rules(const Fields& root, Pack& pack);
// After the rules: what holds a case is named by them.
void read_cases(const Fields& root, const Pack& pack, std::vector<Case>& cases);

[[nodiscard]] std::size_t weekday_number(std::string_view name);  // "mon" is 0
[[nodiscard]] Protections protections_of(const Fields& fields, std::string_view key);

}  // namespace usagectl::rules
