// SPDX-License-Identifier: MIT
// Waiting. The time of a pace is the machine's, also where the business clock of a sandbox stands
// still; tests have one that does not wait at all.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace usagectl::app {

class Pace {
public:
    Pace() = default;
    Pace(const Pace&) = delete;
    Pace& operator=(const Pace&) = delete;
    virtual ~Pace() = default;

    // Milliseconds since 1970; all machines that share a store agree on it within a second or so.
    [[nodiscard]] virtual std::int64_t now_ms() = 0;
    // False when the user interrupted; at once, then.
    [[nodiscard]] virtual bool wait(std::chrono::milliseconds time) = 0;
    // What is being waited for, for a progress line.
    virtual void tell(std::string_view what) = 0;
};

}  // namespace usagectl::app
