// SPDX-License-Identifier: MIT
// The protocol the shells' scripts speak. The cursor stands at `|`.
#include <sstream>

#include <catch2/catch.hpp>

#include "support/run_command.hpp"
#include "support/sample_commands.hpp"
#include "support/scratch.hpp"

using usagectl::test::Scratch;
using usagectl::test::World;

namespace {

// The words of __complete come with a registry of samples around them.
std::span<const usagectl::cli::Registered> registry() {
    static const auto commands = [] {
        std::vector<usagectl::cli::Registered> all;
        for (const auto& command : usagectl::registry())
            all.push_back(command);
        for (const auto& command : usagectl::test::sample_registry())
            all.push_back(command);
        return all;
    }();
    return commands;
}

std::string complete(World& world, const std::string& line) {
    std::vector<std::string> words;
    REQUIRE(usagectl::cli::split_words(line, words));
    std::vector<std::string> request{"__complete", ""};
    for (std::size_t at = 0; at < words.size(); ++at) {
        auto word = words[at];
        const auto cursor = word.find('|');
        if (cursor != std::string::npos) {
            request[1] = std::to_string(at);
            word = word.substr(0, cursor);
        }
        request.push_back(word);
    }
    world.registry = registry();
    world.environment["HOME"] = "/home/x";
    const auto ran = world.run(request);
    CHECK(ran.exit == 0);
    CHECK(ran.err.empty());
    std::string out;
    std::istringstream lines(ran.out);
    for (std::string text; std::getline(lines, text);) {
        out += (out.empty() ? "" : " ") + text.substr(0, text.find('\t'));
    }
    return out;
}

}  // namespace

TEST_CASE("what stands under the cursor is completed from the declarations") {
    struct Row {
        const char* line;
        const char* answer;
    };
    const Row rows[] = {
        {"usagectl ver|", "words version"},
        {"usagectl __|", "words"},
        {"usagectl echo |", "words change list show"},
        {"usagectl --db x.db echo sh|", "words show"},
        {"usagectl echo --format json l|", "words list"},
        {"usagectl echo show --b|", "words --by"},
        {"usagectl echo show --no|", "words --no-header --no-pager --no-input"},
        {"usagectl echo show --dry|", "words"},
        {"usagectl echo change --dry|", "words --dry-run"},
        {"usagectl echo show --by |", "words interval hour day month"},
        {"usagectl echo show --by d|", "words day"},
        {"usagectl echo show --by=d|", "words --by=day"},
        {"usagectl echo show -b |", "words interval hour day month"},
        {"usagectl echo show --from |", "none"},
        {"usagectl echo show --format=j|", "words --format=json --format=jsonl"},
        {"usagectl echo show 10|", "words 1001 1002"},
        {"usagectl echo show --flag 2|", "words 2001"},
        {"usagectl echo show --plot 2|", "words 2001"},
        {"usagectl echo show 1001 |", "files"},
        {"usagectl echo show 1001 a b |", "files"},
        {"usagectl echo show -- --b|", "words"},
        {"usagectl tariff show |", "words home-flat home-tou shop"},
        {"usagectl tariff quote home-t|", "words home-tou"},
        {"usagectl tariff quote home-tou 10|", "words 1001 1002"},
        {"usagectl tariff show no|", "words"},
        {"usagectl echo list |", "none"},
        {"usagectl --config |", "files"},
        {"usagectl --config=|", "files"},
        {"usagectl --nonsense ver|", "words version"},
        {"usagectl nonsense |", "words"},
        {"usagectl config get identity.|", "words identity.provider_of_record"},
        {"usagectl config set timezone America/Chi|", "words America/Chicago America/Chihuahua"},
        {"usagectl config set format c|", "words csv"},
        {"usagectl config set quality.spike_percent |", "none"},
        {"usagectl config set datastore |", "files"},
        {"usagectl help con|", "words config"},
        {"usagectl help config s|", "words set"},
        {"usagectl completion |", "words bash zsh fish"},
        {"usagectl echo list --json=na|", "words"},
        {"usagectl echo list --json=to|", "words --json=total"},
        {"usagectl echo list --json=total,items.n|",
         "words --json=total,items.number --json=total,items.name"},
        {"usagectl echo show --flag=|", "none"},
    };
    World world;
    for (const auto& row : rows) {
        CAPTURE(row.line);
        CHECK(complete(world, row.line) == row.answer);
    }
}

TEST_CASE("a candidate carries its help after a tab") {
    World world;
    const auto ran = world.run({"__complete", "1", "usagectl", "vers"});
    CHECK(ran.out == "words\nversion\tprint the version and what it was built with\n");
}

TEST_CASE("an alias is offered, and completes as what it stands for") {
    World world;
    const Scratch scratch;
    world.environment["USAGECTL_CONFIG"] =
        scratch.write("config.toml", "[alias]\nmonths = 'echo show --by'\nself = 'self'\n");
    CHECK(complete(world, "usagectl mon|") == "words months");
    CHECK(complete(world, "usagectl months |") == "words interval hour day month");
    CHECK(complete(world, "usagectl months day 2|") == "words 2001");
    CHECK(complete(world, "usagectl self |") == "words");
}

TEST_CASE("trouble of any kind is silent") {
    World world;
    const Scratch scratch;
    world.environment["USAGECTL_CONFIG"] = scratch.write("config.toml", "= broken");
    CHECK(complete(world, "usagectl ver|") == "words version");
    CHECK(complete(world, "usagectl echo show 1|") == "words");
    for (const std::string cursor : {"-1", "0", "9", "999999999999", "x", ""}) {
        CAPTURE(cursor);
        const auto ran = world.run({"__complete", cursor, "usagectl", "v"});
        CHECK(ran.exit == 0);
        CHECK(ran.out == "none\n");
        CHECK(ran.err.empty());
    }
}
