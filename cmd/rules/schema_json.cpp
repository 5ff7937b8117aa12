// SPDX-License-Identifier: MIT
#include "rules/schema_json.hpp"

#include <set>

#include "layout/schema_json.hpp"
#include "rules/format.hpp"

namespace usagectl {

namespace {

using cli::Json;

// Which keys go with a rule's kind: { if kind is "hours", then earliest and latest are needed, and
// amount may not stand there }.
Json kinds() {
    std::set<std::string_view> figures;
    for (const auto& keys : rules::figure_keys()) {
        figures.insert(keys.must.begin(), keys.must.end());
        figures.insert(keys.may.begin(), keys.may.end());
    }
    Json all = Json::array();
    for (const auto& keys : rules::figure_keys()) {
        auto others = figures;
        for (const auto& own : {keys.must, keys.may}) {
            for (const auto key : own)
                others.erase(key);
        }
        Json then{{"required", keys.must}, {"properties", Json::object()}};
        for (const auto key : others)
            then["properties"][std::string(key)] = false;
        const Json kind{{"kind", {{"const", keys.kind}}}};
        all.push_back({
            {"if", {{"properties", kind}, {"required", Json::array({"kind"})}}},
            {"then", std::move(then)},
        });
    }
    return all;
}

}  // namespace

Json rules_schema() {
    auto schema = schema_of(rules::format(), "usagectl rule pack, version 1");
    schema["properties"]["rule"]["items"]["allOf"] = kinds();
    return schema;
}

}  // namespace usagectl
