// SPDX-License-Identifier: MIT
// Values that may be absent, as answers hold them: absent is null, never missing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cli/context.hpp"

namespace usagectl::cli {

[[nodiscard]] inline Json instant_json(const std::optional<Instant>& at) {
    return at ? Json(format_instant(*at)) : Json(nullptr);
}

[[nodiscard]] inline Json day_json(const std::optional<LocalDay>& day) {
    return day ? Json(format_day(*day)) : Json(nullptr);
}

// A wall clock without a zone, to the minute: `2026-11-20T08:00`.
[[nodiscard]] inline Json local_json(const std::optional<LocalTime>& time) {
    if (!time)
        return nullptr;
    const auto day = std::chrono::floor<std::chrono::days>(*time);
    const auto minute = static_cast<int>((*time - day) / std::chrono::minutes(1));
    const auto two = [](int number) { return std::to_string(100 + number).substr(1); };
    return format_day(day) + "T" + two(minute / 60) + ":" + two(minute % 60);
}

[[nodiscard]] inline Json text_json(const std::optional<std::string>& text) {
    return text ? Json(*text) : Json(nullptr);
}

template <class T>
[[nodiscard]] Json value_json(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

[[nodiscard]] inline Json money_json(const std::optional<Money>& amount) {
    return amount ? Json(format_money(*amount)) : Json(nullptr);
}

// A text that stands for nothing when it is empty.
[[nodiscard]] inline Json name_json(std::string_view name) {
    return name.empty() ? Json(nullptr) : Json(name);
}

}  // namespace usagectl::cli
