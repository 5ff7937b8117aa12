// SPDX-License-Identifier: MIT
// The few SVG elements the drawings use, in tenths of a pixel.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace usagectl::plot {

using Tenths = std::int64_t;

// 125 is "12.5", 120 is "12".
[[nodiscard]] std::string px(Tenths tenths);

enum class Anchor : std::uint8_t { start, middle, end };

// Appends elements to a document body; classes name styles of the document's one style sheet. Text
// is escaped here, and nowhere else.
class SvgCanvas {
public:
    void
    text(Tenths x, Tenths y, std::string_view content, Anchor anchor, std::string_view style = {});
    void line(Tenths x1, Tenths y1, Tenths x2, Tenths y2, std::string_view style);
    void rect(Tenths x, Tenths y, Tenths width, Tenths height, std::string_view style);
    // `commands` is path data; nothing is drawn when it is empty.
    void path(std::string_view commands, std::string_view style);

    [[nodiscard]] const std::string& body() const { return body_; }

private:
    std::string body_;
};

}  // namespace usagectl::plot
