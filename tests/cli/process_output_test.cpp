// SPDX-License-Identifier: MIT
// The stream on a descriptor: nothing is lost, and what cannot be written is an error.
#include <array>
#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "cli/descriptor_stream.hpp"
#include "support/scratch.hpp"

using usagectl::cli::DescriptorStream;
using usagectl::cli::OutputClosed;
using usagectl::test::Scratch;

TEST_CASE("every byte arrives, in pieces of any size") {
    const Scratch scratch;
    const int file = ::open(scratch.path("out").c_str(), O_WRONLY | O_CREAT, 0600);
    REQUIRE(file >= 0);
    std::string expected;
    {
        DescriptorStream out(file);
        for (const std::size_t size : {1U, 65535U, 1U, 65536U, 65537U, 200'000U, 0U, 3U}) {
            const std::string piece(size, static_cast<char>('a' + expected.size() % 26));
            out << piece << '\n';
            expected += piece + '\n';
        }
        out.flush();
    }
    ::close(file);
    CHECK(scratch.read("out") == expected);
}

TEST_CASE("a full disk is told by its reason") {
    const int full = ::open("/dev/full", O_WRONLY);
    REQUIRE(full >= 0);
    DescriptorStream out(full);
    out << "text";
    try {
        out.flush();
        FAIL("nothing was thrown");
    } catch (const usagectl::Failure& failure) {
        CHECK(failure.error().code == "output_failed");
        CHECK(failure.error().exit == usagectl::Exit::unavailable);
        CHECK_THAT(failure.error().message, Catch::Contains("No space left on device"));
    }
    ::close(full);
}

TEST_CASE("a reader that went away is told apart") {
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    ::close(ends[0]);
    DescriptorStream out(ends[1]);
    CHECK_THROWS_AS(out << std::string(100'000, 'x'), OutputClosed);
    ::close(ends[1]);
}

TEST_CASE("a descriptor somebody made non-blocking is waited for") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe2(ends.data(), O_NONBLOCK) == 0);
    std::size_t arrived = 0;
    std::thread reader([&] {
        std::array<char, 4096> buffer{};
        for (pollfd ready{ends[0], POLLIN, 0}; ::poll(&ready, 1, -1) == 1;) {
            const auto size = ::read(ends[0], buffer.data(), buffer.size());
            if (size <= 0)
                break;
            arrived += static_cast<std::size_t>(size);
        }
    });
    {
        DescriptorStream out(ends[1]);
        out << std::string(1'000'000, 'x') << std::flush;
    }
    ::close(ends[1]);
    reader.join();
    ::close(ends[0]);
    CHECK(arrived == 1'000'000);
}
