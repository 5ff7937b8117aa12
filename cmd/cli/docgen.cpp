// SPDX-License-Identifier: MIT
#include "cli/docgen.hpp"

#include <optional>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/globals.hpp"
#include "cli/help.hpp"
#include "cli/settings.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

// scdoc(5): these begin markup inside a line.
std::string escape_inside(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '_' || c == '*' || c == '\\' || c == '+')
            out += '\\';
        out += c;
    }
    return out;
}

// The same for text that begins a line, where more characters do.
std::string escape(std::string_view text) {
    const bool markup =
        !text.empty() && std::string_view("#-.|[];`").find(text.front()) != text.npos;
    return (markup ? "\\" : "") + escape_inside(text);
}

std::string bold(std::string_view text) {
    return "*" + escape_inside(text) + "*";
}
std::string underlined(std::string_view text) {
    return "_" + escape_inside(text) + "_";
}

std::string item(const std::string& title, std::string_view text) {
    return title + "\n\t" + escape(text) + "\n\n";
}

std::string word_markup(const Word& word) {
    std::string out;
    if (word.letter != 0)
        out = bold(std::string("-") + word.letter) + ", ";
    out += is_option(word) ? bold(word.name) : underlined(word.name);
    if (is_option(word) && !word.value.empty()) {
        out += word.value_optional ? "[=" + underlined(word.value) + "]"
                                   : " " + underlined(word.value);
    }
    return word.repeatable ? out + "..." : out;
}

std::string words_markup(std::span<const Word> words, bool options) {
    std::string out;
    for (const auto& word : words) {
        if (!word.hidden && is_option(word) == options)
            out += item(word_markup(word), word_help(word));
    }
    return out;
}

std::string synopsis_markup(const Spec& spec) {
    std::string out = bold("usagectl " + path_text(spec));
    bool options = false;
    for (const auto& word : spec.words) {
        if (word.hidden || !is_option(word))
            continue;
        if (word.required)
            out += " " + word_markup(word);
        options = options || !word.required;
    }
    if (options)
        out += " [" + underlined("options") + "]";
    for (const auto& word : spec.words) {
        if (word.hidden || is_option(word))
            continue;
        out += word.required ? " " + word_markup(word) : " [" + word_markup(word) + "]";
    }
    return out + "\n";
}

std::string options_markup(const Spec& spec) {
    const auto arguments = words_markup(spec.words, false);
    const auto options = words_markup(spec.words, true);
    std::string out = arguments + options;
    return out + "The global options are described in *usagectl*(1)." +
           (spec.changes ? " This command changes something and takes *--dry-run* and "
                           "*--idempotency-key*.\n"
                         : "\n");
}

std::string fields_markup(const Spec& spec) {
    if (spec.fields.empty())
        return "The answer is text, whatever the format.\n";
    std::string out;
    for (const auto& field : spec.fields) {
        auto type = std::string(field.type) + (field.nullable ? " or null" : "");
        out += item(bold(field.path) + " (" + type + ")", field.help);
    }
    return out;
}

std::string exits_markup(const Spec& spec) {
    std::string out;
    for (const auto& note : spec.exits) {
        out += item(bold(std::to_string(static_cast<int>(note.exit))), note.meaning);
    }
    return out + "The exit codes all commands share are described in *usagectl*(1).\n";
}

std::string examples_markup(const Spec& spec) {
    std::string out;
    for (const auto& example : spec.examples) {
        out += escape(example.help) + ":\n\n\t" + escape(example.command) + "\n\n";
    }
    return out.empty() ? "None.\n" : out;
}

std::string see_also_markup(std::span<const Registered> registry, const Spec& spec) {
    std::string out = "*usagectl*(1)";
    const auto path = path_text(spec);
    for (const auto* verb : verbs_of(registry, spec.path.front())) {
        if (verb->path != path)
            out += ", " + bold(page_name(verb->path)) + "(1)";
    }
    return out + ", *usagectl-config*(5)\n";
}

std::string commands_markup(std::span<const Registered> registry) {
    std::string out;
    for (const auto& command : registry) {
        if (!is_hidden(command))
            out += item(bold(page_name(command.path)) + "(1)", command.summary);
    }
    return out;
}

// An empty choice stands for "not set"; the help says what that means.
std::string range_text(const SettingSpec& spec) {
    if (spec.type == "integer")
        return std::to_string(spec.low) + " to " + std::to_string(spec.high);
    std::vector<std::string_view> choices;
    for (const auto choice : spec.choices) {
        if (!choice.empty())
            choices.push_back(choice);
    }
    return join(choices, ", ");
}

std::string settings_markup(const std::vector<SettingSpec>& specs) {
    std::string out;
    for (const auto& spec : specs) {
        const auto range = range_text(spec);
        auto text = std::string(spec.help);
        if (!range.empty())
            text += " (" + range + ")";
        if (!spec.fallback.empty())
            text += ", by default " + std::string(spec.fallback);
        out += item(bold(spec.key) + " (" + std::string(spec.type) + ")", text);
    }
    return out;
}

using Fragment = std::optional<std::string>;

Fragment
command_fragment(std::span<const Registered> registry, const Spec& spec, std::string_view name) {
    if (name == "NAME")
        return page_name(path_text(spec)) + " - " + escape(spec.summary) + "\n";
    if (name == "SYNOPSIS")
        return synopsis_markup(spec);
    if (name == "OPTIONS")
        return options_markup(spec);
    if (name == "FIELDS")
        return fields_markup(spec);
    if (name == "EXIT_STATUS")
        return exits_markup(spec);
    if (name == "EXAMPLES")
        return examples_markup(spec);
    if (name == "SEE_ALSO")
        return see_also_markup(registry, spec);
    return std::nullopt;
}

Fragment front_fragment(std::span<const Registered> registry, std::string_view name) {
    if (name == "OPTIONS")
        return words_markup(global_words(), true);
    if (name == "COMMANDS")
        return commands_markup(registry);
    return std::nullopt;
}

bool is_placeholder(std::string_view line) {
    return line.size() > 2 && line.front() == '@' && line.back() == '@';
}

}  // namespace

std::string page_name(std::string_view path) {
    std::string name = "usagectl-";
    for (const char c : path)
        name += c == ' ' ? '-' : c;
    return name;
}

Result<std::string>
fill_page(std::span<const Registered> registry, std::string_view page, std::string_view text) {
    std::optional<Command> command;
    for (const auto& registered : registry) {
        if (page_name(registered.path) == page)
            command = registered.declare();
    }
    const auto fragment = [&](std::string_view name) -> Fragment {
        if (command)
            return command_fragment(registry, command->spec, name);
        if (page == "usagectl")
            return front_fragment(registry, name);
        if (page == "usagectl-config" && name == "SETTINGS")
            return settings_markup(setting_specs());
        if (page == "usagectl-config" && name == "SOURCES")
            return settings_markup(source_specs());
        return std::nullopt;
    };
    std::string out;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (!is_placeholder(line)) {
            out.append(line).append("\n");
            continue;
        }
        auto filled = fragment(line.substr(1, line.size() - 2));
        if (!filled) {
            return refuse(
                Exit::usage,
                "placeholder_unknown",
                "the template has an unknown " + usagectl::quoted(line)
            );
        }
        // A blank line ends each fragment's last item; the template brings its own.
        while (filled->size() > 1 && filled->compare(filled->size() - 2, 2, "\n\n") == 0) {
            filled->pop_back();
        }
        out += *filled;
    }
    return out;
}

}  // namespace usagectl::cli
