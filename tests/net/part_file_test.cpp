// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>

#include "base/error.hpp"
#include "net/part_file.hpp"
#include "support/scratch.hpp"

using namespace usagectl;
using net::PartFile;

namespace {

template <class Work>
Error error_of(const Work& work) {
    try {
        work();
    } catch (const Failure& failure) {
        return failure.error();
    }
    return {};
}

}  // namespace

TEST_CASE("a part goes on where it ended, and is ours alone") {
    const test::Scratch scratch;
    {
        PartFile part(scratch.path("a"));
        CHECK(part.size() == 0);
        part.append("abc");
        part.sync();
    }
    PartFile part(scratch.path("a"));
    CHECK(part.size() == 3);
    part.append("def");
    CHECK(scratch.read("a") == "abcdef");
    struct stat status {};
    REQUIRE(::stat(scratch.path("a").c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    part.empty();
    part.append("x");
    CHECK(scratch.read("a") == "x");
    CHECK(part.size() == 1);
}

TEST_CASE("a part is never written through a link, into a FIFO or where there is no folder") {
    const test::Scratch scratch;
    scratch.write("target", "untouched");
    REQUIRE(::symlink(scratch.path("target").c_str(), scratch.path("link").c_str()) == 0);
    REQUIRE(::mkfifo(scratch.path("fifo").c_str(), 0600) == 0);
    for (const auto* name : {"link", "fifo", "none/a"}) {
        CAPTURE(name);
        CHECK(error_of([&] { PartFile(scratch.path(name)); }).code == "file_unwritable");
    }
    CHECK(scratch.read("target") == "untouched");
}

TEST_CASE("a full disk says what there was room for, and how to go on") {
    const test::Scratch scratch;
    // A limit on the size of files says the same as a full disk, and needs no rights.
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    PartFile part(scratch.path("big"));
    part.append("12345");
    const rlimit small{8, before.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    const Error error = error_of([&] { part.append("67890"); });
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    CHECK(error.code == "disk_full");
    CHECK(error.exit == Exit::unavailable);
    CHECK(error.retryable);
    CHECK(error.message.find(scratch.path("big") + " after 8 bytes") != std::string::npos);
    CHECK_FALSE(error.hint.empty());
    CHECK(scratch.read("big") == "12345678");
}
