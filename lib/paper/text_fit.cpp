// SPDX-License-Identifier: MIT
#include "paper/text_fit.hpp"

#include <array>
#include <cstdint>

#include "base/error.hpp"
#include "base/module.hpp"
#include "base/secret.hpp"
#include "paper/document.hpp"

namespace usagectl::paper {

namespace {

using Widths = std::array<std::uint16_t, 256>;

Widths read_widths(bool bold) {
    const auto read = module_function<decltype(usagectl_paper_letter_widths)>(
        "paper", "usagectl_paper_letter_widths"
    );
    Widths widths{};
    if (!read(bold ? 1 : 0, widths.data()))
        throw Failure("pdf_not_drawn", "libharu does not tell how wide letters are");
    return widths;
}

const Widths& widths_of(bool bold) {
    static const std::array<Widths, 2> widths{read_widths(false), read_widths(true)};
    return widths.at(bold ? 1 : 0);
}

// In thousandths of the size.
std::int64_t relative_width(std::string_view letters, bool bold) {
    const auto& widths = widths_of(bold);
    auto text = windows_1252(letters);
    std::int64_t sum = 0;
    for (const char letter : text)
        sum += widths.at(static_cast<unsigned char>(letter));
    wipe(text);  // it may be secret
    return sum;
}

int scaled(std::int64_t relative, int size) {
    return static_cast<int>((relative * size + 999) / 1000);
}

}  // namespace

int text_width(std::string_view letters, int size, bool bold) {
    return scaled(relative_width(letters, bold), size);
}

std::optional<int>
fitting_size(std::string_view letters, bool bold, int most, int least, int width) {
    const auto relative = relative_width(letters, bold);
    int size = most;
    while (size >= least && scaled(relative, size) > width)
        --size;
    return size >= least ? std::optional(size) : std::nullopt;
}

std::optional<std::vector<std::string>>
wrap(std::string_view letters, int size, bool bold, int width, std::size_t lines_max) {
    std::vector<std::string> lines;
    while (true) {
        const auto begin = letters.find_first_not_of(' ');
        if (begin == std::string_view::npos)
            return lines;
        letters.remove_prefix(begin);
        const auto word = letters.substr(0, letters.find(' '));
        letters.remove_prefix(word.size());
        auto longer = lines.empty() ? std::string() : lines.back() + ' ';
        longer += word;
        if (!lines.empty() && text_width(longer, size, bold) <= width) {
            lines.back() = std::move(longer);
            continue;
        }
        if (lines.size() == lines_max || text_width(word, size, bold) > width)
            return std::nullopt;
        lines.emplace_back(word);
    }
}

}  // namespace usagectl::paper
