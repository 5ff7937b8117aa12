// SPDX-License-Identifier: MIT
#include "app/chunk_pace.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using usagectl::app::ChunkPace;

TEST_CASE("as many lines share a transaction as are decided in the time others may wait") {
    struct Row {
        const char* store;
        std::chrono::microseconds each;
        std::size_t settles_at;
    };
    const auto row = GENERATE(
        Row{"instant", 0us, ChunkPace::most},
        Row{"at hand, quick", 10us, ChunkPace::most},
        Row{"at hand", 25us, 20'000},
        Row{"a server here", 200us, 2'500},
        Row{"a server far away", 4ms, 125},
        Row{"a server very far away", 40ms, ChunkPace::least}
    );
    CAPTURE(row.store);
    ChunkPace pace;
    CHECK(pace.lines() == ChunkPace::first);
    for (int chunk = 0; chunk < 4; ++chunk)
        pace.took(
            pace.lines(),
            std::chrono::duration_cast<std::chrono::milliseconds>(row.each * pace.lines())
        );
    CHECK(pace.lines() == row.settles_at);
}

TEST_CASE("one quick chunk does not make the next one huge") {
    ChunkPace pace;
    pace.took(ChunkPace::first, 1ms);
    CHECK(pace.lines() == 8 * ChunkPace::first);
    pace.took(pace.lines(), 10s);
    CHECK(pace.lines() == 400);
    // The machine's clock was set back meanwhile.
    pace.took(pace.lines(), -10s);
    CHECK(pace.lines() == 3200);
    pace.took(0, 0ms);
    CHECK(pace.lines() == ChunkPace::least);
}
