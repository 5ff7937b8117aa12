// SPDX-License-Identifier: MIT
#include "market/market.hpp"

namespace usagectl::market {

std::string_view to_string(ReadState state) {
    switch (state) {
    case ReadState::pending:
        return "pending";
    case ReadState::completed:
        return "completed";
    case ReadState::failed:
        return "failed";
    case ReadState::technical_failure:
        return "technical_failure";
    case ReadState::too_many:
        return "too_many";
    case ReadState::unknown:
        break;
    }
    return "unknown";
}

std::string_view to_string(Power power) {
    switch (power) {
    case Power::on:
        return "on";
    case Power::off:
        return "off";
    case Power::unknown:
        break;
    }
    return "unknown";
}

}  // namespace usagectl::market
