// SPDX-License-Identifier: MIT
#include "tariff/reader.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "tariff/reader_parts.hpp"

namespace usagectl::tariff {

namespace {

void read_head(const Fields& root, Tariff& tariff) {
    tariff.name = root.text("name");
    tariff.title = root.text("title").empty() ? tariff.name : root.text("title");
    tariff.effective = root.date("effective").value_or(LocalDay{});
    tariff.currency = root.text("currency");
    tariff.rounding = parse_rounding(root.text("rounding")).value_or(Rounding::half_even);
}

}  // namespace

Bits named_bits(
    const Fields& fields,
    std::string_view key,
    std::string_view noun,
    const std::vector<std::string_view>& known,
    Draft& draft
) {
    const auto names = fields.list(key);
    if (names.empty())
        return ~Bits{0};
    Bits bits = 0;
    for (const auto* name : names) {
        const auto found = std::find(known.begin(), known.end(), name->text);
        if (found != known.end()) {
            bits |= bit(static_cast<std::size_t>(found - known.begin()));
            continue;
        }
        auto hint = did_you_mean(name->text, known);
        if (hint.empty()) {
            for (const auto other : known) {
                if (!other.empty())
                    hint += (hint.empty() ? "there are " : ", ") + std::string(other);
            }
        }
        draft.add(name->place, "there is no " + std::string(noun) + " " + quoted(name->text), hint);
    }
    return bits;
}

std::vector<std::string_view> season_names(const Tariff& tariff) {
    std::vector<std::string_view> names;
    for (const auto& season : tariff.seasons)
        names.push_back(season.name);
    return names;
}

std::vector<std::string_view> period_names(const Tariff& tariff) {
    return {tariff.periods.begin(), tariff.periods.end()};
}

ReadTariff read_tariff(std::string_view text) {
    Draft draft;
    if (const auto document = layout::parse_toml(text, draft.mistakes)) {
        const Fields root(format(), *document, draft.mistakes);
        read_head(root, draft.tariff);
        read_calendar(root, draft);
        read_charges(root, draft);
    }
    if (draft.mistakes.empty())
        return {std::move(draft.tariff), {}};
    layout::sort_by_place(draft.mistakes);
    return {std::nullopt, std::move(draft.mistakes)};
}

}  // namespace usagectl::tariff
