// SPDX-License-Identifier: MIT
#include "cli/globals.hpp"

#include <algorithm>
#include <array>

#include "cli/values.hpp"

namespace usagectl::cli {

namespace {

using Options = GlobalOptions;

const std::vector<std::string_view> formats{"table", "json", "jsonl", "csv", "tsv"};

std::vector<Word> declare() {
    return {
        bind(
            {.name = "--db",
             .value = "URL",
             .help = "datastore: a path, sqlite:PATH, postgresql://…"},
            &Options::db
        ),
        bind(
            {.name = "--config",
             .value = "FILE",
             .help = "read this configuration and no other",
             .complete = Complete::file},
            &Options::config
        ),
        bind(
            {.name = "--profile",
             .value = "NAME",
             .help = "apply the [profile.NAME] of the configuration"},
            &Options::profile
        ),
        bind(
            {.name = "--format",
             .value = "FORMAT",
             .help = "how the answer is written",
             .choices = formats,
             .default_text = "table"},
            &Options::format
        ),
        bind(
            {.name = "--json",
             .value = "FIELDS",
             .help = "the answer as JSON, or these fields of it; --json= lists them",
             .value_optional = true},
            &Options::json
        ),
        bind(
            {.name = "--jq",
             .value = "EXPR",
             .help = "filter the JSON answer with a jq expression"},
            &Options::jq
        ),
        bind(
            {.name = "--no-header", .help = "no header line in tables, csv and tsv"},
            &Options::no_header
        ),
        bind(
            {.name = "--quiet", .letter = 'q', .help = "no notes and no progress"}, &Options::quiet
        ),
        bind({.name = "--verbose", .letter = 'v', .help = "more notes"}, &Options::verbose),
        bind(
            {.name = "--color",
             .value = "WHEN",
             .help = "colour the output",
             .choices = {"auto", "always", "never"},
             .default_text = "auto"},
            &Options::color
        ),
        bind({.name = "--no-pager", .help = "never start a pager"}, &Options::no_pager),
        bind({.name = "--no-input", .help = "never ask anything"}, &Options::no_input),
        bind({.name = "--yes", .help = "answer yes to every question"}, &Options::yes),
        bind({.name = "--dry-run", .help = "do everything, keep nothing"}, &Options::dry_run),
        bind(
            {.name = "--idempotency-key",
             .value = "KEY",
             .help = "the same key again gives the first answer again"},
            &Options::idempotency_key
        ),
        bind(
            {.name = "--actor",
             .value = "NAME",
             .help = "on whose behalf; recorded beside the OS user"},
            &Options::actor
        ),
        bind({.name = "--help", .letter = 'h', .help = "show help and do nothing"}, &Options::help),
        bind({.name = "--version", .help = "show the version and do nothing"}, &Options::version),
    };
}

std::optional<std::string> non_empty(std::optional<std::string> text) {
    return text && !text->empty() ? text : std::nullopt;
}

// https://no-color.org and https://bixense.com/clicolors: any non-empty NO_COLOR says never, any
// CLICOLOR_FORCE but 0 says always; an option beats both.
bool resolve_color(const std::string& choice, const Environment& environment, const Streams& io) {
    if (choice != "auto")
        return choice == "always";
    if (non_empty(environment("NO_COLOR")))
        return false;
    if (const auto force = non_empty(environment("CLICOLOR_FORCE")); force && *force != "0") {
        return true;
    }
    return io.out_is_terminal && environment("TERM") != "dumb";
}

tl::unexpected<Error> conflict(std::string_view option, std::string_view format) {
    return refuse(
        Exit::usage,
        "format_conflict",
        std::string(option) + " does not go with --format " + std::string(format),
        "use --format json or --format jsonl"
    );
}

Result<std::string> resolve_format(const Options& options, const Settings* settings) {
    if (options.format) {
        const bool json = options.format->rfind("json", 0) == 0;
        if (options.jq && !json)
            return conflict("--jq", *options.format);
        if (options.json_bare && !json)
            return conflict("--json", *options.format);
        // Fields can be picked for anything but a table, which has its own columns.
        if (options.json && *options.format == "table")
            return conflict("--json", "table");
        return *options.format;
    }
    if (options.json || options.json_bare || options.jq)
        return std::string("json");
    return settings == nullptr ? std::string("table") : settings->text("format");
}

}  // namespace

std::span<const Word> global_words() {
    static const std::vector<Word> words = declare();
    return words;
}

bool for_changes_only(const Word& word) {
    return word.name == "--dry-run" || word.name == "--idempotency-key";
}

Result<void> assign_global(const Given& given, GlobalOptions& options) {
    if (given.word->name == "--json" && !given.value) {
        options.json_bare = true;
        return {};
    }
    return assign(*given.word, given.value.value_or(""), &options);
}

Result<Globals> resolve(
    const GlobalOptions& options,
    const Settings* settings,
    const Environment& environment,
    const Streams& io
) {
    auto format = resolve_format(options, settings);
    if (!format)
        return tl::unexpected(std::move(format.error()));
    if (options.idempotency_key &&
        (options.idempotency_key->empty() || options.idempotency_key->size() > 200)) {
        return refuse(Exit::usage, "malformed_key", "--idempotency-key takes 1 to 200 characters");
    }
    if (options.actor && options.actor->empty()) {
        return refuse(Exit::usage, "malformed_actor", "--actor needs a name");
    }
    const auto configured = settings == nullptr ? std::string("auto") : settings->text("color");
    Globals globals;
    globals.format = *format;
    globals.json_fields = options.json;
    globals.jq = options.jq;
    globals.no_header = options.no_header;
    globals.quiet = options.quiet;
    globals.verbose = options.verbose;
    globals.color = resolve_color(options.color.value_or(configured), environment, io);
    globals.pager = !options.no_pager;
    globals.input = !options.no_input;
    globals.yes = options.yes;
    globals.dry_run = options.dry_run;
    globals.idempotency_key = options.idempotency_key;
    globals.actor = options.actor.value_or("");
    return globals;
}

bool wants_json(std::span<const std::string> arguments, const Environment& environment) {
    const auto is_json = [](std::string_view format) {
        return format == "json" || format == "jsonl";
    };
    for (std::size_t at = 0; at < arguments.size() && arguments[at] != "--"; ++at) {
        const std::string_view word = arguments[at];
        if (word == "--json" || word.rfind("--json=", 0) == 0)
            return true;
        if (word == "--jq" || word.rfind("--jq=", 0) == 0)
            return true;
        if (word.rfind("--format=", 0) == 0)
            return is_json(word.substr(9));
        if (word == "--format" && at + 1 < arguments.size())
            return is_json(arguments[at + 1]);
    }
    return is_json(environment("USAGECTL_FORMAT").value_or(""));
}

}  // namespace usagectl::cli
