// SPDX-License-Identifier: MIT
// One table of a tariff file, checked against the layout: what is unknown, missing or of the wrong
// type is reported once, when the table is opened; a value is asked for by key and is absent when
// it was not there or not sound.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.hpp"
#include "tariff/format.hpp"
#include "tariff/toml_node.hpp"
#include "tariff/types.hpp"

namespace usagectl::tariff {

class Fields {
public:
    // `place` is where the table begins; `rules` its name in the layout.
    Fields(const Node& table, Place place, std::string_view rules, std::vector<Mistake>& mistakes);

    [[nodiscard]] Place place() const { return place_; }
    [[nodiscard]] Place place_of(std::string_view key) const;  // of its value, else the table's
    [[nodiscard]] const Node* node(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const;  // written, sound or not

    // Texts come out only when they match their shape.
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] std::optional<LocalDay> date(std::string_view key) const;
    [[nodiscard]] std::optional<MonthDay> month_day(std::string_view key) const;
    [[nodiscard]] std::optional<int> clock(std::string_view key) const;  // minutes, 0 to 1440
    [[nodiscard]] std::optional<Rate> rate(std::string_view key) const;  // money comes as a rate
    [[nodiscard]] std::optional<std::int64_t> energy_wh(std::string_view key) const;
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

    Place place_;
    std::string_view rules_;
    std::vector<Mistake>& mistakes_;
    std::vector<Value> values_;
    std::vector<std::string> written_;
};

// "MM-DD" as a day of a leap year; none when there is no such day.
[[nodiscard]] std::optional<MonthDay> parse_month_day(std::string_view text);
// "HH:MM" in minutes; "24:00" is 1440.
[[nodiscard]] std::optional<int> parse_clock(std::string_view text);

// "did you mean summer?", or nothing when none is close.
[[nodiscard]] std::string
did_you_mean(std::string_view text, const std::vector<std::string_view>& known);

}  // namespace usagectl::tariff
