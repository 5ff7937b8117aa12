// SPDX-License-Identifier: MIT
// How many lines of a file share a transaction. Those that do share the pages their accounts lie
// on, which are then written once; too many keep other writers waiting for the accounts. How many
// fit into the time others may wait is the store's matter: twenty thousand where it is a file at
// hand, some hundred where each statement crosses a network. So it is measured as the file goes.
#pragma once

#include <chrono>
#include <cstddef>

namespace usagectl::app {

class ChunkPace {
public:
    static constexpr std::chrono::milliseconds held{500};
    static constexpr std::size_t first = 1000;
    static constexpr std::size_t least = 100;
    static constexpr std::size_t most = 32'000;  // they are kept in memory

    [[nodiscard]] std::size_t lines() const { return lines_; }
    // So many lines took so long, from the beginning of their transaction to its end.
    void took(std::size_t lines, std::chrono::milliseconds time);

private:
    std::size_t lines_ = first;
};

}  // namespace usagectl::app
