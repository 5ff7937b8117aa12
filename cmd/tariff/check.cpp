// SPDX-License-Identifier: MIT
// usagectl tariff check: every mistake of a tariff file, with its place and its cure.
#include "cli/context.hpp"
#include "tariff/commands.hpp"
#include "tariff/reader.hpp"
#include "tariff/tariff_file.hpp"

namespace usagectl {

namespace {

struct CheckOptions {
    std::string file;
};

cli::Json to_json(const std::string& path, const tariff::ReadTariff& read) {
    cli::Json root;
    root["path"] = path;
    root["valid"] = read.tariff.has_value();
    root["tariff"] = read.tariff ? cli::Json(read.tariff->name) : cli::Json(nullptr);
    root["effective"] =
        read.tariff ? cli::Json(format_day(read.tariff->effective)) : cli::Json(nullptr);
    root["charges"] = read.tariff ? cli::Json(read.tariff->components.size()) : cli::Json(nullptr);
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
std::vector<std::string> as_text(const std::string& path, const tariff::ReadTariff& read) {
    std::vector<std::string> lines;
    for (const auto& mistake : read.mistakes) {
        lines.push_back(
            path + ":" + std::to_string(mistake.place.line) + ":" +
            std::to_string(mistake.place.column) + ": " + mistake.message
        );
        if (!mistake.hint.empty())
            lines.push_back("    hint: " + mistake.hint);
    }
    if (read.tariff) {
        lines.push_back(
            path + ": tariff " + read.tariff->name + ", effective " +
            format_day(read.tariff->effective) + ", " +
            std::to_string(read.tariff->components.size()) + " charges, no mistakes"
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
    const auto read = tariff::read_tariff(read_named_file(context, options.file));
    cli::Context::View view;
    view.heading = as_text(options.file, read);
    context.print(to_json(options.file, read), view);
    return read.tariff ? Exit::done : Exit::rejected;
}

}  // namespace

cli::Command tariff_check_command() {
    cli::Spec spec;
    spec.path = {"tariff", "check"};
    spec.summary = "explain every mistake of a tariff file";
    spec.description =
        "Reads the whole file and tells everything that is wrong with it: unknown keys, numbers "
        "out of shape, dates that do not exist, holes and overlaps in the day or the year, "
        "periods without a price.";
    spec.words = {file_word(&CheckOptions::file)};
    spec.fields = {
        {"path", "string", "the file"},
        {"valid", "boolean", "true when there is no mistake"},
        {"tariff", "string", "its name, when valid", true},
        {"effective", "date", "first local day it holds, when valid", true},
        {"charges", "integer", "how many components it has, when valid", true},
        {"items[].line", "integer", "line of the mistake, from 1"},
        {"items[].column", "integer", "column, in characters, from 1"},
        {"items[].message", "string", "what is wrong"},
        {"items[].hint", "string", "the cure, where there is one", true},
    };
    spec.examples = {
        {"usagectl tariff check flat.toml", "before it is added"},
        {"usagectl tariff check flat.toml --format jsonl", "for an editor"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file"},
        {Exit::rejected, "the file has at least one mistake"},
    };
    return cli::command<CheckOptions>(std::move(spec), run);
}

}  // namespace usagectl
