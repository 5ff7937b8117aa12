// SPDX-License-Identifier: MIT
// Help, version, completion scripts and manual pages.
#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/docgen.hpp"
#include "cli/help.hpp"
#include "support/run_command.hpp"
#include "support/sample_commands.hpp"
#include "support/scratch.hpp"

using usagectl::test::World;

TEST_CASE("help COMMAND prints what COMMAND --help prints") {
    World world;
    CHECK(world("help config get").out == world("config get --help").out);
    CHECK(world("help config").out == world("config --help").out);
    CHECK(world("help").out == world("--help").out);
    CHECK(world("help nonsense").exit == 2);
    CHECK_THAT(world("help confg").err, Catch::Contains("did you mean config"));
}

TEST_CASE("help --all lists every command but the hidden ones") {
    World world;
    const auto ran = world("help --all");
    CHECK_THAT(ran.out, Catch::Contains("config explain"));
    CHECK(ran.out.find("__") == std::string::npos);
    const auto root = nlohmann::json::parse(world("help --json").out);
    for (const auto& item : root.at("items")) {
        CHECK(item.at("command").get<std::string>().find("__") == std::string::npos);
    }
}

TEST_CASE("help --schema prints the form of a command's answer") {
    World world;
    const auto schema = nlohmann::json::parse(world("help --schema version").out);
    CHECK(schema.at("properties").at("commit").at("type") == nlohmann::json({"string", "null"}));
    CHECK(world("help --schema").exit == 2);
    CHECK(world("help --schema config").exit == 2);
}

TEST_CASE("the help of a command has all that was declared") {
    const auto help =
        usagectl::cli::command_help(usagectl::test::sample_registry()[3].declare().spec);
    for (const auto* part : {
             "usagectl echo show: answer with what was given\n",
             "  usagectl echo show [options] METER [EXTRA…]\n",
             "  METER   a meter\n",
             "  -b, --by UNIT  size of a step (interval, hour, day, month; default: day)\n",
             "  --plot[=FILE]  draw\n",
             "  --tag TAG…     any number\n",
             "  usagectl echo show 1 --by hour\n      an example\n",
         }) {
        CHECK_THAT(help, Catch::Contains(part));
    }
    CHECK(help.find("--dry-run") == std::string::npos);
}

TEST_CASE("no line of help is wider than a terminal") {
    World world;
    std::istringstream lines(world("--help").out + world("config set --help").out);
    for (std::string line; std::getline(lines, line);) {
        CAPTURE(line);
        CHECK(usagectl::cli::display_width(line) <= 80);
    }
}

TEST_CASE("version is one line, and all there is to know as JSON") {
    World world;
    CHECK_THAT(world("version").out, Catch::Matches("usagectl [0-9]+\\.[0-9]+\\.[0-9]+\n"));
    CHECK(world("--version").out == world("version").out);
    const auto root = nlohmann::json::parse(world("version --json").out);
    CHECK(root.at("schema") == "usagectl.version/1");
    CHECK(root.at("sqlite") == "3.40.1");
    CHECK(root.at("schema_version") == 1);
}

TEST_CASE("completion prints the script of each shell") {
    World world;
    CHECK_THAT(world("completion bash").out, Catch::Contains("complete -F _usagectl usagectl"));
    CHECK_THAT(world("completion zsh").out, Catch::StartsWith("#compdef usagectl\n"));
    CHECK_THAT(world("completion fish").out, Catch::Contains("complete -c usagectl"));
    CHECK(world("completion csh").exit == 2);
}

TEST_CASE("a page's placeholders are filled and its prose is left alone") {
    const auto registry = usagectl::test::sample_registry();
    const auto page = usagectl::cli::fill_page(
        registry,
        "usagectl-echo-show",
        "@NAME@\n\nprose with @NAME@ "
        "inside\n\n@SYNOPSIS@\n\n@OPTIONS@\n\n@EXAMPLES@\n\n@SEE_ALSO@\n"
    );
    REQUIRE(page);
    for (const auto* part : {
             "usagectl-echo-show - answer with what was given\n",
             "prose with @NAME@ inside\n",
             "*usagectl echo show* [_options_] _METER_ [_EXTRA_...]\n",
             "*-b*, *--by* _UNIT_\n\tsize of a step (interval, hour, day, month; default: day)\n",
             "\tusagectl echo show 1 --by hour\n",
             "*usagectl-echo-list*(1)",
         }) {
        CHECK_THAT(*page, Catch::Contains(part));
    }
    // A page about no command is prose alone.
    CHECK(usagectl::cli::fill_page(registry, "usagectl-ideas", "prose\n") == "prose\n");
    CHECK(
        usagectl::cli::fill_page(registry, "usagectl-ideas", "@NAME@\n").error().code ==
        "placeholder_unknown"
    );
    CHECK(
        usagectl::cli::fill_page(registry, "usagectl-fail", "@NOPE@\n").error().code ==
        "placeholder_unknown"
    );
}
