// SPDX-License-Identifier: MIT
// usagectl config explain: what a setting means, and every place that sets it.
#include "cli/context.hpp"
#include "cli/text.hpp"
#include "cli/values.hpp"
#include "config/commands.hpp"
#include "config/setting_answer.hpp"

namespace usagectl {

namespace {

struct ExplainOptions {
    std::string key;
};

std::string allowed(const cli::SettingSpec& spec) {
    if (!spec.choices.empty())
        return cli::join(spec.choices, ", ");
    if (spec.type == "integer")
        return std::to_string(spec.low) + " to " + std::to_string(spec.high);
    return spec.amount ? "an amount of money" : std::string(spec.type);
}

Exit run(const ExplainOptions& options, cli::Context& context) {
    const auto& spec = known_setting(context, options.key);
    const auto& places = context.settings.places(spec.key);
    auto items = cli::Json::array();
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
        items.push_back(
            {{"value", setting_text(context, spec, place->value)},
             {"origin", place->origin},
             {"wins", place == places.rbegin()}}
        );
    }
    const auto variable = cli::setting_variable(spec.key);
    const auto fallback = setting_text(context, spec, places.front().value);
    const auto value = setting_text(context, spec, places.back().value);
    std::vector<std::string> heading{
        std::string(spec.key) + ": " + std::string(spec.help),
        "value:    " + value,
        "default:  " + fallback,
        "allowed:  " + allowed(spec),
        "variable: " + variable,
        "",
    };
    context.print(
        {{"key", options.key},
         {"help", spec.help},
         {"type", spec.type},
         {"allowed", allowed(spec)},
         {"default", fallback},
         {"variable", variable},
         {"value", value},
         {"items", std::move(items)}},
        {.columns = {{"wins", "WINS"}, {"value", "VALUE"}, {"origin", "ORIGIN"}},
         .heading = std::move(heading)}
    );
    return Exit::done;
}

}  // namespace

cli::Command config_explain_command() {
    cli::Spec spec;
    spec.path = {"config", "explain"};
    spec.summary = "tell what a setting is and where it is set";
    spec.words = {
        cli::bind(
            {.name = "KEY",
             .help = "the setting's name",
             .complete = cli::Complete::config_key,
             .required = true},
            &ExplainOptions::key
        ),
    };
    spec.fields = {
        {"key", "string", "the setting's name"},
        {"help", "string", "what it is for"},
        {"type", "string", "string, integer or boolean"},
        {"allowed", "string", "range, choices or type of its values"},
        {"default", "string", "its value when nobody sets it"},
        {"variable", "string", "the environment variable that sets it"},
        {"value", "string", "the value that holds"},
        {"items[].value", "string", "a value somebody set"},
        {"items[].origin", "string", "where; the strongest place comes first"},
        {"items[].wins", "boolean", "whether this is the one that holds"},
    };
    spec.examples = {
        {"usagectl config explain datastore", "why this datastore and no other"},
    };
    spec.exits = {{Exit::not_found, "there is no such setting"}};
    return cli::command<ExplainOptions>(std::move(spec), run);
}

}  // namespace usagectl
