// SPDX-License-Identifier: MIT
#include "usage/answer.hpp"

namespace usagectl {

std::string_view quality_text(meter::Quality quality, const std::optional<meter::Layer>& layer) {
    if (quality == meter::Quality::missing)
        return "missing";
    if (layer == meter::Layer::raw)
        return "raw";
    return to_string(quality);
}

cli::Json interval_json(
    Instant start,
    Instant end,
    std::int64_t wh,
    meter::Quality quality,
    const std::optional<meter::Layer>& layer
) {
    const bool missing = quality == meter::Quality::missing;
    cli::Json item;
    item["start"] = format_instant(start);
    item["end"] = format_instant(end);
    item["wh"] = missing ? cli::Json(nullptr) : cli::Json(wh);
    item["quality"] = quality_text(quality, layer);
    item["layer"] = layer ? cli::Json(to_string(*layer)) : cli::Json(nullptr);
    return item;
}

std::string local_text(Instant at, const Zone& zone) {
    const auto offset = zone.offset(at) / 60;
    const auto east = offset < 0 ? -offset : offset;
    // The wall clock, written with the digits of the instant that reads the same in UTC.
    std::string text = format_instant(at + std::chrono::minutes(offset));
    text[10] = ' ';
    text.resize(16);
    const auto two = [&](std::int32_t number) {
        text += static_cast<char>('0' + number / 10);
        text += static_cast<char>('0' + number % 10);
    };
    text += offset < 0 ? '-' : '+';
    two(east / 60);
    text += ':';
    two(east % 60);
    return text;
}

}  // namespace usagectl
