// SPDX-License-Identifier: MIT
// usagectl config set: one line of the user's file, every other byte left alone.
#include "base/zone.hpp"
#include "cli/context.hpp"
#include "cli/files.hpp"
#include "cli/settings_toml.hpp"
#include "cli/values.hpp"
#include "config/commands.hpp"
#include "config/setting_answer.hpp"

namespace usagectl {

namespace {

struct SetOptions {
    std::string key;
    std::string value;
};

std::vector<std::string> path_of(const cli::Context& context, const std::string& key) {
    std::vector<std::string> path;
    // --profile sets the key for that profile alone.
    if (const auto& profile = context.settings.profile())
        path = {"profile", *profile};
    std::size_t begin = 0;
    for (auto dot = key.find('.'); dot != std::string::npos; dot = key.find('.', begin)) {
        path.push_back(key.substr(begin, dot - begin));
        begin = dot + 1;
    }
    path.push_back(key.substr(begin));
    return path;
}

std::string current_text(const cli::Context& context, const std::string& file) {
    auto text = cli::read_small_file(file);
    if (text)
        return std::move(*text);
    if (text.error().exit == Exit::not_found)
        return {};
    context.fail(std::move(text.error()));
}

Exit run(const SetOptions& options, cli::Context& context) {
    const auto& spec = known_setting(context, options.key);
    context.must(cli::check_setting(spec, options.value));
    if (spec.key == "timezone")
        context.must(Zone::find(options.value));
    const auto& file = context.settings.user_file();
    if (file.empty()) {
        context.fail(
            {Exit::usage,
             "config_unset",
             "there is no home directory to keep a configuration in",
             "name a file with --config, or set XDG_CONFIG_HOME"}
        );
    }
    const auto before = current_text(context, file);
    const auto after = context.must(
        cli::set_toml(before, file, path_of(context, options.key), spec.type, options.value)
    );
    if (!context.globals.dry_run && after != before) {
        context.must(cli::replace_file(file, after));
    }
    const auto value = setting_text(context, spec, options.value);
    context.print(
        {{"key", options.key},
         {"value", value},
         {"file", file},
         {"changed", after != before},
         {"dry_run", context.globals.dry_run}},
        {.columns = {}, .heading = {options.key + " = " + value + " in " + file}}
    );
    return Exit::done;
}

}  // namespace

cli::Command config_set_command() {
    cli::Spec spec;
    spec.path = {"config", "set"};
    spec.summary = "set a setting in the user's configuration";
    spec.description =
        "Writes the user's configuration file, or the one --config names, and keeps its comments. "
        "With --profile the key is set for that profile alone.";
    spec.words = {
        cli::bind(
            {.name = "KEY",
             .help = "the setting's name",
             .complete = cli::Complete::config_key,
             .required = true},
            &SetOptions::key
        ),
        cli::bind(
            {.name = "VALUE",
             .help = "its new value",
             .complete = cli::Complete::config_value,
             .required = true},
            &SetOptions::value
        ),
    };
    spec.fields = {
        {"key", "string", "the setting's name"},
        {"value", "string", "its new value as text; passwords are masked"},
        {"file", "string", "the file that was written"},
        {"changed", "boolean", "false when the file said so already"},
        {"dry_run", "boolean", "true when nothing was written"},
    };
    spec.examples = {
        {"usagectl config set timezone America/New_York", "for meters without a zone of their own"},
        {"usagectl config set format json --dry-run", "what would be written where"},
    };
    spec.exits = {{Exit::not_found, "there is no such setting"}};
    spec.changes = true;
    return cli::command<SetOptions>(std::move(spec), run);
}

}  // namespace usagectl
