// SPDX-License-Identifier: MIT
// Work on many things that have nothing to do with one another, by several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace usagectl::app {

// Calls `work` once for each of 0 to count - 1, by at most so many threads, this one among them.
// What one of the calls throws is thrown here, once all threads have stopped.
void share_out(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work);

}  // namespace usagectl::app
