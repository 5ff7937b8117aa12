// SPDX-License-Identifier: MIT
// A line of the print file, as it is written when cards are made and read when they are printed:
// serial number, PIN, value, currency, last day, batch.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "card/serial.hpp"

namespace usagectl::card {

inline constexpr std::string_view print_header = "serial,pin,value,currency,expires,batch\n";

// `pin` lies in the line that was parsed.
struct PrintLine {
    Serial serial = Serial::of(Serial::first_number);
    std::string_view pin;
    Money value;
    std::string currency;
    std::optional<LocalDay> expires;
    std::string batch;
};

// A line without its end. Error `print_line_malformed` (6), which does not quote it.
[[nodiscard]] Result<PrintLine> parse_print_line(std::string_view line);

}  // namespace usagectl::card
