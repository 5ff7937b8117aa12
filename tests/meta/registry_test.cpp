// SPDX-License-Identifier: MIT
// What every command owes: a place in the table, words, help, fields, examples, a manual page.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include <catch2/catch.hpp>

#include "cli/commands.hpp"
#include "cli/docgen.hpp"
#include "cli/fields.hpp"
#include "cli/globals.hpp"
#include "cli/locate.hpp"
#include "cli/parse.hpp"
#include "cli/schema.hpp"
#include "support/run_command.hpp"

namespace cli = usagectl::cli;

namespace {

struct Declared {
    const cli::Registered* registered;
    cli::Command command;
};

const std::vector<Declared>& commands() {
    static const auto all = [] {
        std::vector<Declared> declared;
        for (const auto& registered : usagectl::registry()) {
            declared.push_back({&registered, registered.declare()});
        }
        return declared;
    }();
    return all;
}

// Lower case, no full stop: "e.g." and names in capitals are fine further on.
bool good_line(std::string_view text, std::size_t longest) {
    return !text.empty() && text.size() <= longest && text.back() != '.' &&
           !(text[0] >= 'A' && text[0] <= 'Z' && text.size() > 1 && text[1] >= 'a' && text[1] <= 'z'
           ) &&
           text.find('\n') == std::string_view::npos;
}

std::string read(const std::filesystem::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Whether a line of a manual or of help would be taken by the parser. Datastores stay closed.
usagectl::Result<void> parses(const std::vector<std::string>& words) {
    usagectl::test::World world;
    cli::Host host{
        .io = {.in = std::cin, .out = std::cout, .err = std::cerr},
        .environment = [](std::string_view) { return std::nullopt; },
        .clock = world.clock,
        .registry = usagectl::registry(),
        .stores = world.none,
        .network = world.no_network,
        .steady = {},
        .interrupted = {},
        .os_user = {},
        .become = {},
    };
    auto located = cli::locate(words, host);
    if (!located)
        return tl::unexpected(located.error());
    if (located->command == nullptr)
        return {};
    const auto command = located->command->declare();
    std::vector<const cli::Word*> known;
    for (const auto& word : command.spec.words)
        known.push_back(&word);
    for (const auto& word : cli::global_words()) {
        const bool own = std::any_of(known.begin(), known.end(), [&word](const cli::Word* other) {
            return other->name == word.name;
        });
        if (!own)
            known.push_back(&word);
    }
    auto tokens = cli::tokenise(known, located->arguments, cli::Until::end);
    if (!tokens)
        return tl::unexpected(tokens.error());
    if (!tokens->unknown.empty())
        return tl::unexpected(cli::unknown_option(tokens->unknown[0], known));
    auto options = command.make_options();
    auto* address = command.address(options);
    cli::GlobalOptions globals;
    for (const auto& given : tokens->given) {
        const auto& words_of = command.spec.words;
        const bool own =
            given.word >= words_of.data() && given.word < words_of.data() + words_of.size();
        auto done = own ? cli::assign(*given.word, given.value.value_or(""), address)
                        : cli::assign_global(given, globals);
        if (!done)
            return done;
    }
    if (globals.help)
        return {};
    return cli::assign_arguments(command.spec, tokens->rest, tokens->given, address);
}

}  // namespace

TEST_CASE("the table of commands is sorted, and says what the declarations say") {
    const auto registry = usagectl::registry();
    CHECK(std::is_sorted(registry.begin(), registry.end(), [](const auto& left, const auto& right) {
        return left.path < right.path;
    }));
    for (const auto& [registered, command] : commands()) {
        CAPTURE(registered->path);
        CHECK(cli::path_text(command.spec) == registered->path);
        CHECK(command.spec.summary == registered->summary);
        CHECK(command.spec.hidden == cli::is_hidden(*registered));
        CHECK(good_line(command.spec.summary, 60));
        CHECK(command.spec.path.size() <= 3);
    }
}

TEST_CASE("a noun has verbs or is a command, but for one that scripts rely on as both") {
    for (const auto& [registered, command] : commands()) {
        CAPTURE(registered->path);
        if (command.spec.path.size() == 1 && registered->path != "balance") {
            CHECK(cli::verbs_of(usagectl::registry(), registered->path).empty());
        }
    }
}

TEST_CASE("the help of every command goes to stdout, exit 0, stderr empty") {
    for (const auto& [registered, command] : commands()) {
        if (command.spec.raw)
            continue;  // takes even --help as an argument
        CAPTURE(registered->path);
        usagectl::test::World world;
        const auto ran = world(std::string(registered->path) + " --help");
        CHECK(ran.exit == 0);
        CHECK(ran.err.empty());
        CHECK_THAT(ran.out, Catch::StartsWith("usagectl " + std::string(registered->path) + ": "));
    }
}

TEST_CASE("the words of a command are well formed") {
    for (const auto& [registered, command] : commands()) {
        std::set<std::string_view> names;
        std::set<char> letters;
        for (const auto& word : cli::global_words()) {
            if (word.letter != 0)
                letters.insert(word.letter);
        }
        bool optional_seen = false;
        for (const auto& word : command.spec.words) {
            CAPTURE(registered->path, word.name);
            CHECK(names.insert(word.name).second);
            if (word.letter != 0)
                CHECK(letters.insert(word.letter).second);
            CHECK(good_line(word.help, 100));
            CHECK(word.store);
            if (cli::is_option(word)) {
                CHECK(word.name.substr(0, 2) == "--");
                CHECK_FALSE((cli::is_flag(word) && (word.value_optional || !word.choices.empty())));
            } else {
                CHECK(word.letter == 0);
                CHECK_FALSE((word.required && optional_seen));  // nothing could tell them apart
                optional_seen = optional_seen || !word.required || word.repeatable;
            }
            const bool listed =
                word.default_text.empty() || word.choices.empty() ||
                std::count(word.choices.begin(), word.choices.end(), word.default_text) == 1;
            CHECK(listed);
        }
    }
}

TEST_CASE("every field has a known type, a help line, and is declared once") {
    const std::set<std::string_view> types{
        "string", "integer", "boolean", "money", "instant", "date", "object", "array"};
    for (const auto& [registered, command] : commands()) {
        std::set<std::string_view> paths;
        for (const auto& field : command.spec.fields) {
            CAPTURE(registered->path, field.path);
            CHECK(types.count(field.type) == 1);
            CHECK(good_line(field.help, 100));
            CHECK(paths.insert(field.path).second);
            CHECK(field.path != "schema");
        }
        CHECK_NOTHROW(cli::json_schema(command.spec));
    }
}

TEST_CASE("every exit code is one of the contract's, listed once, with its meaning") {
    const std::set<int> codes{0, 1, 2, 3, 4, 5, 6, 70, 130};
    for (const auto& [registered, command] : commands()) {
        std::set<int> seen;
        for (const auto& note : command.spec.exits) {
            CAPTURE(registered->path, note.meaning);
            CHECK(codes.count(static_cast<int>(note.exit)) == 1);
            CHECK(seen.insert(static_cast<int>(note.exit)).second);
            CHECK(good_line(note.meaning, 120));
        }
    }
}

TEST_CASE("every example is one the parser takes") {
    for (const auto& [registered, command] : commands()) {
        if (!command.spec.hidden) {
            CAPTURE(registered->path);
            CHECK_FALSE(command.spec.examples.empty());
        }
        for (const auto& example : command.spec.examples) {
            CAPTURE(example.command);
            std::vector<std::string> words;
            REQUIRE(cli::split_words(example.command, words));
            // What comes before may prepare standard input, what comes after may use the output.
            const auto name = std::find(words.begin(), words.end(), "usagectl");
            REQUIRE(name != words.end());
            const auto end = std::find_if(name, words.end(), [](const std::string& word) {
                return word == "|" || word == ">" || word == "<";
            });
            const auto parsed = parses({name + 1, end});
            CAPTURE(parsed ? std::string() : parsed.error().message);
            CHECK(parsed.has_value());
        }
    }
}

TEST_CASE("every command has a manual page with every placeholder") {
    const std::filesystem::path folder = std::filesystem::path(USAGECTL_SOURCE_DIR) / "man";
    for (const auto& [registered, command] : commands()) {
        if (command.spec.hidden)
            continue;
        const auto page = cli::page_name(registered->path);
        CAPTURE(page);
        const auto text = read(folder / (page + ".1.scd"));
        CHECK_THAT(text, Catch::StartsWith(page + "(1)\n"));
        for (const auto* placeholder :
             {"@NAME@",
              "@SYNOPSIS@",
              "@OPTIONS@",
              "@FIELDS@",
              "@EXIT_STATUS@",
              "@EXAMPLES@",
              "@SEE_ALSO@"}) {
            CHECK_THAT(text, Catch::Contains("\n" + std::string(placeholder) + "\n"));
        }
        CHECK(cli::fill_page(usagectl::registry(), page, text).has_value());
    }
    for (const auto* page : {"usagectl", "usagectl-config"}) {
        const auto section = std::string(page) == "usagectl" ? ".1.scd" : ".5.scd";
        const auto text = read(folder / (std::string(page) + section));
        CHECK(cli::fill_page(usagectl::registry(), page, text).has_value());
    }
}

TEST_CASE("every manual page belongs to a command") {
    const std::filesystem::path folder = std::filesystem::path(USAGECTL_SOURCE_DIR) / "man";
    std::set<std::string> pages{"usagectl"};
    for (const auto& registered : usagectl::registry())
        pages.insert(cli::page_name(registered.path));
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const auto name = entry.path().filename().string();
        const auto section = name.rfind(".1.scd");
        if (section == std::string::npos)
            continue;
        CAPTURE(name);
        CHECK(pages.count(name.substr(0, section)) == 1);
    }
}

TEST_CASE("a command that changes nothing refuses the options of one that does") {
    for (const auto& [registered, command] : commands()) {
        if (command.spec.changes || command.spec.raw)
            continue;
        CAPTURE(registered->path);
        usagectl::test::World world;
        const auto ran = world(std::string(registered->path) + " --dry-run");
        CHECK(ran.exit == 2);
        CHECK_THAT(ran.err, Catch::Contains("takes no --dry-run"));
    }
}
