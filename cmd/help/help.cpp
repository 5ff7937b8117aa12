// SPDX-License-Identifier: MIT
// usagectl help: the same text as --help, and the JSON schema of a command's answer.
#include "cli/help.hpp"

#include <ostream>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/context.hpp"
#include "cli/schema.hpp"
#include "cli/text.hpp"
#include "cli/values.hpp"
#include "help/commands.hpp"

namespace usagectl {

namespace {

struct HelpOptions {
    std::vector<std::string> command;
    bool all = false;
    bool schema = false;
};

void list_commands(cli::Context& context) {
    auto items = cli::Json::array();
    for (const auto& command : context.registry) {
        if (cli::is_hidden(command))
            continue;
        items.push_back({{"command", command.path}, {"summary", command.summary}});
    }
    context.print({{"items", std::move(items)}}, {});
}

[[noreturn]] void fail_unknown(const cli::Context& context, const std::string& path) {
    std::vector<std::string_view> known = cli::nouns(context.registry);
    for (const auto& command : context.registry)
        known.push_back(command.path);
    auto hint = cli::did_you_mean(path, known);
    if (hint.empty())
        hint = "usagectl help --all lists every command";
    context.fail(
        {Exit::usage, "unknown_command", "there is no command " + usagectl::quoted(path), hint}
    );
}

void explain(const std::string& path, bool schema, cli::Context& context) {
    auto& out = context.io.out;
    const auto* command = cli::find_command(context.registry, path);
    if (command == nullptr) {
        if (schema || cli::verbs_of(context.registry, path).empty())
            fail_unknown(context, path);
        out << cli::noun_help(context.registry, path);
        return;
    }
    const auto spec = command->declare().spec;
    if (schema) {
        out << cli::json_schema(spec).dump(2) << '\n';
    } else {
        out << cli::command_help(spec);
    }
}

Exit run(const HelpOptions& options, cli::Context& context) {
    std::string path;
    for (const auto& word : options.command)
        path += (path.empty() ? "" : " ") + word;
    if (!path.empty()) {
        explain(path, options.schema, context);
    } else if (options.schema) {
        context.fail(
            {Exit::usage,
             "missing_argument",
             "--schema needs a command",
             "usagectl help --schema version"}
        );
    } else if (context.globals.format == "table") {
        context.io.out << cli::front_help(context.registry, options.all);
    } else {
        list_commands(context);
    }
    return Exit::done;
}

}  // namespace

cli::Command help_command() {
    cli::Spec spec;
    spec.path = {"help"};
    spec.summary = "explain a command";
    spec.description =
        "Without a command, lists what there is; with one, prints what --help prints after it. "
        "--schema prints the JSON Schema of the command's answer instead.";
    spec.words = {
        cli::bind(
            {.name = "COMMAND",
             .help = "its words",
             .complete = cli::Complete::command,
             .repeatable = true},
            &HelpOptions::command
        ),
        cli::bind(
            {.name = "--all", .help = "list every command, verbs included"}, &HelpOptions::all
        ),
        cli::bind(
            {.name = "--schema", .help = "print the JSON Schema of the answer"},
            &HelpOptions::schema
        ),
    };
    spec.fields = {
        {"items[].command", "string", "the words of a command"},
        {"items[].summary", "string", "what it does"},
    };
    spec.examples = {
        {"usagectl help config get", "what usagectl config get --help prints"},
        {"usagectl help --schema version", "the form of an answer, for a program to check"},
    };
    spec.bare = true;
    return cli::command<HelpOptions>(std::move(spec), run);
}

}  // namespace usagectl
