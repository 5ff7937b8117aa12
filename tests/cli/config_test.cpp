// SPDX-License-Identifier: MIT
// The config commands, end to end.
#include <filesystem>

#include <algorithm>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "cli/settings.hpp"
#include "support/run_command.hpp"
#include "support/scratch.hpp"

using usagectl::test::Scratch;
using usagectl::test::World;

namespace {

struct ConfigWorld : World {
    Scratch scratch;
    ConfigWorld() { environment["XDG_CONFIG_HOME"] = scratch.path(); }
};

}  // namespace

TEST_CASE("get prints the value alone") {
    ConfigWorld world;
    CHECK(world("config get timezone").out == "America/Chicago\n");
    CHECK(world("config get timezone --db x").out == "America/Chicago\n");
    const auto unknown = world("config get timezon");
    CHECK(unknown.exit == 3);
    CHECK(
        unknown.err ==
        "usagectl: config get: there is no setting 'timezon'\nhint: did you mean timezone?\n"
    );
}

TEST_CASE("set writes the user's file for its owner alone, and get sees it") {
    ConfigWorld world;
    const auto ran = world("config set timezone Europe/Vienna");
    CHECK(ran.exit == 0);
    const auto file = world.scratch.path("usagectl/config.toml");
    CHECK(ran.out == "timezone = Europe/Vienna in " + file + "\n");
    CHECK(world.scratch.read("usagectl/config.toml") == "timezone = \"Europe/Vienna\"\n");
    using std::filesystem::perms;
    CHECK(std::filesystem::status(file).permissions() == (perms::owner_read | perms::owner_write));
    CHECK(world("config get timezone").out == "Europe/Vienna\n");
    CHECK(world("config set quality.spike_percent 200").exit == 0);
    CHECK(world("config get quality.spike_percent").out == "200\n");
    CHECK_FALSE(std::filesystem::exists(file + ".XXXXXX"));
    CHECK(
        std::distance(std::filesystem::directory_iterator(world.scratch.path("usagectl")), {}) == 1
    );
}

TEST_CASE("set keeps what people wrote around the value") {
    ConfigWorld world;
    world.scratch.write("usagectl/config.toml", "# our zone\ntimezone = 'Etc/UTC' # for now\n");
    CHECK(world("config set timezone America/Denver").exit == 0);
    CHECK(
        world.scratch.read("usagectl/config.toml") ==
        "# our zone\ntimezone = \"America/Denver\" # for now\n"
    );
}

TEST_CASE("set refuses what would not be read, and writes nothing") {
    ConfigWorld world;
    CHECK(world("config set quality.low_percent 500").exit == 2);
    CHECK(world("config set timezone America/Chicagoo").exit == 2);
    CHECK(world("config set nonsense 1").exit == 3);
    CHECK(world("config set format json --dry-run").exit == 0);
    CHECK_FALSE(std::filesystem::exists(world.scratch.path("usagectl/config.toml")));
}

TEST_CASE("set under a profile is for that profile") {
    ConfigWorld world;
    world.scratch.write("usagectl/config.toml", "[profile.night]\nformat = 'csv'\n");
    CHECK(world("--profile night config set quality.low_percent 20").exit == 0);
    CHECK(world("config get quality.low_percent --json=value --jq .value").out == "10\n");
    CHECK(
        world("--profile night --format json config get quality.low_percent --jq .value").out ==
        "20\n"
    );
}

TEST_CASE("set follows a symbolic link") {
    ConfigWorld world;
    world.scratch.write("real.toml", "format = 'csv'\n");
    std::filesystem::create_directory(world.scratch.path("usagectl"));
    const auto link = world.scratch.path("usagectl/config.toml");
    std::filesystem::create_symlink(world.scratch.path("real.toml"), link);
    CHECK(world("config set format json").exit == 0);
    CHECK(std::filesystem::is_symlink(link));
    CHECK(world.scratch.read("real.toml") == "format = \"json\"\n");
}

TEST_CASE("explain shows every place, the strongest first") {
    ConfigWorld world;
    world.scratch.write("usagectl/config.toml", "datastore = 'postgresql://u:secret@h/d'\n");
    world.environment["USAGECTL_DB"] = "mine.db";
    const auto root =
        nlohmann::json::parse(world("--db this.db config explain datastore --json").out);
    CHECK(root.at("value") == "this.db");
    CHECK(root.at("variable") == "USAGECTL_DB");
    const auto& items = root.at("items");
    REQUIRE(items.size() == 4);
    CHECK(items[0].at("origin") == "option --db");
    CHECK(items[0].at("wins") == true);
    CHECK(items[1].at("origin") == "USAGECTL_DB");
    CHECK(items[2].at("value") == "postgresql://****@h/d");
    CHECK(items[3].at("origin") == "default");
}

TEST_CASE("list shows every setting with its origin") {
    ConfigWorld world;
    world.environment["USAGECTL_FORMAT"] = "json";
    const auto root = nlohmann::json::parse(world("config list").out);
    CHECK(root.at("items").size() == usagectl::cli::setting_specs().size());
    const auto& items = root.at("items");
    const auto format = std::find_if(items.begin(), items.end(), [](const auto& item) {
        return item.at("key") == "format";
    });
    REQUIRE(format != items.end());
    CHECK(format->at("origin") == "USAGECTL_FORMAT");
}

TEST_CASE("commands that need no configuration work with a broken one") {
    ConfigWorld world;
    world.scratch.write("usagectl/config.toml", "= broken\n");
    for (const auto* line :
         {"version", "help", "help config get", "completion bash", "--version"}) {
        CAPTURE(line);
        CHECK(world(line).exit == 0);
    }
    const auto ran = world("config list");
    CHECK(ran.exit == 2);
    CHECK_THAT(ran.err, Catch::Contains("config.toml:1:1: "));
}
