// SPDX-License-Identifier: MIT
// What the market's words mean, which answer is an old one, and how long to wait.
#include <catch2/catch.hpp>

#include <rapidcheck.h>

#include "market/read_rules.hpp"

namespace usagectl::market {
namespace {

using std::chrono::seconds;

TEST_CASE("the market's words") {
    struct Row {
        const char* word;
        ReadState state;
        bool final;
    };
    const Row row = GENERATE(
        Row{"PENDING", ReadState::pending, false},
        Row{"PEN", ReadState::pending, false},
        Row{"COMPLETED", ReadState::completed, true},
        Row{" completed ", ReadState::completed, true},
        Row{"0", ReadState::completed, true},
        Row{"FAILED", ReadState::failed, true},
        Row{"FLR", ReadState::failed, true},
        Row{"T-FAILED", ReadState::technical_failure, true},
        Row{"t-failed", ReadState::technical_failure, true},
        Row{"5031", ReadState::too_many, true},
        Row{"", ReadState::unknown, false},
        Row{"00", ReadState::unknown, false},
        Row{"COMPLETED!", ReadState::unknown, false},
        Row{"SUPERSEDED", ReadState::unknown, false}
    );
    CHECK(state_of(row.word) == row.state);
    CHECK(is_final(state_of(row.word)) == row.final);
}

TEST_CASE("every known word is upper case and known once") {
    for (const StateWord& known : state_words()) {
        CHECK(state_of(known.word) == known.state);
        CHECK(std::none_of(known.word.begin(), known.word.end(), [](char c) {
            return c >= 'a' && c <= 'z';
        }));
    }
}

TEST_CASE("a read from before the request is the one before") {
    const Instant asked = parse_instant("2026-06-01T12:00:00Z").value();
    ReadStatus status;
    status.state = ReadState::completed;
    CHECK_FALSE(is_stale(status, asked));
    status.read_at = asked + seconds(40);
    CHECK_FALSE(is_stale(status, asked));
    status.read_at = asked - seconds(120);  // clocks of two houses
    CHECK_FALSE(is_stale(status, asked));
    status.read_at = asked - seconds(121);
    CHECK(is_stale(status, asked));
    CHECK_FALSE(is_stale(status, asked, seconds(200)));
}

TEST_CASE("waits begin, grow, reach their cap and end") {
    const PollRhythm rhythm{seconds(15), seconds(20), 150, seconds(60), seconds(300)};
    const std::vector<int> waits{15, 20, 30, 45, 60, 60};
    for (std::size_t i = 0; i != waits.size(); ++i)
        CHECK(next_poll(rhythm, static_cast<int>(i), seconds(0)) == seconds(waits[i]));
    CHECK(next_poll(rhythm, 9, seconds(290)) == seconds(10));
    CHECK_FALSE(next_poll(rhythm, 9, seconds(300)));
    CHECK_FALSE(next_poll(rhythm, 0, seconds(301)));

    const PollRhythm even{seconds(15), seconds(15), 100, seconds(60), seconds(2400)};
    CHECK(next_poll(even, 2'000'000'000, seconds(0)) == seconds(15));
    // A long first wait is meant, whatever the cap of the others.
    const PollRhythm patient{seconds(120), seconds(15), 100, seconds(60), seconds(600)};
    CHECK(next_poll(patient, 0, seconds(0)) == seconds(120));
}

TEST_CASE("polling ends, whatever the figures") {
    CHECK(rc::check("rhythm", [] {
        const auto figure = rc::gen::inRange(-5, 5000);
        const PollRhythm rhythm{
            seconds(*figure),
            seconds(*figure),
            *rc::gen::inRange(-100, 100'000),
            seconds(*figure),
            seconds(*figure)};
        seconds elapsed{0};
        seconds before{0};
        std::int32_t attempt = 0;
        while (const auto wait = next_poll(rhythm, attempt, elapsed)) {
            RC_ASSERT(*wait >= seconds(1));
            // It never shrinks, but for the last and after a long first one.
            const bool last = elapsed + *wait == rhythm.total;
            RC_ASSERT(attempt <= 1 || last || *wait >= before);
            before = *wait;
            elapsed += *wait;
            ++attempt;
            RC_ASSERT(attempt <= 5000);
        }
        RC_ASSERT(elapsed <= std::max(rhythm.total, seconds(0)));
    }));
}

}  // namespace
}  // namespace usagectl::market
