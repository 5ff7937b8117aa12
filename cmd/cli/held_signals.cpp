// SPDX-License-Identifier: MIT
#include "cli/held_signals.hpp"

#include <poll.h>

#include <cerrno>

namespace usagectl::cli {

HeldSignals::HeldSignals(const std::function<bool()>& came)
    : came_(came) {
    sigset_t held{};
    ::sigemptyset(&held);
    ::sigaddset(&held, SIGINT);
    ::sigaddset(&held, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &held, &before_);
}

HeldSignals::~HeldSignals() {
    ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

bool HeldSignals::wait_for(int descriptor) const {
    ::pollfd waiting{descriptor, POLLIN, 0};
    do {
        if (came_())
            return false;
    } while (::ppoll(&waiting, 1, nullptr, &before_) < 0 && errno == EINTR);
    return true;
}

}  // namespace usagectl::cli
