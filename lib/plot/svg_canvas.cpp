// SPDX-License-Identifier: MIT
#include "plot/svg_canvas.hpp"

#include <array>

#include <fmt/format.h>

#include "meter/xml_text.hpp"

namespace usagectl::plot {

namespace {

std::string class_attribute(std::string_view style) {
    return style.empty() ? "" : fmt::format(" class=\"{}\"", style);
}

}  // namespace

std::string px(Tenths tenths) {
    const std::string sign = tenths < 0 ? "-" : "";
    const Tenths size = tenths < 0 ? -tenths : tenths;
    const std::string whole = sign + std::to_string(size / 10);
    return size % 10 == 0 ? whole : whole + "." + std::to_string(size % 10);
}

void SvgCanvas::text(
    Tenths x, Tenths y, std::string_view content, Anchor anchor, std::string_view style
) {
    constexpr std::array<std::string_view, 3> anchors{
        "", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    body_ += fmt::format(
        "<text x=\"{}\" y=\"{}\"{}{}>{}</text>\n",
        px(x),
        px(y),
        anchors[static_cast<std::size_t>(anchor)],
        class_attribute(style),
        meter::xml_text(content)
    );
}

void SvgCanvas::line(Tenths x1, Tenths y1, Tenths x2, Tenths y2, std::string_view style) {
    path(fmt::format("M{} {}L{} {}", px(x1), px(y1), px(x2), px(y2)), style);
}

void SvgCanvas::rect(Tenths x, Tenths y, Tenths width, Tenths height, std::string_view style) {
    body_ += fmt::format(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{}/>\n",
        px(x),
        px(y),
        px(width),
        px(height),
        class_attribute(style)
    );
}

void SvgCanvas::path(std::string_view commands, std::string_view style) {
    if (!commands.empty()) {
        body_ += fmt::format("<path d=\"{}\"{}/>\n", commands, class_attribute(style));
    }
}

}  // namespace usagectl::plot
