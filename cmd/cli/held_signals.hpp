// SPDX-License-Identifier: MIT
// Signals that would end the process wait until somebody asks for them: none can come between the
// look at what came and the wait for more, and be slept over.
#pragma once

#include <csignal>
#include <functional>

namespace usagectl::cli {

class HeldSignals {
public:
    // `came`: Context::interrupted, which must live as long as this. Until this goes, SIGINT and
    // SIGTERM come only while wait_for() waits.
    explicit HeldSignals(const std::function<bool()>& came);
    ~HeldSignals();
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;

    // Until there is something to be read, or the end; false when a signal came first.
    [[nodiscard]] bool wait_for(int descriptor) const;

private:
    const std::function<bool()>& came_;
    sigset_t before_{};
};

}  // namespace usagectl::cli
