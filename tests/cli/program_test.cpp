// SPDX-License-Identifier: MIT
// Programs named usagectl-NAME.
#include <filesystem>

#include <catch2/catch.hpp>

#include "cli/program.hpp"
#include "support/run_command.hpp"
#include "support/scratch.hpp"

using usagectl::cli::without_password;
using usagectl::test::Scratch;
using usagectl::test::World;

namespace {

void make_program(const Scratch& scratch, const std::string& name, bool executable = true) {
    const auto path = scratch.write(name, "#!/bin/sh\n");
    if (executable)
        std::filesystem::permissions(path, std::filesystem::perms::owner_all);
}

std::optional<std::string>
variable(const usagectl::cli::Program& program, const std::string& name) {
    for (const auto& [key, value] : program.variables) {
        if (key == name)
            return value;
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("an unknown command runs the program of its name with the settings that hold") {
    const Scratch scratch;
    make_program(scratch, "usagectl-report");
    World world;
    world.environment["PATH"] = "relative::" + scratch.path();
    world.environment["HOME"] = scratch.path();
    world.environment["USAGECTL_TIMEZONE"] = "Etc/UTC";
    const auto ran = world("--db postgresql://clerk:secret@db1,db2/usage report --json x");
    CHECK(ran.exit == 42);
    REQUIRE(world.became.size() == 1);
    const auto& program = world.became.front();
    CHECK(program.path == scratch.path("usagectl-report"));
    CHECK(program.arguments == std::vector<std::string>{"--json", "x"});
    CHECK(variable(program, "USAGECTL_DB") == "postgresql://clerk@db1,db2/usage");
    CHECK(variable(program, "USAGECTL_FORMAT") == "table");
    CHECK(variable(program, "USAGECTL_QUALITY_SPIKE_PERCENT") == "180");
    // It is in the environment already.
    CHECK_FALSE(variable(program, "USAGECTL_TIMEZONE"));
}

TEST_CASE("a name that is no plain word, or no program, is not looked for") {
    const Scratch scratch;
    make_program(scratch, "usagectl-plain", false);
    make_program(scratch, "usagectl-version");
    std::filesystem::create_directory(scratch.path("usagectl-folder"));
    World world;
    world.environment["PATH"] = scratch.path();
    for (const auto* name : {"plain", "folder", "../usagectl-version", "none"}) {
        CAPTURE(name);
        CHECK(world.run({name}).exit == 2);
    }
    CHECK(world.run({"version"}).exit == 0);
    CHECK(world.became.empty());
}

TEST_CASE("a URL without its password") {
    struct Row {
        const char* url;
        const char* clean;
    };
    const Row rows[] = {
        {"/a/path:with@signs", "/a/path:with@signs"},
        {"sqlite:x.db", "sqlite:x.db"},
        {"postgresql://h/d", "postgresql://h/d"},
        {"postgresql://u@h/d", "postgresql://u@h/d"},
        {"postgresql://u:p@h:5432,i:5433/d", "postgresql://u@h:5432,i:5433/d"},
        {"postgresql://h:5432/d", "postgresql://h:5432/d"},
        {"postgresql://u:p@q@h/d", "postgresql://u@h/d"},
        {"postgresql://u:@h", "postgresql://u@h"},
        {"postgresql://h/d?password=x&a=b", "postgresql://h/d?a=b"},
        {"postgresql://h/d?a=b&password=x", "postgresql://h/d?a=b"},
        {"postgresql://h/d?password=x", "postgresql://h/d"},
        {"postgresql://h/d?sslpassword=x", "postgresql://h/d"},
        {"postgresql://h/d?x=1@2:3", "postgresql://h/d?x=1@2:3"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.url);
        CHECK(without_password(row.url) == row.clean);
    }
}
