// SPDX-License-Identifier: MIT
// One table of a file, checked against the layout: what is unknown, missing or of the wrong
// type is reported once, when the table is opened; a value is asked for by key and is absent when
// it was not there or not sound.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "base/month_day.hpp"
#include "layout/format.hpp"
#include "layout/node.hpp"

namespace usagectl::layout {

class Fields {
public:
    // `place` is where the table begins; `rules` its name in the layout.
    Fields(
        const Format& format,
        const Node& table,
        Place place,
        std::string_view rules,
        std::vector<Mistake>& mistakes
    );
    // The root of a file.
    Fields(const Format& format, const Node& root, std::vector<Mistake>& mistakes)
        : Fields(format, root, {1, 1}, "", mistakes) {}
    // A table inside this one.
    [[nodiscard]] Fields open(const Node& table, std::string_view rules) const {
        return {format_, table, table.place, rules, mistakes_};
    }

    [[nodiscard]] Place place() const { return place_; }
    [[nodiscard]] Place place_of(std::string_view key) const;  // of its value, else the table's
    [[nodiscard]] const Node* node(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const;  // written, sound or not

    // What is wrong beyond the shape of a value.
    void add(Place place, std::string message, std::string hint = {}) const {
        mistakes_.push_back({place, std::move(message), std::move(hint)});
    }

    // Texts come out only when they match their shape.
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] std::optional<LocalDay> date(std::string_view key) const;
    [[nodiscard]] std::optional<MonthDay> month_day(std::string_view key) const;
    [[nodiscard]] std::optional<int> clock(std::string_view key) const;  // in minutes
    [[nodiscard]] std::optional<Rate> rate(std::string_view key) const;  // money comes as a rate
    [[nodiscard]] std::optional<std::int64_t> energy_wh(std::string_view key) const;
    [[nodiscard]] std::optional<Money> amount(std::string_view key) const;
    [[nodiscard]] std::optional<std::int64_t> count(std::string_view key) const;
    [[nodiscard]] std::optional<bool> flag(std::string_view key) const;
    // The sound elements of an array, or of the one value a list may be written as.
    [[nodiscard]] std::vector<const Node*> list(std::string_view key) const;

private:
    struct Value {
        const KeyRule* rule;
        const Node* node;
        bool sound;
    };
    [[nodiscard]] const Value* find(std::string_view key) const;
    void check_required(const std::vector<const KeyRule*>& rules);

    const Format& format_;
    Place place_;
    std::string_view rules_;
    std::vector<Mistake>& mistakes_;
    std::vector<Value> values_;
    std::vector<std::string> written_;
};

// "did you mean summer?", or nothing when none is close.
[[nodiscard]] std::string
did_you_mean(std::string_view text, const std::vector<std::string_view>& known);

}  // namespace usagectl::layout
