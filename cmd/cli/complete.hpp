// SPDX-License-Identifier: MIT
// What the word under the cursor may become, from the declarations alone. The three shells' scripts
// only ask and show.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace usagectl::cli {

enum class Directive : std::uint8_t { words, files, directories, none };
[[nodiscard]] std::string_view to_string(Directive directive);  // words, files, dirs, none

struct Candidate {
    std::string text;
    std::string help;
};

struct Completion {
    Directive directive = Directive::words;
    std::vector<Candidate> candidates = {};  // for Directive::words, all beginning as the word does
};

// What completion asks of the world; each is called only when its words are wanted.
struct CompletionSources {
    std::span<const Registered> registry;
    // Alias and the words it stands for.
    std::function<std::vector<std::pair<std::string, std::string>>()> aliases;
    // Names with a prefix of what a datastore holds; only from a local one. `db` is the --db of the
    // line, or empty.
    std::function<
        std::vector<std::string>(Complete what, std::string_view prefix, const std::string& db)>
        names;
    std::function<std::vector<std::string>()> rule_packs;
    std::function<std::vector<std::string>()> timezones;
};

// `words` as the shell has them, the program's name first; `cursor` the index of the word to
// complete, at most words.size().
[[nodiscard]] Completion
complete(std::span<const std::string> words, std::size_t cursor, const CompletionSources& sources);

}  // namespace usagectl::cli
