// SPDX-License-Identifier: MIT
#include "cli/values.hpp"

#include <limits>

#include "base/number.hpp"
#include "base/text.hpp"

namespace usagectl::cli {

Result<std::int64_t> parse_between(std::string_view text, std::int64_t low, std::int64_t high) {
    if (const auto value = parse_integer(text, low, high))
        return *value;
    auto message = usagectl::quoted(text) + " is not a whole number";
    if (low != std::numeric_limits<std::int64_t>::min()) {
        message += " between " + std::to_string(low) + " and " + std::to_string(high);
    }
    return refuse(Exit::usage, "malformed_number", std::move(message));
}

Result<std::int64_t> Parse<std::int64_t>::from(std::string_view text) {
    return parse_between(
        text, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()
    );
}

Result<bool> Parse<bool>::from(std::string_view text) {
    for (const auto yes : {"true", "yes", "on", "1"}) {
        if (text == yes)
            return true;
    }
    for (const auto no : {"false", "no", "off", "0"}) {
        if (text == no)
            return false;
    }
    return refuse(
        Exit::usage, "malformed_boolean", usagectl::quoted(text) + " is neither true nor false"
    );
}

Result<meter::Channel> Parse<meter::Channel>::from(std::string_view text) {
    if (text == "4" || text == "consumption")
        return meter::Channel::consumption;
    if (text == "1" || text == "generation")
        return meter::Channel::generation;
    return refuse(
        Exit::usage,
        "malformed_channel",
        usagectl::quoted(text) + " is not a channel",
        "use 4 (consumption) or 1 (generation)"
    );
}

Result<meter::Layer> Parse<meter::Layer>::from(std::string_view text) {
    if (text == "vee")
        return meter::Layer::vee;
    if (text == "raw")
        return meter::Layer::raw;
    return refuse(
        Exit::usage, "malformed_layer", usagectl::quoted(text) + " is not a layer", "use vee or raw"
    );
}

}  // namespace usagectl::cli
