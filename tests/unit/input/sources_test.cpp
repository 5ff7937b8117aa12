// SPDX-License-Identifier: MIT
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "unit/input/samples.hpp"

using namespace usagectl;
using namespace usagectl::input;

namespace {

std::vector<std::string> names(const std::string& top) {
    std::vector<std::string> paths;
    const std::vector<Found> found = list_sources(top).value();
    for (const Found& source : found)
        paths.push_back(source.path.substr(top.size() + 1));
    return paths;
}

}  // namespace

TEST_CASE("a folder's own files come before those of its folders, hidden ones left out") {
    const ScratchDirectory scratch;
    for (const char* name :
         {"b.csv", "a/z.csv", "a.csv", "B.csv", "a/deep/er/x", ".hidden", "a/.git/y"})
        scratch.write(name, "x");
    CHECK(
        names(scratch.path()) ==
        std::vector<std::string>{"B.csv", "a.csv", "b.csv", "a/z.csv", "a/deep/er/x"}
    );
}

TEST_CASE("files and folders each come in byte order of their names, not of their paths") {
    struct Tree {
        std::vector<std::string> files;  // as they must come
    };
    // `-` and `.` sort before `/`: by path, what lies in a-b would come before what lies in a.
    const Tree tree = GENERATE(
        Tree{{"b.csv", "a/x.csv"}},
        Tree{{"a/x", "a-b/y"}},
        Tree{{"a/x", "a.d/y", "b/z"}},
        Tree{{"c", "a/c", "a/b/c", "a/b-c/d"}},
        Tree{{"a.csv", "a.csv.gz"}}
    );
    const ScratchDirectory scratch;
    for (auto file = tree.files.rbegin(); file != tree.files.rend(); ++file)
        scratch.write(*file, "x");
    CHECK(names(scratch.path()) == tree.files);
}

TEST_CASE("a symbolic link counts when it stays in the tree, and is passed over when it leaves") {
    namespace fs = std::filesystem;
    const ScratchDirectory outside;
    const ScratchDirectory scratch;
    const std::string file = scratch.write("data/real.csv", "12345");
    fs::create_symlink(outside.write("secret", "x"), scratch.path() + "/out.csv");
    fs::create_symlink(outside.path(), scratch.path() + "/out");
    fs::create_symlink("data/real.csv", scratch.path() + "/in.csv");
    fs::create_symlink("..", scratch.path() + "/data/loop");
    fs::create_symlink("nowhere", scratch.path() + "/dangling");
    REQUIRE(::mkfifo((scratch.path() + "/fifo").c_str(), 0600) == 0);
    CHECK(names(scratch.path()) == std::vector<std::string>{"in.csv", "data/real.csv"});
    CHECK(list_sources(scratch.path()).value()[0].size == 5);
}

TEST_CASE("a directory whose name only begins like the tree's is outside of it") {
    namespace fs = std::filesystem;
    const ScratchDirectory scratch;
    scratch.write("tree/a", "x");
    fs::create_symlink(scratch.write("tree-of-another/b", "x"), scratch.path() + "/tree/b");
    CHECK(names(scratch.path() + "/tree") == std::vector<std::string>{"a"});
}

TEST_CASE("a file gives itself, also through a link") {
    const ScratchDirectory scratch;
    const std::string file = scratch.write("a.csv", "123");
    std::filesystem::create_symlink(file, scratch.path() + "/link");
    for (const std::string& path : {file, scratch.path() + "/link"}) {
        const auto found = list_sources(path).value();
        REQUIRE(found.size() == 1);
        CHECK(found[0].path == path);
        CHECK(found[0].size == 3);
    }
}

TEST_CASE("a source that is not there and a directory without files are refused by name") {
    const ScratchDirectory scratch;
    CHECK(list_sources(scratch.path() + "/none").error().code == "source_missing");
    CHECK(list_sources(scratch.path() + "/none").error().exit == Exit::not_found);
    CHECK(list_sources(scratch.path()).error().code == "directory_empty");
    CHECK(list_sources(scratch.path()).error().exit == Exit::rejected);
}

TEST_CASE("a directory that cannot be read is an error, not an empty one") {
    const ScratchDirectory scratch;
    scratch.write("closed/a", "x");
    const std::string closed = scratch.path() + "/closed";
    REQUIRE(::chmod(scratch.path().c_str(), 0755) == 0);
    REQUIRE(::chmod(closed.c_str(), 0) == 0);
    // Root reads every directory, so root looks as nobody does.
    const uid_t self = ::geteuid();
    if (self == 0)
        REQUIRE(::seteuid(65534) == 0);
    const auto listed = list_sources(scratch.path());
    if (self == 0)
        REQUIRE(::seteuid(self) == 0);
    REQUIRE(!listed);
    CHECK(listed.error().code == "source_unreadable");
    REQUIRE(::chmod(closed.c_str(), 0700) == 0);
}
