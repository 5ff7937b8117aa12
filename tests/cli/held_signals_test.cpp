// SPDX-License-Identifier: MIT
#include "cli/held_signals.hpp"

#include <unistd.h>

#include <array>

#include <catch2/catch.hpp>

using usagectl::cli::HeldSignals;

namespace {

volatile std::sig_atomic_t came = 0;

// A pipe, and a handler that notes what came; as the process has them. An alarm ends a wait that
// sleeps over a signal.
class Line {
public:
    Line() {
        came = 0;
        REQUIRE(::pipe(ends_.data()) == 0);
        struct sigaction action {};
        action.sa_handler = [](int) { came = 1; };
        ::sigaction(SIGTERM, &action, &before_);
        ::alarm(20);
    }
    ~Line() {
        ::alarm(0);
        ::sigaction(SIGTERM, &before_, nullptr);
        for (const int end : ends_)
            ::close(end);
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    [[nodiscard]] int out() const { return ends_[0]; }
    void write() const { REQUIRE(::write(ends_[1], "x", 1) == 1); }

private:
    std::array<int, 2> ends_{};
    struct sigaction before_ {};
};

const std::function<bool()> asked = [] { return came != 0; };

}  // namespace

TEST_CASE("a signal that comes before the wait ends it") {
    const Line line;
    const HeldSignals signals(asked);
    ::raise(SIGTERM);
    CHECK(came == 0);
    CHECK_FALSE(signals.wait_for(line.out()));
    CHECK(came == 1);
}

TEST_CASE("a signal that came before it was held ends the wait") {
    const Line line;
    ::raise(SIGTERM);
    REQUIRE(came == 1);
    const HeldSignals signals(asked);
    CHECK_FALSE(signals.wait_for(line.out()));
}

TEST_CASE("what is there to be read ends the wait, and signals come again afterwards") {
    const Line line;
    line.write();
    {
        const HeldSignals signals(asked);
        CHECK(signals.wait_for(line.out()));
        ::raise(SIGTERM);
        CHECK(came == 0);
    }
    CHECK(came == 1);
}
