// SPDX-License-Identifier: MIT
// Who may write next.
#include <fstream>
#include <mutex>
#include <thread>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "store/write_turn.hpp"
#include "support/scratch.hpp"

using namespace usagectl;
using namespace std::chrono_literals;
using store::WriteTurn;
using test::Scratch;

namespace {

// Waiters for the lock file, as the kernel lists them: "1: -> FLOCK ADVISORY WRITE 42 fe:01:77 …".
std::size_t waiting(const std::string& file) {
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    const std::string inode = ":" + std::to_string(status.st_ino) + " ";
    std::ifstream locks("/proc/locks");
    std::size_t count = 0;
    for (std::string line; std::getline(locks, line);) {
        if (line.find("->") != std::string::npos && line.find(inode) != std::string::npos)
            ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("turns at writing come in the order they were asked for") {
    const Scratch scratch;
    const auto path = scratch.path("store.db");
    WriteTurn first(path);
    REQUIRE(first.take(0ms));
    constexpr std::size_t others = 6;
    std::mutex mutex;
    std::vector<std::size_t> order;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < others; ++i) {
        threads.emplace_back([&, i] {
            WriteTurn turn(path);
            const bool taken = turn.take(20s);
            const std::scoped_lock lock(mutex);
            if (taken)
                order.push_back(i);
        });
        while (waiting(path + "-turn") != i + 1)
            std::this_thread::yield();
    }
    first.give();
    for (auto& thread : threads)
        thread.join();
    CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4, 5});
}

TEST_CASE("a turn that did not come in time keeps nobody waiting when it comes") {
    const Scratch scratch;
    const auto path = scratch.path("store.db");
    WriteTurn first(path);
    WriteTurn late(path);
    REQUIRE(first.take(0ms));
    CHECK_FALSE(late.take(5ms));
    first.give();
    WriteTurn third(path);
    CHECK(third.take(20s));
    third.give();
    CHECK(late.take(20s));
}

TEST_CASE("a turn can be taken again and again") {
    const Scratch scratch;
    WriteTurn turn(scratch.path("store.db"));
    for (int i = 0; i < 3; ++i) {
        REQUIRE(turn.take(0ms));
        turn.give();
    }
}

TEST_CASE("where no turn can be had, work goes on without") {
    const Scratch scratch;
    WriteTurn turn(scratch.path("none/store.db"));
    CHECK(turn.take(0ms));
    turn.give();
}
