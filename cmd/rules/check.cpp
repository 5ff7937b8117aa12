// SPDX-License-Identifier: MIT
// usagectl rules check: every mistake of a rule pack's file, with its place and its cure.
#include "cli/context.hpp"
#include "cli/values.hpp"
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
    root["items"] = cli::Json::array();
    for (const auto& mistake : read.mistakes) {
        root["items"].push_back({
            {"line", mistake.place.line},
            {"column", mistake.place.column},
            {"message", mistake.message},
            {"hint", mistake.hint.empty() ? cli::Json(nullptr) : cli::Json(mistake.hint)},
        });
    }
    return root;
}

// As compilers write it, so that editors find the place.
std::vector<std::string> as_text(const std::string& path, const rules::ReadPack& read) {
    std::vector<std::string> lines;
    for (const auto& mistake : read.mistakes) {
        lines.push_back(
            path + ":" + std::to_string(mistake.place.line) + ":" +
            std::to_string(mistake.place.column) + ": " + mistake.message
        );
        if (!mistake.hint.empty())
            lines.push_back("    hint: " + mistake.hint);
    }
    if (read.file) {
        lines.push_back(
            path + ": rule pack " + read.file->pack.name + ", " +
            std::to_string(read.file->pack.rules.size()) + " rules, " +
            std::to_string(read.file->cases.size()) + " tests, no mistakes"
        );
    } else {
        lines.push_back(
            std::to_string(read.mistakes.size()) +
            (read.mistakes.size() == 1 ? " mistake" : " mistakes")
        );
    }
    return lines;
}

Exit run(const CheckOptions& options, cli::Context& context) {
    const auto read = rules::read_pack(read_pack_file(context, options.file).text);
    cli::Context::View view;
    view.heading = as_text(options.file, read);
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
        {"items[].line", "integer", "line of the mistake, from 1"},
        {"items[].column", "integer", "column, in characters, from 1"},
        {"items[].message", "string", "what is wrong"},
        {"items[].hint", "string", "the cure, where there is one", true},
    };
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
