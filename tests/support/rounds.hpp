// SPDX-License-Identifier: MIT
// How often a test that is killed at random moments, or drawn by lot, does what it does: seldom in
// a run that people wait for, and USAGECTL_TEST_ROUNDS times as often when somebody wants to know.
#pragma once

#include <cstdlib>

namespace usagectl::test {

inline int rounds(int usual) {
    constexpr int most = 1000;
    const char* wish = std::getenv("USAGECTL_TEST_ROUNDS");
    const int factor = wish == nullptr ? 1 : std::atoi(wish);
    return usual * (factor < 1 ? 1 : factor > most ? most : factor);
}

}  // namespace usagectl::test
