// SPDX-License-Identifier: MIT
// usagectl rules check: every mistake of a rule pack's file, with its place and its cure.
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "layout/check_answer.hpp"
#include "rules/commands.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

struct CheckOptions {
    std::string file;
};

cli::Json to_json(const std::string& path, const rules::ReadPack& read) {
    cli::Json root;
    root["path"] = path;
    root["valid"] = read.file.has_value();
    root["pack"] = read.file ? cli::Json(read.file->pack.name) : cli::Json(nullptr);
    root["rules"] = read.file ? cli::Json(read.file->pack.rules.size()) : cli::Json(nullptr);
    root["tests"] = read.file ? cli::Json(read.file->cases.size()) : cli::Json(nullptr);
    root["items"] = mistakes_json(read.mistakes);
    return root;
}

std::string sound(const rules::ReadPack& read) {
    if (!read.file)
        return {};
    const auto& [pack, cases] = *read.file;
    return "rule pack " + pack.name + ", " + std::to_string(pack.rules.size()) + " rules, " +
           std::to_string(cases.size()) + " tests";
}

Exit run(const CheckOptions& options, cli::Context& context) {
    const auto read = rules::read_pack(read_pack_file(context, options.file).text);
    cli::Context::View view;
    view.heading = check_lines(options.file, read.mistakes, sound(read));
    context.print(to_json(options.file, read), view);
    return read.file ? Exit::done : Exit::rejected;
}

}  // namespace

cli::Command rules_check_command() {
    cli::Spec spec;
    spec.path = {"rules", "check"};
    spec.summary = "explain every mistake of a rule pack's file";
    spec.description =
        "Reads the whole file and tells everything that is wrong with it: unknown keys, figures a "
        "kind of rule needs or does not have, rules that hold at the same time, holidays that "
        "fall on no day. Whether its tests pass is told by usagectl rules test.";
    spec.words = {
        cli::bind(
            {.name = "FILE",
             .help = "the pack, a TOML file",
             .complete = cli::Complete::file,
             .required = true},
            &CheckOptions::file
        ),
    };
    spec.fields = {
        {"path", "string", "the file"},
        {"valid", "boolean", "true when there is no mistake"},
        {"pack", "string", "its name, when valid", true},
        {"rules", "integer", "how many rules it has, when valid", true},
        {"tests", "integer", "how many cases it brings, when valid", true},
    };
    append_mistake_fields(spec.fields);
    spec.examples = {
        {"usagectl rules check coop.toml", "before it goes into rules.directory"},
        {"usagectl rules check coop.toml --format jsonl", "for an editor"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file"},
        {Exit::rejected, "the file has at least one mistake"},
    };
    return cli::command<CheckOptions>(std::move(spec), run);
}

}  // namespace usagectl
