// SPDX-License-Identifier: MIT
#include "card/print_line.hpp"

#include <array>

#include "card/pin.hpp"

namespace usagectl::card {

namespace {

tl::unexpected<Error> malformed(std::string what) {
    return refuse(
        Exit::rejected,
        "print_line_malformed",
        std::move(what),
        "use the print file as usagectl card generate wrote it"
    );
}

}  // namespace

Result<PrintLine> parse_print_line(std::string_view line) {
    std::array<std::string_view, 6> fields;
    for (std::size_t at = 0; at < fields.size(); ++at) {
        const auto comma = line.find(',');
        const bool last = at + 1 == fields.size();
        if (last != (comma == std::string_view::npos))
            return malformed("it does not have 6 fields");
        fields.at(at) = line.substr(0, comma);
        line.remove_prefix(last ? line.size() : comma + 1);
    }
    PrintLine parsed;
    const auto serial = Serial::parse(fields[0]);
    if (!serial || fields[0] != serial->text())
        return malformed("its first field is no serial number");
    parsed.serial = *serial;
    if (!check_pin(fields[1]))
        return malformed("its second field is no PIN");
    parsed.pin = fields[1];
    const auto value = parse_money(fields[2]);
    if (!value)
        return malformed("its third field is no value");
    parsed.value = *value;
    parsed.currency = fields[3];
    if (!fields[4].empty()) {
        const auto day = parse_day(fields[4]);
        if (!day)
            return malformed("its fifth field is no date");
        parsed.expires = *day;
    }
    parsed.batch = fields[5];
    return parsed;
}

}  // namespace usagectl::card
