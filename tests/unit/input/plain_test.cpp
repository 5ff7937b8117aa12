// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "unit/input/samples.hpp"

using namespace usagectl;
using namespace usagectl::input;

namespace {

constexpr const char* sha256_of_nothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* sha256_of_abc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
// One million times the letter a (FIPS 180-4, the example file of SHA-256).
constexpr const char* sha256_of_million_a =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

// Both ends of a pipe, and a thread that writes into it.
class WrittenPipe {
public:
    explicit WrittenPipe(std::string text) {
        REQUIRE(::pipe(ends_) == 0);
        writer_ = std::thread([this, text = std::move(text)] {
            for (std::size_t at = 0; at < text.size();) {
                const ssize_t written = ::write(ends_[1], text.data() + at, text.size() - at);
                if (written <= 0)
                    break;
                at += static_cast<std::size_t>(written);
            }
            ::close(ends_[1]);
        });
    }
    ~WrittenPipe() {
        writer_.join();
        ::close(ends_[0]);
    }
    WrittenPipe(const WrittenPipe&) = delete;
    WrittenPipe& operator=(const WrittenPipe&) = delete;
    [[nodiscard]] int reading_end() const { return ends_[0]; }

private:
    int ends_[2] = {-1, -1};
    std::thread writer_;
};

}  // namespace

TEST_CASE("a plain file gives its bytes as one nameless member, whatever bytes they are") {
    const ScratchDirectory scratch;
    const std::string text("first\n\0second\xff\n", 15);
    const Content content = read_all(scratch.write("a.lse", text));
    CHECK(content.error_code.empty());
    CHECK(content.members == Members{{"", text}});
}

TEST_CASE("the hash of a file is that of its bytes, read before or not") {
    struct Case {
        std::string text;
        const char* digits;
    };
    const Case cases[] = {
        {"", sha256_of_nothing},
        {"abc", sha256_of_abc},
        {std::string(1'000'000, 'a'), sha256_of_million_a},
    };
    const ScratchDirectory scratch;
    for (const Case& sample : cases) {
        const std::string path = scratch.write("a", sample.text);
        CHECK(hash_file(path).value() == sample.digits);
        auto input = open_file(path, {});
        REQUIRE(input);
        CHECK((*input)->size() == sample.text.size());
        CHECK(read_all(**input).error_code.empty());
        CHECK((*input)->consumed() == sample.text.size());
        CHECK((*input)->sha256().value() == sample.digits);
        CHECK((*input)->sha256().value() == sample.digits);  // asked again
    }
}

TEST_CASE("a file large enough for the hashing thread has the same hash, also when half read") {
    const ScratchDirectory scratch;
    const std::string text = "line\n" + noise(9 << 20);
    const std::string path = scratch.write("large", text);
    const std::string expected = hash_file(path).value();
    for (const bool all : {true, false}) {
        auto input = open_file(path, {});
        REQUIRE(input);
        std::string buffer(5 << 20, '\0');
        REQUIRE((*input)->read(buffer.data(), buffer.size()).value() == buffer.size());
        CHECK(text.starts_with(buffer));
        if (all)
            CHECK(read_all(**input).error_code.empty());
        CHECK((*input)->sha256().value() == expected);
    }
}

TEST_CASE("an input may be dropped while it is being hashed") {
    const ScratchDirectory scratch;
    const std::string path = scratch.write("large", noise(9 << 20));
    auto input = open_file(path, {});
    REQUIRE(input);
    std::string buffer(8 << 20, '\0');
    CHECK((*input)->read(buffer.data(), buffer.size()).value() == buffer.size());
}

TEST_CASE("a file that grows or is rewritten while it is read has no hash") {
    const auto grow = [](const std::string& path) {
        std::ofstream(path, std::ios::app) << "two\n";
    };
    const auto rewrite = [](const std::string& path) {
        std::ofstream(path) << "ONE\n";
        const timespec times[2] = {{1, 0}, {1, 500}};
        REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
    };
    for (const std::function<void(const std::string&)>& change : {
             std::function<void(const std::string&)>(grow),
             std::function<void(const std::string&)>(rewrite),
         }) {
        const ScratchDirectory scratch;
        const std::string path = scratch.write("changing", "one\n");
        const timespec times[2] = {{1, 0}, {1, 0}};
        REQUIRE(::utimensat(AT_FDCWD, path.c_str(), times, 0) == 0);
        auto input = open_file(path, {});
        REQUIRE(input);
        CHECK(read_all(**input).error_code.empty());
        change(path);
        const auto hash = (*input)->sha256();
        REQUIRE_FALSE(hash);
        CHECK(hash.error().code == "read_failed");
        CHECK(hash.error().retryable);
        CHECK_FALSE((*input)->sha256());
    }
}

TEST_CASE("a pipe is read to its end, its first bytes included, and hashed as it passes") {
    const std::string text = noise(300'000);
    const ScratchDirectory scratch;
    const std::string expected = hash_file(scratch.write("same", text)).value();
    for (const bool read_first : {true, false}) {
        const WrittenPipe pipe(text);
        auto input = open_descriptor(pipe.reading_end(), {});
        REQUIRE(input);
        CHECK_FALSE((*input)->size());
        if (read_first)
            CHECK(read_all(**input).members == Members{{"", text}});
        CHECK((*input)->sha256().value() == expected);
        CHECK((*input)->consumed() == text.size());
    }
}

TEST_CASE("a pipe of less than a signature is read whole") {
    for (const std::string text : {"", "a", "\x1f"}) {
        const WrittenPipe pipe(text);
        auto input = open_descriptor(pipe.reading_end(), {});
        REQUIRE(input);
        CHECK(read_all(**input).members == Members{{"", text}});
    }
}

TEST_CASE("standard input that is a half-read file begins where the other reader stopped") {
    const ScratchDirectory scratch;
    const std::string path = scratch.write("half", "headerabc");
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    REQUIRE(::lseek(descriptor, 6, SEEK_SET) == 6);
    auto input = open_descriptor(descriptor, {});
    REQUIRE(input);
    CHECK((*input)->size() == 3U);
    CHECK(read_all(**input).members == Members{{"", "abc"}});
    CHECK((*input)->sha256().value() == sha256_of_abc);
    ::close(descriptor);
}

TEST_CASE("what cannot be a source is refused by name") {
    const ScratchDirectory scratch;
    const std::string file = scratch.write("file", "x");
    const std::string socket_path = scratch.path() + "/socket";
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket_path.c_str(), sizeof address.sun_path - 1);
    REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);

    struct Case {
        std::string path;
        const char* code;
        Exit exit;
    };
    const Case cases[] = {
        {scratch.path() + "/none", "source_missing", Exit::not_found},
        {file + "/below", "source_missing", Exit::not_found},
        {std::string(300, 'a'), "source_unreadable", Exit::unavailable},
        {scratch.path(), "source_is_special", Exit::usage},
        {"/dev/null", "source_is_special", Exit::usage},
        {socket_path, "source_is_special", Exit::usage},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.path);
        const auto input = open_file(sample.path, {});
        REQUIRE_FALSE(input);
        CHECK(input.error().code == sample.code);
        CHECK(input.error().exit == sample.exit);
        CHECK_FALSE(hash_file(sample.path));
    }
    ::close(socket);
}

TEST_CASE("a descriptor that cannot be read says so") {
    const ScratchDirectory scratch;
    const int directory = ::open(scratch.path().c_str(), O_RDONLY | O_DIRECTORY);
    const auto input = open_descriptor(directory, {});
    REQUIRE_FALSE(input);
    CHECK(input.error().code == "read_failed");
    ::close(directory);
    CHECK(open_descriptor(-1, {}).error().code == "read_failed");
}

TEST_CASE("a named pipe is read like standard input") {
    const ScratchDirectory scratch;
    const std::string path = scratch.path() + "/fifo";
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    std::thread writer([&] { std::ofstream(path) << "through the pipe\n"; });
    CHECK(read_all(path).members == Members{{"", "through the pipe\n"}});
    writer.join();
}
