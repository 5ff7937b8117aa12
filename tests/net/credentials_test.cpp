// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "base/secret_file.hpp"
#include "net/credentials.hpp"
#include "support/scratch.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::Scratch;

namespace {

std::string secret_file(const Scratch& scratch, const std::string& text, unsigned mode = 0600) {
    const auto path = scratch.write("secret", text);
    REQUIRE(::chmod(path.c_str(), mode) == 0);
    return path;
}

std::string code_of(const Result<Secret>& result) {
    return result ? std::string() : result.error().code;
}

void check_silent(const Error& error, const std::string& secret) {
    CHECK((error.message + error.hint + error.code).find(secret) == std::string::npos);
}

const CredentialQuestion question{"sftp", "h.example:2222", "/in/", "bob"};

}  // namespace

TEST_CASE("a secret file is one line, whatever its end") {
    struct Row {
        std::string text;
        const char* secret;  // null: malformed
    };
    const auto row = GENERATE(
        Row{"hunter2", "hunter2"},
        Row{"hunter2\n", "hunter2"},
        Row{"hunter2\r\n", "hunter2"},
        Row{" hunter2 \n", " hunter2 "},
        Row{"h\xC3\xBCnter\n", "h\xC3\xBCnter"},
        Row{"", nullptr},
        Row{"\n", nullptr},
        Row{"hunter2\n\n", nullptr},
        Row{"hunter2\nhunter3\n", nullptr},
        Row{std::string("hunter2\0", 8), nullptr},
        Row{"hun\rter2\n", nullptr}
    );
    CAPTURE(row.text);
    const Scratch scratch;
    const auto secret = read_secret_file(secret_file(scratch, row.text));
    if (row.secret != nullptr) {
        REQUIRE(secret);
        CHECK(secret->reveal() == row.secret);
    } else {
        REQUIRE_FALSE(secret);
        CHECK(secret.error().code == "secret_malformed");
        CHECK(secret.error().exit == Exit::refused);
        check_silent(secret.error(), "unter");
    }
}

TEST_CASE("a secret of 64 KiB is read, one byte more is not") {
    const Scratch scratch;
    const std::string longest(64 << 10, 'x');
    CHECK(read_secret_file(secret_file(scratch, longest + "\n"))->reveal() == longest);
    CHECK(read_secret_file(secret_file(scratch, longest))->reveal() == longest);
    CHECK(code_of(read_secret_file(secret_file(scratch, longest + "x"))) == "secret_malformed");
    CHECK(code_of(read_secret_file(secret_file(scratch, longest + "x\n"))) == "secret_malformed");
    CHECK(code_of(read_secret_file(secret_file(scratch, longest + longest))) == "secret_malformed");
}

TEST_CASE("a secret file that others may use is not read, and the error says how to close it") {
    const Scratch scratch;
    for (const unsigned mode : {0640U, 0604U, 0620U, 0602U, 0610U, 0777U}) {
        CAPTURE(mode);
        const auto path = secret_file(scratch, "hunter2\n", mode);
        const auto secret = read_secret_file(path);
        REQUIRE_FALSE(secret);
        CHECK(secret.error().code == "secret_file_open");
        CHECK(secret.error().exit == Exit::refused);
        CHECK(secret.error().hint == "chmod 600 " + path);
        check_silent(secret.error(), "hunter2");
        CHECK(check_secret_file(path).error().code == "secret_file_open");
    }
    for (const unsigned mode : {0600U, 0400U, 0700U}) {
        CAPTURE(mode);
        CHECK(read_secret_file(secret_file(scratch, "hunter2\n", mode)));
        CHECK(check_secret_file(scratch.path("secret")));
        REQUIRE(::unlink(scratch.path("secret").c_str()) == 0);
    }
}

TEST_CASE("a secret file is a plain file of ours") {
    const Scratch scratch;
    CHECK(code_of(read_secret_file(scratch.path("none"))) == "secret_missing");
    CHECK(read_secret_file(scratch.path("none")).error().exit == Exit::not_found);
    CHECK(code_of(read_secret_file(scratch.path())) == "secret_file_open");
    REQUIRE(::mkfifo(scratch.path("fifo").c_str(), 0600) == 0);
    CHECK(code_of(read_secret_file(scratch.path("fifo"))) == "secret_file_open");
    if (::geteuid() == 0) {
        const auto path = secret_file(scratch, "hunter2\n");
        REQUIRE(::chown(path.c_str(), 12345, 12345) == 0);
        CHECK(code_of(read_secret_file(path)) == "secret_file_open");
    }
}

TEST_CASE("a secret comes over a descriptor") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
    REQUIRE(::write(ends[1], "hunter2\n", 8) == 8);
    ::close(ends[1]);
    const auto secret = read_secret_descriptor(ends[0]);
    REQUIRE(secret);
    CHECK(secret->reveal() == "hunter2");
    CHECK(code_of(read_secret_descriptor(ends[0])) == "secret_malformed");  // empty by now
    ::close(ends[0]);
    CHECK(code_of(read_secret_descriptor(ends[0])) == "secret_unreadable");
}

TEST_CASE("a helper is asked in git's words") {
    const Scratch scratch;
    const auto script = scratch.write(
        "helper",
        "#!/bin/sh\necho \"$@\" > " + scratch.path("words") + "\ncat > " + scratch.path("asked") +
            "\necho username=alice\necho quit=0\necho password='p=w d'\n"
    );
    REQUIRE(::chmod(script.c_str(), 0700) == 0);
    const auto found = ask_helper(script + " --store main", question);
    REQUIRE(found);
    CHECK(found->user == "alice");
    CHECK(found->password.reveal() == "p=w d");
    CHECK(scratch.read("words") == "--store main get\n");
    CHECK(
        scratch.read("asked") == "protocol=sftp\nhost=h.example:2222\npath=/in/\nusername=bob\n\n"
    );
}

TEST_CASE("a helper that reads nothing and names no user is enough") {
    const auto found = ask_helper("echo password=pw; :", question);
    REQUIRE(found);
    CHECK(found->user == "bob");
    CHECK(found->password.reveal() == "pw");
}

TEST_CASE("a helper that gives no password fails by name") {
    struct Row {
        const char* command;
        const char* why;
    };
    const auto row = GENERATE(
        Row{"echo password=hunter2; false", "exit status 1"},
        Row{"echo password=hunter2; kill -9 $$;", "signal 9"},
        Row{"echo username=hunter2; :", "no password"},
        Row{"echo password=; :", "no password"},
        Row{":", "no password"},
        Row{"/nonexistent/hunter2", "exit status 127"},
        Row{"echo password=hunter2; yes hunter2;", "64 KiB"}
    );
    CAPTURE(row.command);
    const auto found = ask_helper(row.command, question);
    REQUIRE_FALSE(found);
    CHECK(found.error().code == "credential_helper_failed");
    CHECK(found.error().exit == Exit::refused);
    CHECK(found.error().message.find(row.why) != std::string::npos);
    check_silent(found.error(), "hunter2");
}

TEST_CASE("a helper that takes too long is ended, whether it is silent or will not go") {
    const auto command = GENERATE("exec sleep 60 #", "exec sleep 60 >&- #");
    const auto found = ask_helper(command, question, std::chrono::milliseconds(50));
    REQUIRE_FALSE(found);
    CHECK(found.error().message.find("within 50 ms") != std::string::npos);
}

TEST_CASE("a question cannot hold another one") {
    for (const auto& host :
         {std::string("h\nhost=evil"), std::string("h\rx"), std::string("h\0x", 3)}) {
        const auto found = ask_helper("echo password=pw; :", {"sftp", host, "", ""});
        REQUIRE_FALSE(found);
        CHECK(found.error().code == "credential_question_malformed");
    }
}

TEST_CASE("a helper inherits no descriptor that other programs do not") {
    const Scratch scratch;
    const auto found = ask_helper(
        "ls /proc/self/fd | wc -l > " + scratch.path("count") + "; echo password=pw; :", question
    );
    REQUIRE(found);
    // As many as whoever runs this test has left open.
    REQUIRE(std::system(("ls /proc/self/fd | wc -l > " + scratch.path("usual")).c_str()) == 0);
    CHECK(scratch.read("count") == scratch.read("usual"));
}
