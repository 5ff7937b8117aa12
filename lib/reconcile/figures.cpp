// SPDX-License-Identifier: MIT
#include "reconcile/figures.hpp"

#include <charconv>
#include <utility>

#include "base/words.hpp"
#include "ledger/chart.hpp"

namespace usagectl::reconcile {

namespace {

constexpr Words<Part::unbilled> words{
    "energy", "delivery", "pca", "base", "taxes", "additional", "unbilled"};

// Beginnings of the chart's names (ledger/chart.hpp), and what they are for.
constexpr std::array<std::pair<std::string_view, Part>, 9> beginnings{{
    {"income:energy:", Part::energy},
    {"income:generation:", Part::energy},
    {"income:delivery:", Part::delivery},
    {"income:pca:", Part::pca},
    {"income:fixed:", Part::base},
    {"liability:tax:", Part::taxes},
    {"income:option:", Part::additional},
    {"income:fee:", Part::additional},
    {"income:minimum:", Part::additional},
}};

}  // namespace

std::string_view to_string(Part part) {
    return words.word(part);
}

std::optional<Part> parse_part(std::string_view word) {
    return words.parse(word);
}

std::optional<Part> part_of(std::string_view code) {
    if (code == ledger::pca_clearing)
        return Part::pca;
    if (code == ledger::unbilled)
        return Part::unbilled;
    for (const auto& [beginning, part] : beginnings) {
        if (code.starts_with(beginning))
            return part;
    }
    return std::nullopt;
}

bool prepay_only(std::string_view code) {
    return part_of(code) == Part::additional;
}

Money Figures::total() const {
    Money sum;
    for (const auto amount : amounts_)
        sum = sum + amount;
    return sum;
}

void Figures::add(const Figures& other) {
    for (const auto part : all_parts)
        (*this)[part] = (*this)[part] + other[part];
}

std::string write_figures(const Figures& figures) {
    std::string text;
    for (const auto part : all_parts) {
        if (!text.empty())
            text += ' ';
        text += std::to_string(figures[part].micro());
    }
    return text;
}

std::optional<Figures> read_figures(std::string_view text) {
    Figures figures;
    for (const auto part : all_parts) {
        if (part != Part::energy) {
            if (!text.starts_with(' '))
                return std::nullopt;
            text.remove_prefix(1);
        }
        std::int64_t micro = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), micro);
        if (error != std::errc())
            return std::nullopt;
        figures[part] = Money::from_micro(micro);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    }
    return text.empty() ? std::optional(figures) : std::nullopt;
}

}  // namespace usagectl::reconcile
