// SPDX-License-Identifier: MIT
// How failures of every kind are told, and with which exit code.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/run_command.hpp"
#include "support/sample_commands.hpp"

using usagectl::test::World;

TEST_CASE("every way to fail has its exit code and one form") {
    World world;
    world.registry = usagectl::test::sample_registry();
    world.environment["HOME"] = "/home/x";
    struct Row {
        const char* what;
        int exit;
        const char* err;
    };
    const Row rows[] = {
        {"check", 1, ""},
        {"refusal", 4, "usagectl: fail: the quota is used up\nhint: try tomorrow\n"},
        {"failure", 5, "usagectl: fail: there is no datastore here\nhint: start it\n"},
        {"interrupted", 130, ""},
    };
    for (const auto& row : rows) {
        CAPTURE(row.what);
        const auto ran = world.run({"-q", "fail", row.what});
        CHECK(ran.exit == row.exit);
        CHECK(ran.out.empty());
        CHECK(ran.err == row.err);
    }
}

TEST_CASE("a bug says that it is one and how to report it") {
    World world;
    world.registry = usagectl::test::sample_registry();
    for (const auto* what : {"bug", "throw"}) {
        const auto ran = world.run({"fail", what});
        CHECK(ran.exit == 70);
        CHECK_THAT(ran.err, Catch::Contains("this is a bug in usagectl"));
        CHECK_THAT(ran.err, Catch::Contains("hint: please report it"));
    }
}

TEST_CASE("with a JSON format an error is one JSON object with every field") {
    World world;
    world.registry = usagectl::test::sample_registry();
    for (const auto* option : {"--json", "--format=jsonl", "--format json", "--jq ."}) {
        CAPTURE(option);
        const auto ran = world("fail refusal -q " + std::string(option));
        CHECK(ran.exit == 4);
        CHECK(ran.out.empty());
        const auto error = nlohmann::json::parse(ran.err).at("error");
        CHECK(error.size() == 5);
        CHECK(error.at("code") == "quota_used_up");
        CHECK(error.at("message") == "the quota is used up");
        CHECK(error.at("hint") == "try tomorrow");
        CHECK(error.at("retryable") == true);
        CHECK(error.at("exit") == 4);
    }
}

TEST_CASE("a line that does not parse is answered in the format it asked for") {
    World world;
    world.registry = usagectl::test::sample_registry();
    for (const auto* line :
         {"--json nonsense", "nonsense --format=json", "fail --format json --what"}) {
        CAPTURE(line);
        const auto ran = world(line);
        CHECK(ran.exit == 2);
        const auto error = nlohmann::json::parse(ran.err).at("error");
        CHECK(error.at("exit") == 2);
        CHECK(error.contains("hint"));
    }
    world.environment["USAGECTL_FORMAT"] = "json";
    CHECK(nlohmann::json::parse(world("nonsense").err).at("error").at("code") == "unknown_command");
}

TEST_CASE("a message cannot move the terminal's cursor") {
    World world;
    world.registry = usagectl::test::sample_registry();
    CHECK(world("fail check").err == "about to fail\\x1b[2J\n");
    const auto ran = world.run({"echo", "show", "1", "--by", "\x1b]0;title\a"});
    CHECK(ran.err.find('\x1b') == std::string::npos);
}

TEST_CASE("quiet silences notes and no errors") {
    World world;
    world.registry = usagectl::test::sample_registry();
    CHECK(world("fail check -q").err.empty());
    CHECK_FALSE(world("fail refusal -q").err.empty());
}

TEST_CASE("a change is confirmed by a person, by --yes, or not at all") {
    World world;
    world.registry = usagectl::test::sample_registry();
    CHECK_THAT(world("echo change").err, Catch::Contains("pass --yes"));
    CHECK(world("echo change").exit == 2);
    CHECK(world("echo change --yes").exit == 0);
    world.terminal = true;
    world.input = "y\n";
    CHECK(world("echo change").exit == 0);
    CHECK(world("echo change --no-input").exit == 2);
    world.input = "no\n";
    CHECK(world("echo change").exit == 4);
    world.input = "";
    CHECK(world("echo change").exit == 4);
}

TEST_CASE("who acts is the OS user unless --actor names somebody, and the OS user is kept") {
    World world;
    world.registry = usagectl::test::sample_registry();
    auto root = nlohmann::json::parse(world("echo change --yes --json").out);
    CHECK(root.at("actor") == "tester");
    root = nlohmann::json::parse(
        world("--actor csr-7 echo change --yes --json --dry-run --idempotency-key K").out
    );
    CHECK(root.at("actor") == "csr-7");
    CHECK(root.at("os_user") == "tester");
    CHECK(root.at("dry_run") == true);
    CHECK(root.at("key") == "K");
}
