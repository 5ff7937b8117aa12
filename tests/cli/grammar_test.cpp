// SPDX-License-Identifier: MIT
// Words: where they may stand, what they mean, what a wrong one gets.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <rapidcheck.h>

#include "support/run_command.hpp"
#include "support/sample_commands.hpp"
#include "support/scratch.hpp"

using usagectl::test::World;

namespace {

struct SampleWorld : World {
    SampleWorld() { registry = usagectl::test::sample_registry(); }
};

nlohmann::json answer(World& world, const std::string& line) {
    const auto ran = world(line);
    CAPTURE(line, ran.err);
    REQUIRE(ran.exit == 0);
    CHECK(ran.err.empty());
    return nlohmann::json::parse(ran.out);
}

}  // namespace

TEST_CASE("a global option stands before, between and after the words of a command") {
    SampleWorld world;
    for (const auto* line : {
             "--json echo show 1",
             "echo --json show 1",
             "echo show --json 1",
             "echo show 1 --json",
             "--format json echo -q show 1 --no-header",
             "--format=json --db x echo show 1",
         }) {
        CHECK(answer(world, line).at("meter") == "1");
    }
}

TEST_CASE("a value is taken as it is, whatever it looks like") {
    SampleWorld world;
    for (const std::string text :
         {"{}", "[a,b]", "true", "a=b", "%%", "", "-", "ü", "--by", "a b", "@x"}) {
        CAPTURE(text);
        const auto joined = world.run({"--json", "echo", "show", "1", "--tag=" + text});
        REQUIRE(joined.exit == 0);
        CHECK(nlohmann::json::parse(joined.out).at("tags").at(0) == text);
        const auto apart = world.run({"--json", "echo", "show", "1", "--tag", text});
        REQUIRE(apart.exit == 0);
        CHECK(nlohmann::json::parse(apart.out).at("tags").at(0) == text);
    }
}

TEST_CASE("any text passes through the parser unchanged") {
    SampleWorld world;
    CHECK(rc::check("tags and arguments come out as they went in", [&] {
        const auto tags = *rc::gen::container<std::vector<std::string>>(
            rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'))
        );
        std::vector<std::string> words{"--json", "echo", "show"};
        for (const auto& tag : tags)
            words.push_back("--tag=" + tag);
        words.emplace_back("--");
        words.insert(words.end(), {"1", "--not-an-option"});
        words.insert(words.end(), tags.begin(), tags.end());
        const auto ran = world.run(words);
        RC_ASSERT(ran.exit == 0);
        const auto root = nlohmann::json::parse(ran.out);
        RC_ASSERT(root.at("tags") == nlohmann::json(tags));
        RC_ASSERT(root.at("extras").size() == tags.size() + 1);
        for (std::size_t at = 0; at < tags.size(); ++at) {
            RC_ASSERT(root.at("extras").at(at + 1) == tags[at]);
        }
    }));
}

TEST_CASE("options of every kind reach the command") {
    SampleWorld world;
    const auto root = answer(
        world, "echo show A-1 x y --from 2026-11-01 -b hour --limit=7 --tag a --tag b -f --json"
    );
    CHECK(root.at("meter") == "A-1");
    CHECK(root.at("extras") == nlohmann::json({"x", "y"}));
    CHECK(root.at("from") == "2026-11-01");
    CHECK(root.at("by") == "hour");
    CHECK(root.at("limit") == 7);
    CHECK(root.at("tags") == nlohmann::json({"a", "b"}));
    CHECK(root.at("flag") == true);
}

TEST_CASE("an optional value is never taken from the next word") {
    SampleWorld world;
    CHECK(answer(world, "--json echo show --plot 1").at("plot") == "");
    CHECK(answer(world, "--json echo show --plot=f.svg 1").at("plot") == "f.svg");
    CHECK(answer(world, "--json echo show 1").at("plot").is_null());
}

TEST_CASE("an option given twice counts the last time") {
    SampleWorld world;
    CHECK(answer(world, "--json echo show 1 --by hour --by month").at("by") == "month");
    CHECK(answer(world, "echo show 1 --format csv --format json").at("meter") == "1");
}

TEST_CASE("letters may be joined and carry a value") {
    SampleWorld world;
    const auto root = answer(world, "--json echo show 1 -qfbhour");
    CHECK(root.at("flag") == true);
    CHECK(root.at("by") == "hour");
}

TEST_CASE("two dashes end the options") {
    SampleWorld world;
    const auto root = answer(world, "--json echo show 1 -- --flag -- -x");
    CHECK(root.at("flag") == false);
    CHECK(root.at("extras") == nlohmann::json({"--flag", "--", "-x"}));
}

TEST_CASE("a negative number is an argument") {
    SampleWorld world;
    CHECK(answer(world, "--json echo show 1 -5").at("extras") == nlohmann::json({"-5"}));
}

TEST_CASE("wrong usage is one line with a cure, exit 2, and no page of help") {
    struct Row {
        const char* line;
        const char* message;
        const char* hint;
    };
    const Row rows[] = {
        {"", "a command is missing", "usagectl help lists the commands"},
        {"ecko", "there is no command 'ecko'", "did you mean echo?"},
        {"show", "there is no command 'show'", "did you mean echo show?"},
        {"echo", "echo needs a verb", "usagectl echo --help lists them"},
        {"echo lisst", "there is no command 'echo lisst'", "did you mean list?"},
        {"echo xyzzy", "there is no command 'echo xyzzy'", "echo knows change, list, show"},
        {"--jsn echo show 1", "unknown option '--jsn'", "did you mean --json?"},
        {"echo show 1 --form 1",
         "echo show: unknown option '--form'",
         "did you mean --format, --from?"},
        {"echo show 1 --lim=1", "echo show: unknown option '--lim'", "did you mean --limit?"},
        {"echo show", "echo show: METER is missing", nullptr},
        {"echo list x", "echo list: unexpected argument 'x'", nullptr},
        {"echo show 1 --by", "echo show: option '--by' needs a value", nullptr},
        {"echo show 1 --by -- x", "echo show: option --by needs a value", nullptr},
        {"echo show 1 --flag=1", "echo show: option --flag takes no value", nullptr},
        {"echo show 1 --by hours",
         "echo show: --by: 'hours' is not one of interval, hour, day, month",
         "did you mean hour?"},
        {"echo show 1 --limit 0",
         "echo show: --limit: '0' is not a whole number between 1 and 1000",
         nullptr},
        {"echo show 1 --limit 99999999999999999999",
         "echo show: --limit: '99999999999999999999' is not a whole number between 1 and 1000",
         nullptr},
        {"echo show 1 --dry-run",
         "echo show: echo show changes nothing and takes no --dry-run",
         nullptr},
        {"--format xml echo show 1",
         "echo show: --format: 'xml' is not one of table, json, jsonl, csv, tsv",
         nullptr},
        {"echo change --yes --idempotency-key=",
         "echo change: --idempotency-key takes 1 to 200 characters",
         nullptr},
    };
    SampleWorld world;
    for (const auto& row : rows) {
        CAPTURE(row.line);
        const auto ran = world(row.line);
        CHECK(ran.exit == 2);
        CHECK(ran.out.empty());
        auto expected = "usagectl: " + std::string(row.message) + "\n";
        if (row.hint != nullptr)
            expected += "hint: " + std::string(row.hint) + "\n";
        CHECK(ran.err == expected);
    }
}

TEST_CASE("help goes to stdout from wherever it is asked for") {
    SampleWorld world;
    for (const auto* line : {
             "--help",
             "-h",
             "echo --help",
             "echo show --help",
             "echo show --help --nonsense",
             "--help echo show",
             "-h echo",
         }) {
        CAPTURE(line);
        const auto ran = world(line);
        CHECK(ran.exit == 0);
        CHECK(ran.err.empty());
        CHECK_THAT(ran.out, Catch::Contains("usage:\n  usagectl"));
    }
}

TEST_CASE("an alias stands for its words and takes more of them") {
    SampleWorld world;
    const usagectl::test::Scratch scratch;
    world.environment["USAGECTL_CONFIG"] = scratch.write("config.toml", R"([alias]
days = "echo show --by 'day' --tag \"two words\""
mine = "--json days"
loop = "again"
again = "loop x"
broken = "echo 'show"
echo = "fail bug"
)");
    const auto root = answer(world, "--json days 1 --by month");
    CHECK(root.at("by") == "month");
    CHECK(root.at("tags") == nlohmann::json({"two words"}));
    CHECK(answer(world, "mine 2").at("meter") == "2");
    // A command's own name cannot be taken from it.
    CHECK(answer(world, "echo show 1 --json").at("meter") == "1");

    const auto loop = world("loop");
    CHECK(loop.exit == 2);
    CHECK(loop.err == "usagectl: the alias 'loop' means itself\n");
    CHECK_THAT(world("broken").err, Catch::Contains("a quote that is not closed"));
    CHECK_THAT(world("dayz").err, Catch::Contains("did you mean days?"));
}
