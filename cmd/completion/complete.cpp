// SPDX-License-Identifier: MIT
// usagectl __complete: the protocol between the shells' scripts and the program. One line with the
// directive (words, files, dirs, none), then a line per candidate: the word, a tab, its help.
// It changes nothing, asks no remote datastore, and never says a word on stderr.
#include <ostream>

#include "base/number.hpp"
#include "base/zone.hpp"
#include "cli/complete.hpp"
#include "cli/context.hpp"
#include "cli/text.hpp"
#include "cli/values.hpp"
#include "completion/commands.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

constexpr std::size_t most_names = 200;
constexpr std::int64_t most_words = 100'000;

struct CompleteOptions {
    std::string cursor;
    std::vector<std::string> words;
};

cli::CompletionSources sources_of(const cli::Context& context) {
    // A configuration that cannot be read completes as if there were none.
    const auto settings = [&context] {
        return cli::Settings::load(context.environment, std::nullopt, std::nullopt);
    };
    // Names from the datastore of the line.
    const auto names =
        [settings, &context](cli::Complete what, std::string_view prefix, const std::string& db) {
            const auto loaded = settings();
            const auto url = !db.empty() || !loaded ? db : loaded->text("datastore");
            return url.empty() ? std::vector<std::string>{}
                               : context.stores.names(what, url, prefix, most_names);
        };
    return {
        .registry = context.registry,
        .aliases =
            [settings] {
                std::vector<std::pair<std::string, std::string>> aliases;
                if (const auto loaded = settings()) {
                    aliases.assign(loaded->aliases().begin(), loaded->aliases().end());
                }
                return aliases;
            },
        .names = names,
        .rule_packs = [settings] { return rule_pack_names(settings()); },
        .timezones = [] { return Zone::names(); },
    };
}

Exit run(const CompleteOptions& options, cli::Context& context) {
    const auto cursor = parse_integer(options.cursor, 0, most_words).value_or(0);
    cli::Completion completion{cli::Directive::none, {}};
    try {
        completion =
            cli::complete(options.words, static_cast<std::size_t>(cursor), sources_of(context));
    } catch (const std::exception&) {  // a message would land in the middle of the line being typed
        completion = {cli::Directive::none, {}};
    }
    context.io.out << cli::to_string(completion.directive) << '\n';
    for (const auto& candidate : completion.candidates) {
        context.io.out << cli::harmless(candidate.text) << '\t' << cli::harmless(candidate.help)
                       << '\n';
    }
    return Exit::done;
}

}  // namespace

cli::Command complete_command() {
    cli::Spec spec;
    spec.path = {"__complete"};
    spec.summary = "answer a shell's completion";
    spec.words = {
        cli::bind(
            {.name = "CURSOR", .help = "index of the word under the cursor", .required = true},
            &CompleteOptions::cursor
        ),
        cli::bind(
            {.name = "WORD", .help = "the words of the line", .repeatable = true},
            &CompleteOptions::words
        ),
    };
    spec.hidden = true;
    spec.bare = true;
    spec.raw = true;
    return cli::command<CompleteOptions>(std::move(spec), run);
}

}  // namespace usagectl
