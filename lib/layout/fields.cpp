// SPDX-License-Identifier: MIT
#include "layout/fields.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "base/text.hpp"
#include "layout/shapes.hpp"

namespace usagectl::layout {

namespace {

std::string name_of(const Format& format, std::string_view rules) {
    return rules.empty() ? std::string(format.whole) : "[" + std::string(rules) + "]";
}

std::string list_of(const std::vector<std::string_view>& words, std::string_view last) {
    std::string text;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (at != 0)
            text += at + 1 == words.size() ? " " + std::string(last) + " " : ", ";
        text += words[at];
    }
    return text;
}

}  // namespace

std::string did_you_mean(std::string_view text, const std::vector<std::string_view>& known) {
    const auto found = nearest(text, known, 3);
    return found.empty() ? std::string() : "did you mean " + list_of(found, "or") + "?";
}

Fields::Fields(
    const Format& format,
    const Node& table,
    Place place,
    std::string_view rules,
    std::vector<Mistake>& mistakes
)
    : format_(format)
    , place_(place)
    , rules_(rules)
    , mistakes_(mistakes) {
    const auto known = format.rules_of(rules);
    std::vector<std::string_view> keys;
    for (const auto* rule : known)
        keys.push_back(rule->key);
    for (const auto& entry : table.entries) {
        const auto rule = std::find_if(known.begin(), known.end(), [&](const KeyRule* candidate) {
            return candidate->key == entry.key;
        });
        written_.push_back(entry.key);
        if (rule != known.end()) {
            values_.push_back({*rule, &entry.value, check_shape(**rule, entry.value, mistakes_)});
            continue;
        }
        auto hint = did_you_mean(entry.key, keys);
        if (hint.empty())
            hint = "it has " + list_of(keys, "and");
        mistakes_.push_back(
            {entry.place,
             name_of(format, rules) + " has no key " + quoted(entry.key),
             std::move(hint)}
        );
    }
    check_required(known);
}

void Fields::check_required(const std::vector<const KeyRule*>& rules) {
    for (const auto* rule : rules) {
        if (rule->required && !has(rule->key)) {
            mistakes_.push_back(
                {place_,
                 name_of(format_, rules_) + " has no " + std::string(rule->key),
                 std::string(rule->key) + ": " + std::string(rule->help)}
            );
        }
    }
    for (const auto& rule : format_.one_of) {
        if (rule.table != rules_)
            continue;
        const auto given =
            std::count_if(rule.keys.begin(), rule.keys.end(), [&](auto key) { return has(key); });
        if (given != 1) {
            mistakes_.push_back(
                {place_,
                 name_of(format_, rules_) + (given == 0 ? " has no " : " has more than one ") +
                     std::string(rule.noun),
                 "write exactly one of " + list_of(rule.keys, "and")}
            );
        }
    }
}

bool Fields::has(std::string_view key) const {
    return std::find(written_.begin(), written_.end(), key) != written_.end();
}

const Fields::Value* Fields::find(std::string_view key) const {
    const auto found = std::find_if(values_.begin(), values_.end(), [&](const Value& value) {
        return value.rule->key == key;
    });
    return found == values_.end() ? nullptr : &*found;
}

const Node* Fields::node(std::string_view key) const {
    const auto* value = find(key);
    return value != nullptr && value->sound ? value->node : nullptr;
}

Place Fields::place_of(std::string_view key) const {
    const auto* value = find(key);
    return value == nullptr ? place_ : value->node->place;
}

std::string Fields::text(std::string_view key) const {
    const auto* found = node(key);
    return found == nullptr ? std::string() : found->text;
}

std::optional<LocalDay> Fields::date(std::string_view key) const {
    const auto* found = node(key);
    return found == nullptr ? std::nullopt : found->date;
}

std::optional<MonthDay> Fields::month_day(std::string_view key) const {
    const auto* found = node(key);
    return found == nullptr ? std::nullopt : parse_month_day(found->text);
}

std::optional<int> Fields::clock(std::string_view key) const {
    const auto* found = node(key);
    return found == nullptr ? std::nullopt : parse_clock(found->text);
}

std::optional<Rate> Fields::rate(std::string_view key) const {
    const auto* value = find(key);
    if (value == nullptr || !value->sound)
        return std::nullopt;
    const auto scaled = parse_scaled(value->node->text, 9);
    return scaled ? std::optional(Rate::from_nano(scaled->value)) : std::nullopt;
}

std::optional<std::int64_t> Fields::energy_wh(std::string_view key) const {
    const auto* found = node(key);
    if (found == nullptr)
        return std::nullopt;
    const auto scaled = parse_scaled(found->text, 3);
    return scaled ? std::optional(scaled->value) : std::nullopt;
}

std::optional<Money> Fields::amount(std::string_view key) const {
    const auto* found = node(key);
    if (found == nullptr)
        return std::nullopt;
    const auto money = parse_money(found->text);
    return money ? std::optional(*money) : std::nullopt;
}

std::optional<std::int64_t> Fields::count(std::string_view key) const {
    const auto* found = node(key);
    return found == nullptr ? std::nullopt : found->number;
}

std::optional<bool> Fields::flag(std::string_view key) const {
    const auto* found = node(key);
    return found == nullptr ? std::nullopt : std::optional(found->truth);
}

std::vector<const Node*> Fields::list(std::string_view key) const {
    std::vector<const Node*> elements;
    const auto* found = node(key);
    if (found == nullptr)
        return elements;
    if (found->type != Node::Type::array)
        return {found};
    for (const auto& element : found->elements)
        elements.push_back(&element);
    return elements;
}

}  // namespace usagectl::layout
