// SPDX-License-Identifier: MIT
#include "layout/check_answer.hpp"
#include "cli/json_values.hpp"

namespace usagectl {

cli::Json mistakes_json(const std::vector<layout::Mistake>& mistakes) {
    auto items = cli::Json::array();
    for (const auto& mistake : mistakes) {
        items.push_back({
            {"line", mistake.place.line},
            {"column", mistake.place.column},
            {"message", mistake.message},
            {"hint", cli::name_json(mistake.hint)},
        });
    }
    return items;
}

void append_mistake_fields(std::vector<cli::Field>& fields) {
    fields.push_back({"items[].line", "integer", "line of the mistake, from 1"});
    fields.push_back({"items[].column", "integer", "column, in characters, from 1"});
    fields.push_back({"items[].message", "string", "what is wrong"});
    fields.push_back({"items[].hint", "string", "the cure, where there is one", true});
}

std::vector<std::string> check_lines(
    const std::string& path, const std::vector<layout::Mistake>& mistakes, const std::string& sound
) {
    if (mistakes.empty())
        return {path + ": " + sound + ", no mistakes"};
    std::vector<std::string> lines;
    for (const auto& mistake : mistakes) {
        lines.push_back(
            path + ":" + std::to_string(mistake.place.line) + ":" +
            std::to_string(mistake.place.column) + ": " + mistake.message
        );
        if (!mistake.hint.empty())
            lines.push_back("    hint: " + mistake.hint);
    }
    lines.push_back(
        std::to_string(mistakes.size()) + (mistakes.size() == 1 ? " mistake" : " mistakes")
    );
    return lines;
}

}  // namespace usagectl
