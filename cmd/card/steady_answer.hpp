// SPDX-License-Identifier: MIT
// Answers that leave at fixed steps after their question came. All refusals do the same work, but a
// row that is not there, or a page that need not be written, still saves some millionths of a
// second, and many questions would show them. A step is longer than the work, so that what
// outsiders can measure is the step.
#pragma once

#include <chrono>
#include <thread>

namespace usagectl {

class SteadyAnswer {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds usual_step{100};

    // The question comes now.
    explicit SteadyAnswer(Clock::duration step = usual_step)
        : step_(step)
        , came_(Clock::now()) {}

    // Returns at the end of the step that the work has come to.
    void wait() const {
        const auto steps = (Clock::now() - came_) / step_ + 1;
        std::this_thread::sleep_until(came_ + steps * step_);
    }

private:
    Clock::duration step_;
    Clock::time_point came_;
};

}  // namespace usagectl
