// SPDX-License-Identifier: MIT
// usagectl tariff check: every mistake of a tariff file, with its place and its cure.
#include "cli/context.hpp"
#include "layout/check_answer.hpp"
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
    root["items"] = mistakes_json(read.mistakes);
    return root;
}

std::string sound(const tariff::ReadTariff& read) {
    if (!read.tariff)
        return {};
    return "tariff " + read.tariff->name + ", effective " + format_day(read.tariff->effective) +
           ", " + std::to_string(read.tariff->components.size()) + " charges";
}

Exit run(const CheckOptions& options, cli::Context& context) {
    const auto read = tariff::read_tariff(read_named_file(context, options.file));
    cli::Context::View view;
    view.heading = check_lines(options.file, read.mistakes, sound(read));
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
    };
    append_mistake_fields(spec.fields);
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
