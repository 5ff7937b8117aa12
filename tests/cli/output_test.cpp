// SPDX-License-Identifier: MIT
// The five formats, field selection and jq, each with an answer that has a list and one that has
// not.
#include <csignal>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/run_command.hpp"
#include "support/sample_commands.hpp"

using usagectl::test::World;

namespace {

std::string output(const std::string& line, bool terminal = false) {
    World world;
    world.registry = usagectl::test::sample_registry();
    world.terminal = terminal;
    const auto ran = world(line);
    CAPTURE(line, ran.err);
    REQUIRE(ran.exit == 0);
    CHECK(ran.err.empty());
    return ran.out;
}

}  // namespace

TEST_CASE("a table is aligned by the width of its characters") {
    CHECK(
        output("echo list") == "heading\n"
                               "NUMBER  NAME\n"
                               "     1  plain\n"
                               "     2  tab\\x09here, \"quoted\"\\x0anext\n"
                               "     3  Zähler 電気\n"
                               "footing\n"
    );
    CHECK(output("echo list --no-header --rows 1") == "heading\n1  plain\nfooting\n");
}

TEST_CASE("an answer that is one thing is shown a value a line") {
    CHECK(
        output("echo show 1") == "meter        1\n"
                                 "extras       -\n"
                                 "from         -\n"
                                 "plot         -\n"
                                 "by           day\n"
                                 "limit        10\n"
                                 "tags         -\n"
                                 "flag         false\n"
                                 "quota.limit  3\n"
                                 "quota.used   -\n"
    );
}

TEST_CASE("json is one object with its schema first, on one line unless a person looks") {
    CHECK(
        output("echo list --rows 1 --json") ==
        R"({"schema":"usagectl.echo.list/1","total":7,)"
        R"("items":[{"number":1,"name":"plain","inner":{"deep":null}}]})"
        "\n"
    );
    CHECK(
        output("echo list --rows 0 --json") ==
        R"({"schema":"usagectl.echo.list/1","total":7,"items":[]})"
        "\n"
    );
    CHECK(
        output("echo list --rows 1 --json", true) ==
        "{\n"
        "  \"schema\": \"usagectl.echo.list/1\",\n"
        "  \"total\": 7,\n"
        "  \"items\": [\n"
        R"(    {"number":1,"name":"plain","inner":{"deep":null}})"
        "\n  ]\n"
        "}\n"
    );
    CHECK(
        output("echo change --yes --json") ==
        R"({"schema":"usagectl.echo.change/1","actor":"tester","os_user":"tester",)"
        R"("dry_run":false,"key":null})"
        "\n"
    );
}

TEST_CASE("jsonl is the list alone, and an answer without a list is its only line") {
    CHECK(
        output("echo list --format jsonl --rows 2") ==
        R"({"number":1,"name":"plain","inner":{"deep":null}})"
        "\n"
        R"({"number":2,"name":"tab\there, \"quoted\"\nnext","inner":{"deep":null}})"
        "\n"
    );
    const auto line = output("echo change --yes --format jsonl");
    CHECK(nlohmann::json::parse(line).at("schema") == "usagectl.echo.change/1");
}

TEST_CASE("csv follows RFC 4180 and has a column for each field of the list") {
    CHECK(
        output("echo list --format csv") == "number,name,inner.deep\n"
                                            "1,plain,\n"
                                            "2,\"tab\there, \"\"quoted\"\"\nnext\",\n"
                                            "3,Zähler 電気,\n"
    );
    CHECK(output("echo list --format csv --rows 0") == "number,name,inner.deep\n");
    CHECK(output("echo list --format csv --rows 0 --no-header").empty());
    CHECK(
        output("echo show 1 --format csv") ==
        "meter,extras,from,plot,by,limit,tags,flag,quota.limit,quota.used\n"
        "1,[],,,day,10,[],false,3,\n"
    );
}

TEST_CASE("tsv keeps a row on one line") {
    CHECK(
        output("echo list --format tsv --rows 2 --no-header") ==
        "1\tplain\t\n2\ttab\\there, \"quoted\"\\nnext\t\n"
    );
}

TEST_CASE("a streamed answer is the same bytes as a printed one") {
    for (const std::string format : {"table", "json", "jsonl", "csv", "tsv"}) {
        for (const std::string rows : {"0", "1", "3", "1000", "1001"}) {
            const auto line = "echo list --format " + format + " --rows " + rows;
            CAPTURE(line);
            CHECK(output(line + " --stream") == output(line));
        }
    }
}

TEST_CASE("fields are selected from the root, from the list, and by path") {
    CHECK(
        output("echo list --rows 1 --json=total") ==
        R"({"schema":"usagectl.echo.list/1","total":7})"
        "\n"
    );
    CHECK(
        output("echo list --rows 1 --json=number") ==
        R"({"schema":"usagectl.echo.list/1","items":[{"number":1}]})"
        "\n"
    );
    CHECK(
        output("echo list --rows 1 --json=items.inner.deep,total") ==
        R"({"schema":"usagectl.echo.list/1","total":7,"items":[{"inner":{"deep":null}}]})"
        "\n"
    );
    CHECK(
        output("echo show 1 --json=quota.limit,meter") ==
        R"({"schema":"usagectl.echo.show/1","meter":"1","quota":{"limit":3}})"
        "\n"
    );
    CHECK(
        output("echo list --rows 1 --json=items") ==
        output("echo list --rows 1 --json=items,number")
    );
    CHECK(output("echo list --rows 1 --format jsonl --json=name") == "{\"name\":\"plain\"}\n");
    CHECK(output("echo list --rows 1 --format csv --json=name") == "name\nplain\n");
}

TEST_CASE("the fields of an answer are listed before anything is required") {
    CHECK_THAT(output("echo show --json="), Catch::Contains("quota.limit  integer"));
    CHECK_THAT(output("echo list --json="), Catch::StartsWith("schema "));
}

TEST_CASE("a field that is not there is refused with the nearest") {
    World world;
    world.registry = usagectl::test::sample_registry();
    const auto ran = world("echo list --json=numbr");
    CHECK(ran.exit == 2);
    CHECK(ran.out.empty());
    const auto error = nlohmann::json::parse(ran.err).at("error");
    CHECK(error.at("code") == "unknown_field");
    CHECK_THAT(error.at("hint").get<std::string>(), Catch::Contains("number"));
}

TEST_CASE("what a request gets wrong is told before the command has done anything") {
    World world;
    world.registry = usagectl::test::sample_registry();
    for (const auto* option : {"--jq '.['", "--json=nothing"}) {
        const auto ran = world("fail check " + std::string(option));
        CHECK(ran.exit == 2);
        CHECK(ran.err.find("about to fail") == std::string::npos);
    }
}

TEST_CASE("jq filters the object, and with jsonl each line") {
    CHECK(
        output("echo list --jq '.total, .items[0].name, .items[0].inner'") ==
        "7\nplain\n{\"deep\":null}\n"
    );
    CHECK(output("echo list --format jsonl --jq .number") == "1\n2\n3\n");
    CHECK(output("echo list --stream --jq '.items|length' --rows 5") == "5\n");
    CHECK(output("echo list --jq empty").empty());
    CHECK(output("echo show 1 --jq .quota.limit") == "3\n");
}

TEST_CASE("a jq program that fails is wrong usage") {
    World world;
    world.registry = usagectl::test::sample_registry();
    for (const auto* program : {".total.x", ".[", "error(\"no\")", "nothing_of_the_kind"}) {
        CAPTURE(program);
        const auto ran = world.run({"echo", "list", "--jq", program});
        CHECK(ran.exit == 2);
        CHECK_THAT(
            nlohmann::json::parse(ran.err).at("error").at("message").get<std::string>(),
            Catch::StartsWith("--jq: ")
        );
    }
}

TEST_CASE("formats that exclude each other are refused") {
    World world;
    world.registry = usagectl::test::sample_registry();
    for (const auto* line : {
             "echo list --format csv --jq .",
             "echo list --format table --json=total",
             "echo list --format csv --json",
         }) {
        CAPTURE(line);
        CHECK(world(line).exit == 2);
    }
}

TEST_CASE("an answer its declaration does not describe is a bug, not an output") {
    World world;
    world.registry = usagectl::test::sample_registry();
    for (const auto* format : {"table", "json", "jsonl", "csv"}) {
        const auto ran = world("echo list --undeclared --format " + std::string(format));
        CHECK(ran.exit == 70);
        CHECK_THAT(ran.err, Catch::Contains("surprise"));
    }
}

TEST_CASE("colour is for terminals unless somebody insists") {
    const auto colored = [](std::map<std::string, std::string, std::less<>> environment,
                            const std::string& option,
                            bool terminal) {
        World world;
        world.registry = usagectl::test::sample_registry();
        world.environment = std::move(environment);
        world.environment["PAGER"] = "cat";
        world.terminal = terminal;
        return world("echo list --rows 1 --no-pager " + option).out.find('\x1b') !=
               std::string::npos;
    };
    CHECK(colored({}, "", true));
    CHECK_FALSE(colored({}, "", false));
    CHECK(colored({}, "--color always", false));
    CHECK_FALSE(colored({}, "--color never", true));
    CHECK_FALSE(colored({{"NO_COLOR", "1"}}, "", true));
    CHECK(colored({{"NO_COLOR", ""}}, "", true));
    CHECK(colored({{"NO_COLOR", "1"}}, "--color always", true));
    CHECK(colored({{"CLICOLOR_FORCE", "1"}}, "", false));
    CHECK_FALSE(colored({{"CLICOLOR_FORCE", "0"}}, "", false));
    CHECK_FALSE(colored({{"TERM", "dumb"}}, "", true));
}

TEST_CASE("a long table goes through the pager and a short one does not") {
    World world;
    world.registry = usagectl::test::sample_registry();
    world.terminal = true;
    // What goes to the pager does not come out of the stream.
    world.environment["PAGER"] = "cat >/dev/null";
    CHECK_FALSE(world("echo list --rows 10").out.empty());
    CHECK(world("echo list --rows 50").out.empty());
    CHECK(world("echo list --rows 50 --stream").out.empty());
    CHECK_FALSE(world("echo list --rows 50 --no-pager").out.empty());
    CHECK_FALSE(world("echo list --rows 50 --json").out.empty());
    world.terminal = false;
    CHECK_FALSE(world("echo list --rows 50").out.empty());
}

TEST_CASE("leaving the pager early is no failure") {
    World world;
    world.registry = usagectl::test::sample_registry();
    world.terminal = true;
    world.environment["PAGER"] = "true";
    // The process ignores SIGPIPE as usagectl does.
    std::signal(SIGPIPE, SIG_IGN);
    const auto ran = world("echo list --rows 100000 --stream");
    CHECK(ran.exit == 0);
    CHECK(ran.err.empty());
}
