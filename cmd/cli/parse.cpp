// SPDX-License-Identifier: MIT
#include "cli/parse.hpp"

#include <algorithm>
#include <map>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include "base/text.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

// CLI11 takes `{}`, `[a,b]` and the empty text in `--x=` for something special. What is not an
// option's name therefore passes through it in disguise, and comes out as it was.
class Disguise {
public:
    explicit Disguise(std::span<const std::string> arguments) {
        bool options_ended = false;
        for (const auto& argument : arguments) {
            const auto equals = argument.find('=');
            if (options_ended || !looks_like_option(argument)) {
                words_.push_back(conceal(argument));
            } else if (argument.substr(0, 2) == "--" && equals != std::string::npos) {
                const auto name = argument.substr(0, equals + 1);
                words_.push_back(name + conceal(argument.substr(equals + 1)));
                originals_.emplace(words_.back(), argument);
            } else {
                words_.push_back(argument);
                options_ended = argument == "--";
            }
        }
    }

    [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
    [[nodiscard]] std::string reveal(const std::string& word) const {
        const auto found = originals_.find(word);
        return found == originals_.end() ? word : found->second;
    }
    [[nodiscard]] static bool hidden(const std::string& word) {
        return !word.empty() && word.front() == mark;
    }

private:
    static constexpr char mark = '\x01';

    // `-` alone is standard input, `-5` a number.
    static bool looks_like_option(const std::string& text) {
        return text.size() > 1 && text[0] == '-' && (text[1] < '0' || text[1] > '9') &&
               text[1] != '=';
    }
    std::string conceal(const std::string& text) {
        auto name = mark + std::to_string(originals_.size());
        originals_.emplace(name, text);
        return name;
    }

    std::vector<std::string> words_;
    std::map<std::string, std::string> originals_;
};

std::string names_of(const Word& word) {
    std::string names;
    if (word.letter != 0)
        names = std::string("-") + word.letter + ",";
    return names.append(word.name);
}

// CLI11 sees an optional value (`--json[=FIELDS]`) as a flag: it then never takes the next word.
CLI::Option* declare(CLI::App& app, const Word& word) {
    const bool flag = is_flag(word) || word.value_optional;
    auto* option = flag ? app.add_flag(names_of(word)) : app.add_option(names_of(word));
    return option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

Error usage_error(std::string_view code, std::string message, std::string hint = {}) {
    return {Exit::usage, std::string(code), std::move(message), std::move(hint)};
}

Result<std::optional<std::string>>
value_of(const Word& word, const std::string& result, const Disguise& disguise) {
    const bool flag = is_flag(word) || word.value_optional;
    if (flag && result == "true")
        return std::optional<std::string>{};
    if (is_flag(word)) {
        return tl::unexpected(
            usage_error("unexpected_value", "option " + std::string(word.name) + " takes no value")
        );
    }
    if (result == "--") {
        return tl::unexpected(
            usage_error("missing_value", "option " + std::string(word.name) + " needs a value")
        );
    }
    return std::optional(disguise.reveal(result));
}

void sort_out(
    const std::vector<std::string>& left, const Disguise& disguise, Until until, Tokens& tokens
) {
    bool options_ended = false;
    bool argument_seen = false;
    for (const auto& word : left) {
        const bool argument = Disguise::hidden(word);
        argument_seen = argument_seen || argument;
        const bool verbatim = argument_seen && until == Until::first_argument;
        if (argument || options_ended || verbatim) {
            tokens.rest.push_back(disguise.reveal(word));
        } else if (word == "--") {
            options_ended = true;
        } else {
            tokens.unknown.push_back(disguise.reveal(word));
        }
    }
}

}  // namespace

Result<Tokens>
tokenise(std::span<const Word* const> words, std::span<const std::string> arguments, Until until) {
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    app.prefix_command(until == Until::first_argument);
    std::vector<std::pair<const Word*, CLI::Option*>> options;
    for (const auto* word : words) {
        if (is_option(*word))
            options.emplace_back(word, declare(app, *word));
    }
    const Disguise disguise(arguments);
    auto reversed = disguise.words();
    std::reverse(reversed.begin(), reversed.end());  // CLI11 takes them from the back
    try {
        app.parse(std::move(reversed));
    } catch (const CLI::ParseError&) {
        // Nothing is required and every extra is allowed: only a value can be missing, and it can
        // be missing only at the end of the line.
        const auto last = usagectl::quoted(arguments.empty() ? "" : arguments.back());
        return tl::unexpected(usage_error("missing_value", "option " + last + " needs a value"));
    }
    Tokens tokens;
    for (const auto& [word, option] : options) {
        for (const auto& result : option->results()) {
            auto value = value_of(*word, result, disguise);
            if (!value)
                return tl::unexpected(value.error());
            tokens.given.push_back({word, std::move(*value)});
        }
    }
    sort_out(app.remaining(), disguise, until, tokens);
    return tokens;
}

Result<void> assign(const Word& word, std::string_view text, void* options) {
    const bool checked = !word.choices.empty() && !(word.value_optional && text.empty());
    if (checked &&
        std::find(word.choices.begin(), word.choices.end(), text) == word.choices.end()) {
        auto hint = did_you_mean(text, word.choices);
        return tl::unexpected(usage_error(
            "unknown_choice",
            std::string(word.name) + ": " + usagectl::quoted(text) + " is not one of " +
                join(word.choices, ", "),
            std::move(hint)
        ));
    }
    auto stored = word.store(options, text);
    if (!stored) {
        auto error = std::move(stored.error());
        error.message = std::string(word.name) + ": " + error.message;
        return tl::unexpected(std::move(error));
    }
    return {};
}

Result<void> assign_arguments(
    const Spec& spec,
    std::span<const std::string> arguments,
    std::span<const Given> given,
    void* options
) {
    for (const auto& word : spec.words) {
        if (is_option(word)) {
            const bool there =
                std::any_of(given.begin(), given.end(), [&word](const Given& option) {
                    return option.word == &word;
                });
            if (word.required && !there) {
                return tl::unexpected(usage_error(
                    "missing_option", "option " + std::string(word.name) + " is required"
                ));
            }
            continue;
        }
        if (word.required && arguments.empty()) {
            return tl::unexpected(
                usage_error("missing_argument", std::string(word.name) + " is missing")
            );
        }
        const auto take =
            word.repeatable ? arguments.size() : std::min<std::size_t>(arguments.size(), 1);
        for (const auto& argument : arguments.first(take)) {
            if (auto done = assign(word, argument, options); !done)
                return done;
        }
        arguments = arguments.subspan(take);
    }
    if (arguments.empty())
        return {};
    return tl::unexpected(usage_error(
        "unexpected_argument", "unexpected argument " + usagectl::quoted(arguments.front())
    ));
}

}  // namespace usagectl::cli
