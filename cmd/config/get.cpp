// SPDX-License-Identifier: MIT
// usagectl config get: one value, as scripts want it.
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "config/commands.hpp"
#include "config/setting_answer.hpp"

namespace usagectl {

namespace {

struct GetOptions {
    std::string key;
};

Exit run(const GetOptions& options, cli::Context& context) {
    const auto& spec = known_setting(context, options.key);
    const auto& setting = context.settings.explain(spec.key);
    const auto value = setting_text(context, spec, setting.value);
    context.print(
        {{"key", options.key}, {"value", value}, {"origin", setting.origin}},
        {.columns = {}, .heading = {value}}
    );
    return Exit::done;
}

}  // namespace

cli::Command config_get_command() {
    cli::Spec spec;
    spec.path = {"config", "get"};
    spec.summary = "print the value of a setting";
    spec.description =
        "Prints the value that holds after options, environment, profile and files were "
        "considered, and nothing else, so that a script can use it.";
    spec.words = {
        cli::bind(
            {.name = "KEY",
             .help = "the setting's name",
             .complete = cli::Complete::config_key,
             .required = true},
            &GetOptions::key
        ),
    };
    spec.fields = {
        {"key", "string", "the setting's name"},
        {"value", "string", "its value as text; passwords are masked"},
        {"origin", "string", "where the value comes from"},
    };
    spec.examples = {
        {"usagectl config get timezone", "the time zone of meters that have none of their own"},
    };
    spec.exits = {{Exit::not_found, "there is no such setting"}};
    return cli::command<GetOptions>(std::move(spec), run);
}

}  // namespace usagectl
