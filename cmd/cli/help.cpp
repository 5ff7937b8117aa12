// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/globals.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

constexpr std::size_t width = 80;
constexpr std::size_t widest_title = 26;

using Entry = std::pair<std::string, std::string>;

std::string section(std::string_view title, const std::vector<Entry>& entries) {
    if (entries.empty())
        return {};
    std::size_t column = 0;
    for (const auto& [left, right] : entries) {
        const auto size = display_width(left);
        if (size <= widest_title)
            column = std::max(column, size);
    }
    std::string out = "\n" + std::string(title) + ":\n";
    for (const auto& [left, right] : entries) {
        const auto text = wrap(right, width, column + 4);
        const auto size = display_width(left);
        out += "  " + left;
        if (size > column) {
            out += "\n" + text;
        } else if (!text.empty()) {
            out += std::string(column + 2 - size, ' ') + text.substr(column + 4);
        }
        out += "\n";
    }
    return out;
}

std::vector<Entry> entries_of(std::span<const Word> words, bool options) {
    std::vector<Entry> entries;
    for (const auto& word : words) {
        if (word.hidden || is_option(word) != options)
            continue;
        entries.emplace_back(word_title(word), word_help(word));
    }
    return entries;
}

std::vector<Entry> global_entries(bool changes) {
    std::vector<Entry> entries;
    for (const auto& word : global_words()) {
        if (changes || !for_changes_only(word))
            entries.emplace_back(word_title(word), word_help(word));
    }
    return entries;
}

// Only their names: the front page explains them.
std::string global_line(bool changes) {
    std::string titles;
    for (const auto& [title, help] : global_entries(changes)) {
        titles += (titles.empty() ? "" : ", ") + title;
    }
    return "\nglobal options (usagectl --help explains them):\n" + wrap(titles, width, 2) + "\n";
}

std::string exit_name(Exit exit) {
    return std::to_string(static_cast<int>(exit));
}

}  // namespace

std::string word_title(const Word& word) {
    std::string title;
    if (word.letter != 0)
        title = std::string("-") + word.letter + ", ";
    title += word.name;
    if (is_option(word) && !word.value.empty()) {
        title += word.value_optional ? "[=" + std::string(word.value) + "]"
                                     : " " + std::string(word.value);
    }
    if (word.repeatable)
        title += "…";
    return title;
}

std::string word_help(const Word& word) {
    std::string text(word.help);
    std::string more = join(word.choices, ", ");
    if (!word.default_text.empty()) {
        more += (more.empty() ? "default: " : "; default: ") + std::string(word.default_text);
    }
    if (is_option(word) && word.required)
        more += more.empty() ? "required" : "; required";
    return more.empty() ? text : text + " (" + more + ")";
}

std::string synopsis(const Spec& spec) {
    std::string out = "usagectl " + path_text(spec);
    bool options = false;
    for (const auto& word : spec.words) {
        if (word.hidden)
            continue;
        if (is_option(word)) {
            options = options || !word.required;
            if (word.required)
                out += " " + word_title(word).substr(word.letter != 0 ? 4 : 0);
        }
    }
    if (options)
        out += " [options]";
    for (const auto& word : spec.words) {
        if (word.hidden || is_option(word))
            continue;
        out += word.required ? " " + word_title(word) : " [" + word_title(word) + "]";
    }
    return out;
}

std::string command_help(const Spec& spec) {
    auto out = "usagectl " + path_text(spec) + ": " + std::string(spec.summary) + "\n\nusage:\n" +
               wrap(synopsis(spec), width, 2) + "\n";
    if (!spec.description.empty())
        out += "\n" + wrap(spec.description, width, 0) + "\n";
    out += section("arguments", entries_of(spec.words, false));
    out += section("options", entries_of(spec.words, true));
    out += global_line(spec.changes);
    std::vector<Entry> exits;
    for (const auto& note : spec.exits)
        exits.emplace_back(exit_name(note.exit), note.meaning);
    out += section("exit status", exits);
    if (!spec.examples.empty())
        out += "\nexamples:\n";
    for (const auto& example : spec.examples) {
        out += "  " + std::string(example.command) + "\n" + wrap(example.help, width, 6) + "\n";
    }
    return out;
}

std::string noun_help(std::span<const Registered> registry, std::string_view noun) {
    std::vector<Entry> verbs;
    for (const auto* command : verbs_of(registry, noun)) {
        verbs.emplace_back(command->path, command->summary);
    }
    const std::string name(noun);
    return "usage:\n  usagectl " + name + " VERB [options]\n" + section("commands", verbs) +
           "\nusagectl " + name + " VERB --help explains one of them.\n";
}

std::string front_help(std::span<const Registered> registry, bool all) {
    std::vector<Entry> entries;
    for (const auto noun : nouns(registry)) {
        const auto verbs = verbs_of(registry, noun);
        if (const auto* command = find_command(registry, noun)) {
            entries.emplace_back(noun, command->summary);
        }
        std::string names;
        for (const auto* command : verbs) {
            if (all)
                entries.emplace_back(command->path, command->summary);
            names +=
                (names.empty() ? "" : ", ") + std::string(command->path.substr(noun.size() + 1));
        }
        if (!all && !verbs.empty())
            entries.emplace_back(noun, names);
    }
    return "usagectl: meter data, kept and questioned\n\nusage:\n"
           "  usagectl [global options] COMMAND [VERB] [options] [arguments]\n" +
           section("commands", entries) + section("global options", global_entries(true)) +
           "\nusagectl help COMMAND explains one of them; usagectl help --all lists all.\n";
}

}  // namespace usagectl::cli
