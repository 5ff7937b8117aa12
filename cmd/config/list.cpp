// SPDX-License-Identifier: MIT
// usagectl config list: every setting, its value, and who says so.
#include "cli/context.hpp"
#include "config/commands.hpp"
#include "config/setting_answer.hpp"

namespace usagectl {

namespace {

struct ListOptions {};

Exit run(const ListOptions&, cli::Context& context) {
    auto items = cli::Json::array();
    for (const auto& spec : cli::setting_specs()) {
        const auto& setting = context.settings.explain(spec.key);
        items.push_back(
            {{"key", spec.key},
             {"value", setting_text(context, spec, setting.value)},
             {"origin", setting.origin}}
        );
    }
    context.print(
        {{"items", std::move(items)}},
        {.columns = {{"key", "KEY"}, {"value", "VALUE"}, {"origin", "ORIGIN"}}}
    );
    return Exit::done;
}

}  // namespace

cli::Command config_list_command() {
    cli::Spec spec;
    spec.path = {"config", "list"};
    spec.summary = "list every setting with value and origin";
    spec.fields = {
        {"items[].key", "string", "the setting's name"},
        {"items[].value", "string", "its value as text; passwords are masked"},
        {"items[].origin", "string", "where the value comes from"},
    };
    spec.examples = {
        {"usagectl config list", "what holds here and now"},
        {"usagectl --profile night config list", "what would hold with that profile"},
    };
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
