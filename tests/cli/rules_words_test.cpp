// SPDX-License-Identifier: MIT
// Nouns within nouns, and the names of rule packs under the cursor.
#include <sstream>

#include <catch2/catch.hpp>

#include "rules/built_in.hpp"
#include "support/run_command.hpp"
#include "support/scratch.hpp"

using usagectl::test::Scratch;
using usagectl::test::World;

namespace {

// The candidates for the last word.
std::string complete(World& world, std::vector<std::string> words) {
    words.insert(words.begin(), {"__complete", std::to_string(words.size() - 1)});
    const auto ran = world.run(words);
    CHECK(ran.exit == 0);
    CHECK(ran.err.empty());
    std::string out;
    std::istringstream lines(ran.out);
    for (std::string text; std::getline(lines, text);)
        out += (out.empty() ? "" : " ") + text.substr(0, text.find('\t'));
    return out;
}

// A built-in pack under another name.
std::string pack_text(const std::string& name) {
    std::string text(usagectl::rules::built_in_packs().front().text);
    const std::string own = "name = \"texas\"";
    return text.replace(text.find(own), own.size(), "name = \"" + name + "\"");
}

}  // namespace

TEST_CASE("a noun within a noun is one word to complete, and its verbs the next") {
    World world;
    world.environment["HOME"] = "/home/x";
    CHECK(
        complete(world, {"usagectl", "rules", ""}) ==
        "words check emergency explain judge list schema show test"
    );
    CHECK(complete(world, {"usagectl", "rules", "e"}) == "words emergency explain");
    CHECK(complete(world, {"usagectl", "rules", "emergency", ""}) == "words add list withdraw");
    CHECK(complete(world, {"usagectl", "rules", "emergency", "w"}) == "words withdraw");
    CHECK(complete(world, {"usagectl", "rules", "emergancy", ""}) == "words");
    CHECK(complete(world, {"usagectl", "help", "rules", "emergency", "a"}) == "words add");
    CHECK(
        complete(world, {"usagectl", "rules", "emergency", "add", "Harris", "--weather", ""}) ==
        "words cold heat any"
    );
}

TEST_CASE("a noun within a noun is found, and what is missing is told") {
    World world;
    world.environment["HOME"] = "/home/x";
    struct Row {
        const char* line;
        const char* err;
    };
    const Row rows[] = {
        {"rules emergency",
         "usagectl: rules emergency needs a verb\n"
         "hint: usagectl rules emergency --help lists them\n"},
        {"rules emergency ad",
         "usagectl: there is no command 'rules emergency ad'\nhint: did you mean add?\n"},
        {"rules emergency --state TX", "usagectl: unknown option '--state'\n"},
        {"rules emergency add", "usagectl: rules emergency add: option --state is required\n"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.line);
        const auto ran = world(row.line);
        CHECK(ran.exit == 2);
        CHECK(ran.out.empty());
        CHECK(ran.err.find(std::string(row.err).substr(0, 30)) == 0);
    }
    const auto help = world("rules emergency --help");
    CHECK(help.exit == 0);
    CHECK(help.out.find("rules emergency withdraw") != std::string::npos);
    CHECK(help.out.find("rules show") == std::string::npos);
    CHECK(world("help rules emergency list").exit == 0);
}

TEST_CASE("names of packs are completed, those of a folder as well") {
    const Scratch scratch;
    World world;
    world.environment["HOME"] = scratch.path();
    CHECK(complete(world, {"usagectl", "rules", "show", ""}) == "words texas virginia");
    CHECK(complete(world, {"usagectl", "rules", "explain", "v"}) == "words virginia");

    const auto folder = scratch.path("packs");
    scratch.write("packs/coop.toml", pack_text("coop"));
    world.environment["USAGECTL_RULES_DIRECTORY"] = folder;
    CHECK(complete(world, {"usagectl", "rules", "show", ""}) == "words coop texas virginia");
    // A folder that cannot be understood completes as if there were none.
    scratch.write("packs/wrong.toml", "name = 1\n");
    CHECK(complete(world, {"usagectl", "rules", "show", ""}) == "words texas virginia");
}

TEST_CASE("a folder of packs that is wrong stops every command about them") {
    const Scratch scratch;
    World world;
    world.environment["HOME"] = scratch.path();
    const auto folder = scratch.path("packs");
    world.environment["USAGECTL_RULES_DIRECTORY"] = folder;
    CHECK(world("rules list").exit == 5);
    CHECK(world("rules list").err.find("cannot read rule packs from") != std::string::npos);

    scratch.write("packs/coop.toml", pack_text("coop"));
    scratch.write("packs/notes.txt", "not a pack");
    scratch.write("packs/.coop.toml.swp.toml", "not a pack");
    CHECK(world("rules list --jq .items[].pack").out == "coop\ntexas\nvirginia\n");
    scratch.write("packs/coop2.toml", pack_text("coop"));
    CHECK(world("rules test").exit == 6);
    CHECK(world("rules test").err.find("the pack is called coop, as that of") != std::string::npos);
    scratch.write("packs/coop2.toml", "name = 1\n");
    for (const auto* line : {"rules list", "rules show texas", "rules explain texas summary"})
        CHECK(world(line).exit == 6);
}
