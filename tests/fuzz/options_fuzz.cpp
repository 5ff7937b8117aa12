// SPDX-License-Identifier: MIT
// Command lines of any words: parsing, aliases, completion and the editing of a configuration must
// refuse or accept, and never fall. Words are separated by line feeds.
#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/complete.hpp"
#include "cli/globals.hpp"
#include "cli/parse.hpp"
#include "cli/settings_toml.hpp"
#include "cli/text.hpp"
#include "cli/values.hpp"

namespace {

using namespace usagectl::cli;

struct Options {
    std::vector<std::string> words;
    std::int64_t number = 0;
    std::optional<usagectl::LocalDay> day;
    std::optional<usagectl::Instant> instant;
    bool flag = false;
};

Spec make_spec() {
    Spec spec;
    spec.path = {"fuzz"};
    spec.summary = "take anything";
    spec.words = {
        bind({.name = "WORD", .help = "any", .repeatable = true}, &Options::words),
        bind({.name = "--number", .letter = 'n', .value = "N", .help = "any"}, &Options::number),
        bind({.name = "--day", .value = "DAY", .help = "any"}, &Options::day),
        bind({.name = "--at", .value = "TIME", .help = "any"}, &Options::instant),
        bind({.name = "--flag", .letter = 'f', .help = "any"}, &Options::flag),
    };
    return spec;
}

usagectl::Exit run(const Options&, Context&) {
    return usagectl::Exit::done;
}

Command fuzz_command() {
    return command<Options>(make_spec(), run);
}

void parse_line(const std::vector<std::string>& words) {
    static const Spec spec = make_spec();
    std::vector<const Word*> known;
    for (const auto& word : spec.words)
        known.push_back(&word);
    for (const auto& word : global_words())
        known.push_back(&word);
    for (const auto until : {Until::end, Until::first_argument}) {
        const auto tokens = tokenise(known, words, until);
        if (!tokens)
            continue;
        Options options;
        GlobalOptions globals;
        for (const auto& given : tokens->given) {
            const auto* first = spec.words.data();
            const bool own = given.word >= first && given.word < first + spec.words.size();
            static_cast<void>(
                own ? assign(*given.word, given.value.value_or(""), &options)
                    : assign_global(given, globals)
            );
        }
        static_cast<void>(assign_arguments(spec, tokens->rest, tokens->given, &options));
    }
}

void complete_line(const std::vector<std::string>& words) {
    static constexpr Registered commands[]{{"fuzz", "take anything", fuzz_command}};
    const auto names = [](Complete, std::string_view, const std::string&) {
        return std::vector<std::string>{"1", "A-1"};
    };
    const CompletionSources sources{
        .registry = commands,
        .aliases =
            [] {
                return std::vector<std::pair<std::string, std::string>>{
                    {"a", "a a"}, {"b", "fuzz '"}};
            },
        .names = names,
        .rule_packs = [] { return std::vector<std::string>{"tx"}; },
        .timezones = [] { return std::vector<std::string>{"Etc/UTC"}; },
    };
    for (std::size_t cursor = 0; cursor <= words.size(); ++cursor) {
        static_cast<void>(complete(words, cursor, sources));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096)
        return 0;
    const std::string text(reinterpret_cast<const char*>(data), size);
    std::vector<std::string> words;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    if (words.size() > 64)
        return 0;
    parse_line(words);
    complete_line(words);
    std::vector<std::string> split;
    static_cast<void>(split_words(text, split));
    static_cast<void>(harmless(text));
    static_cast<void>(set_toml(text, "f", {"a", "b"}, "integer", "7"));
    return 0;
}
