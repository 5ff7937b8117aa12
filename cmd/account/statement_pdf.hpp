// SPDX-License-Identifier: MIT
// A statement as a customer gets it, in the account's language.
#pragma once

#include <string>

#include "app/statement.hpp"

namespace usagectl {

struct Letterhead {
    std::string utility;  // may be empty
    std::string currency;
};

// The bytes of the PDF. Failures: as paper::Document::pdf().
[[nodiscard]] std::string statement_pdf(const app::Statement& statement, const Letterhead& head);

}  // namespace usagectl
