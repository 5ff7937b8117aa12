// SPDX-License-Identifier: MIT
#include "layout/format.hpp"

namespace usagectl::layout {

using enum Shape;

std::vector<const KeyRule*> Format::rules_of(std::string_view table) const {
    std::vector<const KeyRule*> found;
    for (const auto& rule : rules) {
        if (rule.table == table)
            found.push_back(&rule);
    }
    return found;
}

std::string_view pattern_of(Shape shape) {
    switch (shape) {
    case id:
        return "^[A-Za-z0-9._-]{1,64}$";
    case text:
    case texts:
        return "^[^\\u0000-\\u001f\\u007f]{1,80}$";
    case snake:
        return "^[a-z][a-z0-9_]{0,63}$";
    case sentence:
        return "^[^\\u0000-\\u001f\\u007f]{1,400}$";
    case currency:
        return "^[A-Z]{3}$";
    case state:
        return "^[A-Z]{2}$";
    case month_day:
    case month_days:
        return "^[0-9]{2}-[0-9]{2}$";
    case clock:
        return "^[0-9]{2}:[0-9][05]$";
    case minute:
        return "^[0-9]{2}:[0-9]{2}$";
    case amount:
        return "^[0-9]{1,6}(\\.[0-9]{1,2})?$";
    case rate:
        return "^[0-9]{1,6}(\\.[0-9]{1,9})?$";
    case signed_rate:
        return "^-?[0-9]{1,6}(\\.[0-9]{1,9})?$";
    case percent:
        return "^[0-9]{1,3}(\\.[0-9]{1,9})?$";
    case energy:
        return "^[0-9]{1,9}(\\.[0-9]{1,3})?$";
    default:
        return {};
    }
}

bool is_list(Shape shape) {
    return shape == texts || shape == choices || shape == dates || shape == month_days ||
           shape == tables;
}

}  // namespace usagectl::layout
