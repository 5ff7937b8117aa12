// SPDX-License-Identifier: MIT
#include "app/share_out.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <system_error>
#include <thread>
#include <vector>

namespace usagectl::app {

void share_out(std::size_t count, unsigned threads, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> failed{false};
    std::exception_ptr wrong;
    const auto take = [&] {
        try {
            for (auto at = next++; at < count && !failed; at = next++)
                work(at);
        } catch (...) {
            if (!failed.exchange(true))
                wrong = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> others;
        try {
            for (std::size_t other = 1; other < std::min<std::size_t>(threads, count); ++other)
                others.emplace_back(take);
        } catch (const std::system_error&) {
            // The system gives no more threads: those that are there do the work.
        }
        take();
    }
    if (wrong)
        std::rethrow_exception(wrong);
}

}  // namespace usagectl::app
