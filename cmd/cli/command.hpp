// SPDX-License-Identifier: MIT
// The one declaration of a command. Parsing, help, man page, completion, JSON field list and JSON
// schema are all derived from it; nothing about a command's words is written anywhere else.
//
// A command file holds three things: a struct of typed options, the declaration that binds words to
// its members, and a run function. cli::command<Options>(spec, run) ties them together.
#pragma once

#include <any>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace usagectl::cli {

struct Context;

enum class Complete {
    none,
    account,
    agent,
    card_batch,
    file,
    directory,
    meter,
    rule_pack,
    tariff,
    timezone,
    command,
    config_key,
    config_value,
};

// Text to value: the single customisation point for arguments, configuration and CSV alike.
// Specialised beside each type, or in cli/values.hpp. Errors: exit 2, a message that names the
// text.
template <class T>
struct Parse;  // static Result<T> from(std::string_view text)

template <class T>
Result<T> parse(std::string_view text) {
    return Parse<T>::from(text);
}

// A word on the command line: an option (`--from`) or, when `name` does not begin with a dash, a
// positional argument (`METER`).
struct Word {
    std::string_view name;        // "--from" or "METER"
    char letter = 0;              // 'q' for -q
    std::string_view value = {};  // "DATE"; empty: a flag
    std::string_view help = {};   // one line, lower case, no full stop
    std::vector<std::string_view> choices = {};
    std::string_view default_text = {};
    Complete complete = Complete::none;
    bool required = false;
    bool repeatable = false;
    bool value_optional = false;  // --json[=FIELDS], --plot[=FILE]
    bool hidden = false;

    // Sets the member of the options struct. `options` points to the struct the command declared.
    std::function<Result<void>(void* options, std::string_view text)> store = {};
};

// Where a bound value lands: plain, optional, repeated, flag.
namespace detail {
template <class M>
struct Assign {
    static Result<void> apply(M& member, std::string_view text) {
        auto value = parse<M>(text);
        if (!value)
            return tl::unexpected(value.error());
        member = std::move(*value);
        return {};
    }
};
template <>
struct Assign<bool> {
    static Result<void> apply(bool& member, std::string_view) {
        member = true;
        return {};
    }
};
template <class T>
struct Assign<std::optional<T>> {
    static Result<void> apply(std::optional<T>& member, std::string_view text) {
        auto value = parse<T>(text);
        if (!value)
            return tl::unexpected(value.error());
        member = std::move(*value);
        return {};
    }
};
template <class T>
struct Assign<std::vector<T>> {
    static Result<void> apply(std::vector<T>& member, std::string_view text) {
        auto value = parse<T>(text);
        if (!value)
            return tl::unexpected(value.error());
        member.push_back(std::move(*value));
        return {};
    }
};
}  // namespace detail

// bind({.name = "--from", .value = "DATE", .help = "first local day"}, &ShowOptions::from)
template <class O, class M>
[[nodiscard]] Word bind(Word word, M O::*member) {
    word.store = [member](void* options, std::string_view text) {
        return detail::Assign<M>::apply(static_cast<O*>(options)->*member, text);
    };
    return word;
}

// A field of the JSON answer, named by its path: "meter", "items[].start", "quota.limit".
struct Field {
    std::string_view path;
    std::string_view type;  // string, integer, boolean, money, instant, date, object, array
    std::string_view help;
    bool nullable = false;
};

struct Example {
    std::string_view command;  // runnable as it stands
    std::string_view help;
};

struct ExitNote {
    Exit exit;
    std::string_view meaning;  // what this code means for this command
};

struct Spec {
    std::vector<std::string_view> path;  // {"usage", "show"}
    std::string_view summary;            // lower case, no full stop, at most 60 characters
    std::string_view description = {};   // a paragraph for --help; the man page's prose is in man/
    std::vector<Word> words = {};        // positionals in order, then options
    std::vector<Field> fields = {};      // root and items fields, all of them
    std::string_view item_list = "items";  // the list that jsonl, csv, tsv and table print
    std::vector<Example> examples = {};
    std::vector<ExitNote> exits = {};
    bool changes = false;  // takes --dry-run and --idempotency-key, leaves an audit row
    bool records = false;  // changes nothing, and still may leave an audit row
    bool hidden = false;
    bool bare = false;  // reads no configuration: works however broken that is
    bool raw = false;   // every word after the path is an argument, dashes or not
};

struct Command {
    Spec spec;
    // Makes the options struct, hands it to the words, runs.
    std::function<std::any()> make_options;
    std::function<void*(std::any&)> address;
    std::function<Exit(const std::any&, Context&)> run;
};

template <class O>
[[nodiscard]] Command command(Spec spec, Exit (*run)(const O&, Context&)) {
    return Command{
        std::move(spec),
        [] { return std::any(O{}); },
        [](std::any& options) { return static_cast<void*>(std::any_cast<O>(&options)); },
        [run](const std::any& options, Context& context) {
            return run(std::any_cast<const O&>(options), context);
        },
    };
}

// One line of cmd/registry.cpp. The declaration is made only when it is needed.
struct Registered {
    std::string_view path;  // "usage show"
    std::string_view summary;
    Command (*declare)();
};

}  // namespace usagectl::cli
