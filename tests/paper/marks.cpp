// SPDX-License-Identifier: MIT
#include "paper/marks.hpp"

#include <algorithm>
#include <array>

#include "paper/text_fit.hpp"

namespace usagectl::paper_test {

namespace {

std::string encoded(unsigned point) {
    const auto byte = [](unsigned value) { return static_cast<char>(value); };
    if (point < 0x80)
        return {byte(point)};
    if (point < 0x800)
        return {byte(0xc0 | point >> 6U), byte(0x80 | (point & 0x3fU))};
    return {
        byte(0xe0 | point >> 12U),
        byte(0x80 | (point >> 6U & 0x3fU)),
        byte(0x80 | (point & 0x3fU))};
}

// What windows_1252() makes each letter of.
std::array<std::string, 256> sources() {
    std::array<std::string, 256> found;
    for (unsigned point = 0x20; point < 0x2200; ++point) {
        const auto utf8 = encoded(point);
        const auto letter = paper::windows_1252(utf8);
        auto& source = found.at(static_cast<unsigned char>(letter.front()));
        if (source.empty() && (letter != "?" || point == '?'))
            source = utf8;
    }
    return found;
}

std::string utf8(const std::string& windows_1252) {
    static const auto table = sources();
    std::string text;
    for (const char letter : windows_1252)
        text += table.at(static_cast<unsigned char>(letter));
    return text;
}

Rectangle text_rectangle(const paper::Mark& mark) {
    const auto letters = utf8(mark.letters.reveal());
    const int width = paper::text_width(letters, mark.height, mark.ink.bold);
    int left = mark.x;
    if (mark.align == paper::Align::right)
        left -= width;
    if (mark.align == paper::Align::centre)
        left -= width / 2;
    return {left, mark.y - mark.height / 5, left + width, mark.y + mark.height * 3 / 4, letters};
}

}  // namespace

Rectangle rectangle(const paper::Mark& mark) {
    if (mark.kind == UsagectlPaperMark::text)
        return text_rectangle(mark);
    return {
        mark.x,
        mark.y,
        mark.x + mark.width,
        mark.y + mark.height,
        "kind " + std::to_string(mark.kind)};
}

std::vector<std::vector<paper::Mark>> pages(const paper::Document& document) {
    std::vector<std::vector<paper::Mark>> all;
    for (const auto& mark : document.marks()) {
        if (mark.kind == UsagectlPaperMark::page)
            all.emplace_back();
        else
            all.back().push_back(mark);
    }
    return all;
}

bool overlap(const Rectangle& one, const Rectangle& other) {
    return one.left < other.right && other.left < one.right && one.bottom < other.top &&
           other.bottom < one.top;
}

bool inside(const Rectangle& inner, const Rectangle& outer) {
    return inner.left >= outer.left && inner.right <= outer.right && inner.bottom >= outer.bottom &&
           inner.top <= outer.top;
}

}  // namespace usagectl::paper_test
