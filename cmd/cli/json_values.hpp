// SPDX-License-Identifier: MIT
// Values that may be absent, as answers hold them: absent is null, never missing.
#pragma once

#include <optional>
#include <string>

#include "cli/context.hpp"

namespace usagectl::cli {

[[nodiscard]] inline Json instant_json(const std::optional<Instant>& at) {
    return at ? Json(format_instant(*at)) : Json(nullptr);
}

[[nodiscard]] inline Json day_json(const std::optional<LocalDay>& day) {
    return day ? Json(format_day(*day)) : Json(nullptr);
}

[[nodiscard]] inline Json text_json(const std::optional<std::string>& text) {
    return text ? Json(*text) : Json(nullptr);
}

}  // namespace usagectl::cli
