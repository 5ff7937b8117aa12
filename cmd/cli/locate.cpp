// SPDX-License-Identifier: MIT
#include "cli/locate.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/program.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

std::vector<const Word*> global_pointers() {
    std::vector<const Word*> words;
    for (const auto& word : global_words())
        words.push_back(&word);
    return words;
}

Error usage_error(std::string_view code, std::string message, std::string hint) {
    return {Exit::usage, std::string(code), std::move(message), std::move(hint)};
}

// Takes the global options at the front of `arguments` off it.
Result<void> take_globals(std::vector<std::string>& arguments, Located& located) {
    const auto words = global_pointers();
    auto tokens = tokenise(words, arguments, Until::first_argument);
    if (!tokens)
        return tl::unexpected(std::move(tokens.error()));
    if (!tokens->unknown.empty()) {
        return tl::unexpected(unknown_option(tokens->unknown.front(), words));
    }
    located.early.insert(located.early.end(), tokens->given.begin(), tokens->given.end());
    arguments = std::move(tokens->rest);
    return {};
}

Result<void> assign_early(Located& located) {
    for (const auto& given : located.early) {
        // A command may take other values for a --format of its own: run_command assigns it.
        if (given.word->name == "--format")
            continue;
        if (auto done = assign_global(given, located.options); !done)
            return done;
    }
    return {};
}

Error unknown_command(const std::string& name, const Host& host, const Settings& settings) {
    auto known = nouns(host.registry);
    for (const auto& [alias, words] : settings.aliases())
        known.push_back(alias);
    // A verb by itself: `usagectl show`.
    for (const auto& command : host.registry) {
        const auto space = command.path.find(' ');
        if (space == std::string_view::npos || command.path.substr(space + 1) != name)
            continue;
        return usage_error(
            "unknown_command",
            "there is no command " + usagectl::quoted(name),
            "did you mean " + std::string(command.path) + "?"
        );
    }
    auto hint = did_you_mean(name, known);
    if (hint.empty())
        hint = "usagectl help lists the commands";
    return usage_error(
        "unknown_command", "there is no command " + usagectl::quoted(name), std::move(hint)
    );
}

Error unknown_verb(const std::string& noun, const std::string& verb, const Host& host) {
    std::vector<std::string_view> verbs;
    for (const auto* command : verbs_of(host.registry, noun)) {
        verbs.push_back(command->path.substr(noun.size() + 1));
    }
    auto hint = did_you_mean(verb, verbs);
    if (hint.empty())
        hint = noun + " knows " + join(verbs, ", ");
    return usage_error(
        "unknown_command",
        "there is no command " + usagectl::quoted(noun + " " + verb),
        std::move(hint)
    );
}

class Locator {
public:
    explicit Locator(const Host& host)
        : host_(host) {}

    Result<Located> run(std::vector<std::string> arguments) {
        for (;;) {
            if (auto done = take_globals(arguments, located_); !done)
                return error(done);
            if (arguments.empty())
                return without_words();
            name_ = arguments.front();
            arguments.erase(arguments.begin());
            if (const auto* command = find_command(host_.registry, name_)) {
                // A noun that is a command by itself may have verbs too; they come first.
                const bool verb = !arguments.empty() &&
                                  find_command(host_.registry, name_ + " " + arguments.front());
                if (verb)
                    return with_verb(std::move(arguments));
                return found(command, std::move(arguments));
            }
            if (!verbs_of(host_.registry, name_).empty())
                return with_verb(std::move(arguments));
            auto expanded = elsewhere(std::move(arguments));
            if (!expanded)
                return error(expanded);
            if (located_.program)
                return std::move(located_);
            arguments = std::move(*expanded);
        }
    }

private:
    template <class T>
    static tl::unexpected<Error> error(const Result<T>& result) {
        return tl::unexpected<Error>(result.error());
    }

    Result<Located> found(const Registered* command, std::vector<std::string> arguments) {
        located_.command = command;
        located_.arguments = std::move(arguments);
        if (auto done = assign_early(located_); !done)
            return error(done);
        return std::move(located_);
    }

    Result<Located> without_words() {
        if (auto done = assign_early(located_); !done)
            return error(done);
        if (located_.options.help || located_.options.version)
            return std::move(located_);
        return tl::unexpected(usage_error(
            "missing_command", "a command is missing", "usagectl help lists the commands"
        ));
    }

    Result<Located> with_verb(std::vector<std::string> arguments) {
        if (auto done = take_globals(arguments, located_); !done)
            return error(done);
        if (arguments.empty()) {
            if (auto done = assign_early(located_); !done)
                return error(done);
            located_.noun = name_;
            if (located_.options.help)
                return std::move(located_);
            return tl::unexpected(usage_error(
                "missing_command",
                name_ + " needs a verb",
                "usagectl " + name_ + " --help lists them"
            ));
        }
        const auto path = name_ + " " + arguments.front();
        const auto* command = find_command(host_.registry, path);
        if (command == nullptr && verbs_of(host_.registry, path).empty())
            return tl::unexpected(unknown_verb(name_, arguments.front(), host_));
        arguments.erase(arguments.begin());
        if (command != nullptr)
            return found(command, std::move(arguments));
        name_ = path;
        return with_verb(std::move(arguments));
    }

    // An alias gives the words to go on with; a program is left in located_.
    Result<std::vector<std::string>> elsewhere(std::vector<std::string> arguments) {
        if (auto done = assign_early(located_); !done)
            return error(done);
        const auto settings =
            Settings::load(host_.environment, located_.options.config, located_.options.profile);
        if (!settings)
            return error(settings);
        const auto alias = settings->aliases().find(name_);
        if (alias != settings->aliases().end())
            return expand(alias->second, std::move(arguments));
        located_.program = find_program("usagectl-" + name_, host_.environment);
        if (!located_.program) {
            return tl::unexpected(unknown_command(name_, host_, *settings));
        }
        located_.arguments = std::move(arguments);
        return std::vector<std::string>{};
    }

    Result<std::vector<std::string>>
    expand(const std::string& text, std::vector<std::string> arguments) {
        std::vector<std::string> words;
        if (!expanded_.insert(name_).second) {
            return refuse(
                Exit::usage, "alias_loop", "the alias " + usagectl::quoted(name_) + " means itself"
            );
        }
        if (!split_words(text, words) || words.empty()) {
            return refuse(
                Exit::usage,
                "malformed_alias",
                "the alias " + usagectl::quoted(name_) +
                    " is empty or has a quote that is not closed"
            );
        }
        words.insert(words.end(), arguments.begin(), arguments.end());
        return words;
    }

    const Host& host_;
    Located located_;
    std::string name_;
    std::set<std::string> expanded_;
};

}  // namespace

Error unknown_option(const std::string& option, std::span<const Word* const> words) {
    std::vector<std::string_view> known;
    for (const auto* word : words) {
        if (is_option(*word) && !word->hidden)
            known.push_back(word->name);
    }
    const auto name = option.substr(0, option.find('='));
    return usage_error(
        "unknown_option", "unknown option " + usagectl::quoted(name), did_you_mean(name, known)
    );
}

Result<Located> locate(const std::vector<std::string>& arguments, const Host& host) {
    return Locator(host).run(arguments);
}

}  // namespace usagectl::cli
