// SPDX-License-Identifier: MIT
// A rule as answers show it.
#pragma once

#include "cli/json_values.hpp"
#include "rules/types.hpp"

namespace usagectl {

// Adds the fields of a rule to an object that has others.
inline void add_rule(cli::Json& json, const rules::Pack& pack, const rules::Rule& rule) {
    json["rule"] = rule.id;
    json["kind"] = rules::kind_of(rule);
    json["figures"] = rules::figures_text(pack, rule);
    json["residential"] = rule.residential;
    json["mark"] = rules::to_string(rule.mark);
    json["citation"] = rule.citation;
    json["text"] = rule.text;
    json["from"] = cli::day_json(rule.from);
    json["until"] = cli::day_json(rule.until);
}

}  // namespace usagectl
