// SPDX-License-Identifier: MIT
// The layers of the configuration.
#include <algorithm>

#include <catch2/catch.hpp>

#include "cli/settings.hpp"
#include "support/scratch.hpp"

using usagectl::cli::ConfigFile;
using usagectl::cli::Environment;
using usagectl::cli::Settings;
using usagectl::test::Scratch;

namespace {

const Environment empty = [](std::string_view) { return std::nullopt; };

struct Layers {
    Scratch scratch;
    std::vector<ConfigFile> files;

    void add(const std::string& kind, const std::string& text) {
        files.push_back({kind, scratch.write(kind + ".toml", text)});
    }
    usagectl::Result<Settings> read(
        const std::optional<std::string>& profile = {}, const Environment& environment = empty
    ) const {
        return Settings::read(environment, files, profile);
    }
};

}  // namespace

TEST_CASE("the table of settings is sorted, and every default is a good value") {
    const auto& specs = usagectl::cli::setting_specs();
    CHECK(std::is_sorted(specs.begin(), specs.end(), [](const auto& left, const auto& right) {
        return left.key < right.key;
    }));
    for (const auto& spec : specs) {
        CAPTURE(spec.key);
        CHECK(usagectl::cli::find_setting(spec.key) == &spec);
        CHECK(usagectl::cli::check_setting(spec, spec.fallback).has_value());
        CHECK(spec.help.size() <= 80);
    }
}

TEST_CASE("without any file every setting has its default and says so") {
    const auto settings = Settings::read(empty, {}, std::nullopt);
    REQUIRE(settings);
    CHECK(settings->text("timezone") == "America/Chicago");
    CHECK(settings->explain("timezone").origin == "default");
    CHECK(settings->integer("quality.spike_percent") == 180);
    CHECK(settings->integer("ingest.max_expansion_ratio") == 200);
}

TEST_CASE("a stronger layer wins, and all of them are kept") {
    Layers layers;
    layers.add("system", "timezone = 'America/Denver'\n[profile.p]\ntimezone = 'Etc/UTC'\n");
    layers.add("user", "# mine\ntimezone = 'Europe/Vienna'\n");
    const auto plain = layers.read();
    REQUIRE(plain);
    CHECK(plain->text("timezone") == "Europe/Vienna");
    CHECK(plain->explain("timezone").origin == "user " + layers.files[1].path + ":2");

    const auto profile = layers.read("p");
    REQUIRE(profile);
    CHECK(profile->text("timezone") == "Etc/UTC");
    CHECK(profile->explain("timezone").origin == "profile p in " + layers.files[0].path + ":3");

    const auto variable = layers.read("p", [](std::string_view name) -> std::optional<std::string> {
        if (name == "USAGECTL_TIMEZONE")
            return "Asia/Tokyo";
        return std::nullopt;
    });
    REQUIRE(variable);
    CHECK(variable->text("timezone") == "Asia/Tokyo");
    CHECK(variable->explain("timezone").origin == "USAGECTL_TIMEZONE");
    CHECK(variable->places("timezone").size() == 5);
    CHECK(variable->places("timezone").front().origin == "default");
}

TEST_CASE("what is wrong with a file is told with its place") {
    struct Row {
        const char* text;
        const char* code;
        const char* message;
    };
    const Row rows[] = {
        {"timezone = \n", "config_malformed", ":1:"},
        {"a = 1\n= 2\n", "config_malformed", ":2:1: "},
        {"\ntimezoen = 'x'\n", "config_unknown_key", ":2:12: 'timezoen' is not a setting"},
        {"[quality]\nspike = 3\n", "config_unknown_key", "'quality.spike' is not a setting"},
        {"timezone = 5\n", "malformed_setting", ":1:12: timezone takes a value of type string"},
        {"[quality]\nspike_percent = '5'\n", "malformed_setting", "takes a value of type integer"},
        {"[quality]\nlow_percent = 101\n", "malformed_setting", "between 0 and 100"},
        {"format = 'yaml'\n", "malformed_setting", "'yaml' is not one of table, json"},
        {"[alias]\nx = 5\n", "config_unknown_key", "'alias.x'"},
        {"timezone = 'a'\ntimezone = 'b'\n", "config_malformed", ":2:"},
        // Places where the parser in use once fell.
        {"f\xEF\xBB\xBE"
         "f",
         "config_malformed",
         ":1:"},
        {"\xEF\xAE\x80 = 1", "config_malformed", ":1:"},
        {"{", "config_malformed", ":1:"},
        {"a.=", "config_malformed", ":"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        Layers layers;
        layers.add("user", row.text);
        const auto settings = layers.read();
        REQUIRE_FALSE(settings);
        CHECK(settings.error().code == row.code);
        CHECK(settings.error().exit == usagectl::Exit::usage);
        CHECK_THAT(settings.error().message, Catch::StartsWith(layers.files[0].path + ":"));
        CHECK_THAT(settings.error().message, Catch::Contains(row.message));
    }
}

TEST_CASE("a profile that nobody defines is refused with the nearest") {
    Layers layers;
    layers.add("user", "[profile.production]\nformat = 'json'\n");
    const auto settings = layers.read("prodution");
    REQUIRE_FALSE(settings);
    CHECK(settings.error().code == "profile_unknown");
    CHECK(settings.error().hint == "did you mean production?");
}

TEST_CASE("a bad variable is named") {
    const auto settings = Settings::read(
        [](std::string_view name) -> std::optional<std::string> {
            if (name == "USAGECTL_QUALITY_SPIKE_PERCENT")
                return "many";
            return std::nullopt;
        },
        {},
        std::nullopt
    );
    REQUIRE_FALSE(settings);
    CHECK_THAT(settings.error().message, Catch::StartsWith("USAGECTL_QUALITY_SPIKE_PERCENT: "));
}

TEST_CASE("a file that was named must be there; others need not") {
    const auto absent = Settings::load(empty, "/nonexistent/config.toml", std::nullopt);
    REQUIRE_FALSE(absent);
    CHECK(absent.error().code == "config_missing");
    CHECK(absent.error().exit == usagectl::Exit::not_found);
    Layers layers;
    layers.files.push_back({"user file", layers.scratch.path("none.toml")});
    CHECK(layers.read());
}

TEST_CASE("a directory, or a file without end, is no configuration") {
    Layers layers;
    layers.files.push_back({"user file", layers.scratch.path()});
    CHECK(layers.read().error().code == "config_unreadable");
    layers.files = {{"user file", "/dev/zero"}};
    CHECK(layers.read().error().code == "config_unreadable");
}

TEST_CASE("the user's file is where XDG says") {
    const auto settings = Settings::load(
        [](std::string_view name) -> std::optional<std::string> {
            if (name == "HOME")
                return "/home/nobody-here";
            return std::nullopt;
        },
        std::nullopt,
        std::nullopt
    );
    REQUIRE(settings);
    CHECK(settings->user_file() == "/home/nobody-here/.config/usagectl/config.toml");
    CHECK(Settings::load(empty, std::nullopt, std::nullopt)->user_file().empty());
}
