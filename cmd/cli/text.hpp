// SPDX-License-Identifier: MIT
// Text on its way to a person: how wide it shows, what must not reach a terminal, how a long line
// breaks, and which known word an unknown one was meant to be.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl::cli {

// Control characters as \xNN and bytes that are not UTF-8 as U+FFFD: file content can then not
// move the cursor of a terminal or forge a line.
[[nodiscard]] std::string harmless(std::string_view text);

// Columns a harmless text takes: wide characters two, combining ones none.
[[nodiscard]] std::size_t display_width(std::string_view text);

// Breaks at spaces so that no line is wider than `width`, each after `indent` spaces.
[[nodiscard]] std::string wrap(std::string_view text, std::size_t width, std::size_t indent);

[[nodiscard]] std::string join(std::span<const std::string_view> parts, std::string_view between);

// "did you mean a, b?" or an empty text: the nearest known words, and those that begin with `word`.
[[nodiscard]] std::string
did_you_mean(std::string_view word, std::span<const std::string_view> known);

// Splits as a shell does: spaces separate, '…' and "…" keep together, a backslash takes the next
// character as it is. False when a quote is not closed.
[[nodiscard]] bool split_words(std::string_view text, std::vector<std::string>& words);

}  // namespace usagectl::cli
