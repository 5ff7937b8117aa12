// SPDX-License-Identifier: MIT
#include "layout/shapes.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "base/text.hpp"
#include "layout/fields.hpp"

namespace usagectl::layout {

namespace {

using Type = Node::Type;
constexpr int end_of_day = 24 * 60;

Shape element_of(Shape shape) {
    switch (shape) {
    case Shape::texts:
        return Shape::text;
    case Shape::choices:
        return Shape::choice;
    case Shape::dates:
        return Shape::date;
    case Shape::month_days:
        return Shape::month_day;
    case Shape::tables:
        return Shape::table;
    default:
        return shape;
    }
}

Type type_of(Shape shape) {
    switch (shape) {
    case Shape::table:
        return Type::table;
    case Shape::date:
        return Type::date;
    case Shape::count:
        return Type::integer;
    case Shape::flag:
        return Type::boolean;
    default:
        return Type::string;
    }
}

bool is_number(Shape shape) {
    return shape == Shape::amount || shape == Shape::rate || shape == Shape::signed_rate ||
           shape == Shape::percent || shape == Shape::energy;
}

// What is expected, with an example.
std::string_view example_of(Shape shape) {
    switch (shape) {
    case Shape::id:
        return "1 to 64 characters of A-Z a-z 0-9 . _ -";
    case Shape::text:
        return "1 to 80 printable characters";
    case Shape::snake:
        return "small letters, digits and _: \"low_balance\"";
    case Shape::sentence:
        return "1 to 400 printable characters";
    case Shape::currency:
        return "three capital letters: USD";
    case Shape::state:
        return "two capital letters: TX";
    case Shape::date:
        return "a date without quotes: 2026-01-01";
    case Shape::month_day:
        return "month and day: \"06-01\"";
    case Shape::clock:
        return "hours and minutes in steps of five: \"13:00\", at most \"24:00\"";
    case Shape::minute:
        return "hours and minutes: \"08:00\", at most \"23:59\"";
    case Shape::flag:
        return "true or false, without quotes";
    case Shape::amount:
        return "an amount with at most two decimals: \"12.34\"";
    case Shape::rate:
        return "a price of at most nine decimals, not negative: \"0.0891\"";
    case Shape::signed_rate:
        return "a price of at most nine decimals: \"0.0891\" or \"-0.0025\"";
    case Shape::percent:
        return "a percentage from 0 to 100: \"8.25\"";
    case Shape::energy:
        return "kilowatt hours with at most three decimals, above zero: \"500\"";
    case Shape::table:
        return "a table";
    default:
        return {};
    }
}

bool digits_and_point(std::string_view text, std::size_t whole, std::size_t decimals) {
    const auto point = std::min(text.find('.'), text.size());
    const auto all_digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (!all_digits(text.substr(0, point)) || point > whole)
        return false;
    if (point == text.size())
        return true;
    const auto behind = text.substr(point + 1);
    return all_digits(behind) && behind.size() <= decimals;
}

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 &&
           text.find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"
           ) == std::string_view::npos;
}

bool is_snake(std::string_view text) {
    return is_id(text) && text.front() >= 'a' && text.front() <= 'z' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == text.npos;
}

bool is_text(std::string_view text, std::size_t longest) {
    const auto printable = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte != 0x7f;
    };
    return !text.empty() && text.size() <= longest &&
           std::all_of(text.begin(), text.end(), printable);
}

bool is_capitals(std::string_view text, std::size_t length) {
    return text.size() == length &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool matches(Shape shape, std::string_view text) {
    switch (shape) {
    case Shape::id:
        return is_id(text);
    case Shape::text:
        return is_text(text, 80);
    case Shape::snake:
        return is_snake(text);
    case Shape::sentence:
        return is_text(text, 400);
    case Shape::currency:
        return is_capitals(text, 3);
    case Shape::state:
        return is_capitals(text, 2);
    case Shape::month_day:
        return parse_month_day(text).has_value();
    case Shape::clock:
        return parse_clock(text).value_or(1) % 5 == 0;
    case Shape::minute:
        return parse_clock(text).value_or(end_of_day) < end_of_day;
    case Shape::amount:
        return digits_and_point(text, 6, 2);
    case Shape::rate:
        return digits_and_point(text, 6, 9);
    case Shape::signed_rate:
        return digits_and_point(text.substr(text.starts_with('-') ? 1 : 0), 6, 9);
    case Shape::percent:
        return digits_and_point(text, 3, 9) && parse_scaled(text, 9)->value <= 100'000'000'000;
    case Shape::energy:
        return digits_and_point(text, 9, 3) && parse_scaled(text, 3)->value > 0;
    default:
        return true;
    }
}

// A number or a date in the wrong clothes gets the right ones.
Mistake wrong_type(const KeyRule& rule, Shape shape, const Node& value) {
    const std::string key(rule.key);
    Mistake mistake{value.place, key + " is " + std::string(to_string(value.type)), {}};
    if (is_number(shape) && (value.type == Type::real || value.type == Type::integer)) {
        mistake.message += "; numbers are written as strings, so that they stay exact";
        mistake.hint = key + " = \"" + value.text + "\"";
    } else if (shape == Shape::date && value.type == Type::string) {
        mistake.hint = "write the date without quotes: " + value.text;
    } else if (shape == Shape::table) {
        mistake.hint = "write " + std::string(is_list(rule.shape) ? "[[" : "[") + key +
                       (is_list(rule.shape) ? "]]" : "]") + " on a line of its own";
    } else if (shape == Shape::count) {
        mistake.hint = "expected a whole number from " + std::to_string(rule.low) + " to " +
                       std::to_string(rule.high);
    } else {
        mistake.hint = "expected " + std::string(example_of(shape));
    }
    return mistake;
}

bool check_count(const KeyRule& rule, const Node& value, std::vector<Mistake>& mistakes) {
    if (value.number && rule.low <= *value.number && *value.number <= rule.high)
        return true;
    mistakes.push_back(
        {value.place,
         std::string(rule.key) + " cannot be " + quoted(value.text),
         "expected a whole number from " + std::to_string(rule.low) + " to " +
             std::to_string(rule.high)}
    );
    return false;
}

bool check_one(
    const KeyRule& rule, Shape shape, const Node& value, std::vector<Mistake>& mistakes
) {
    if (value.type != type_of(shape)) {
        mistakes.push_back(wrong_type(rule, shape, value));
        return false;
    }
    if (shape == Shape::choice) {
        const auto& choices = rule.choices;
        if (std::find(choices.begin(), choices.end(), value.text) != choices.end())
            return true;
        auto hint = did_you_mean(value.text, choices);
        if (hint.empty()) {
            for (const auto choice : choices)
                hint += (hint.empty() ? "one of " : ", ") + std::string(choice);
        }
        mistakes.push_back(
            {value.place, std::string(rule.key) + " cannot be " + quoted(value.text), hint}
        );
        return false;
    }
    if (shape == Shape::count)
        return check_count(rule, value, mistakes);
    const bool sound = shape == Shape::date ? value.date.has_value() : matches(shape, value.text);
    if (!sound) {
        mistakes.push_back(
            {value.place,
             std::string(rule.key) + " cannot be " + quoted(value.text),
             "expected " + std::string(example_of(shape))}
        );
    }
    return sound;
}

}  // namespace

bool check_shape(const KeyRule& rule, const Node& value, std::vector<Mistake>& mistakes) {
    const auto shape = element_of(rule.shape);
    if (!is_list(rule.shape))
        return check_one(rule, shape, value, mistakes);
    if (value.type != Type::array) {
        // `days = "weekday"` is what everybody writes; one table is not a list of tables.
        if (shape != Shape::table)
            return check_one(rule, shape, value, mistakes);
        mistakes.push_back(wrong_type(rule, shape, value));
        return false;
    }
    bool sound = true;
    for (const auto& element : value.elements)
        sound = check_one(rule, shape, element, mistakes) && sound;
    if (value.elements.empty() && shape != Shape::table) {
        mistakes.push_back({value.place, std::string(rule.key) + " is an empty list", {}});
        sound = false;
    }
    return sound;
}

}  // namespace usagectl::layout
