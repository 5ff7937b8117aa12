// SPDX-License-Identifier: MIT
// The nouns of meter data: whose it is, which way the energy flows, how sure it is.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"

namespace usagectl::meter {

// Channel numbers are those of the ERCOT LSE header row one.
enum class Channel : std::uint8_t { generation = 1, consumption = 4 };

// vee: settlement quality (validated, estimated, edited by the TDSP). raw: on-demand, non-VEE.
enum class Layer : std::uint8_t { vee = 0, raw = 1 };

// Stored per interval, in this order of preference from worst to best.
enum class Quality : std::uint8_t { missing = 0, estimated = 1, actual = 2 };

// The public name of a meter: an ESI ID (10 to 22 digits in practice), an NMI, or another utility's
// identifier. 1 to 64 characters of A-Z a-z 0-9 . _ : / - ; a leading apostrophe (a spreadsheet
// artefact in Smart Meter Texas files) is dropped by parse.
class MeterId {
public:
    // Error code `malformed_meter`, exit 2.
    [[nodiscard]] static Result<MeterId> parse(std::string_view text);
    [[nodiscard]] static bool valid(std::string_view text);  // as parse, without the apostrophe
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    auto operator<=>(const MeterId&) const = default;

private:
    explicit MeterId(std::string text)
        : text_(std::move(text)) {}
    std::string text_;
};

// Interval lengths the store accepts, in minutes.
[[nodiscard]] constexpr bool valid_interval_minutes(std::int64_t minutes) {
    return minutes == 5 || minutes == 10 || minutes == 15 || minutes == 30 || minutes == 60;
}

// The largest energy one interval may carry, in Wh: 1 TWh, far above any meter, far below overflow
// of a sum over a day.
inline constexpr std::int64_t max_interval_wh = 1'000'000'000'000;

[[nodiscard]] std::string_view to_string(Channel channel);  // "generation", "consumption"
[[nodiscard]] std::string_view to_string(Layer layer);      // "vee", "raw"
[[nodiscard]] std::string_view to_string(Quality quality);  // "missing", "estimated", "actual"

}  // namespace usagectl::meter
