// SPDX-License-Identifier: MIT
// usagectl tariff import: a rate of the U.S. Utility Rate Database as a tariff file.
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "tariff/commands.hpp"
#include "tariff/reader.hpp"
#include "tariff/tariff_file.hpp"
#include "tariff/urdb_json.hpp"

namespace usagectl {

namespace {

struct ImportOptions {
    std::string file;
};

// What was refused, with the file's name before it.
template <class T>
T must_read(cli::Context& context, const std::string& path, Result<T> result) {
    if (!result)
        result.error().message = path + ": " + result.error().message;
    return context.must(std::move(result));
}

Exit run(const ImportOptions& options, cli::Context& context) {
    const auto text = read_named_file(context, options.file);
    auto file = must_read(context, options.file, read_urdb(text));
    auto made = must_read(context, options.file, tariff::convert_urdb(file.rate));
    made.left_out.insert(made.left_out.end(), file.left_out.begin(), file.left_out.end());
    const auto read = tariff::read_tariff(made.toml);
    cli::Json root;
    root["path"] = options.file;
    root["tariff"] = read.tariff ? cli::Json(read.tariff->name) : cli::Json(nullptr);
    root["valid"] = read.tariff.has_value();
    root["toml"] = made.toml;
    root["left_out"] = cli::Json::array();
    for (const auto& left_out : made.left_out)
        root["left_out"].push_back({{"field", left_out.field}, {"reason", left_out.reason}});
    if (context.globals.format == "table") {
        for (const auto& left_out : made.left_out)
            context.note("not carried over as it is: " + left_out.field + ": " + left_out.reason);
    }
    if (!read.tariff)
        context.note("the file has mistakes, which usagectl tariff check explains");
    cli::Context::View view;
    view.heading = lines_of(made.toml);
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command tariff_import_command() {
    cli::Spec spec;
    spec.path = {"tariff", "import"};
    spec.summary = "turn a rate of the Utility Rate Database into a file";
    spec.description =
        "Reads the JSON of the U.S. Utility Rate Database (openei.org) and prints a tariff file; "
        "what it could not carry over, or not exactly, is listed on stderr and in left_out. "
        "Nothing is stored.";
    spec.words = {
        cli::bind(
            {.name = "FILE",
             .help = "a rate, or an answer of its web service, as JSON",
             .complete = cli::Complete::file,
             .required = true},
            &ImportOptions::file
        ),
    };
    spec.fields = {
        {"path", "string", "the file"},
        {"tariff", "string", "name of the tariff, when it is valid", true},
        {"valid", "boolean", "true when usagectl tariff check finds no mistake in it"},
        {"toml", "string", "the tariff file"},
        {"left_out[].field", "string", "what was not carried over, or not exactly"},
        {"left_out[].reason", "string", "why, or what stands instead"},
    };
    spec.item_list = "left_out";
    spec.examples = {
        {"usagectl tariff import rate.json > rate.toml", "then read it, and add it"},
        {"usagectl tariff import rate.json --format csv", "what could not be carried over"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file"},
        {Exit::rejected, "the file is no rate"},
    };
    return cli::command<ImportOptions>(std::move(spec), run);
}

}  // namespace usagectl
