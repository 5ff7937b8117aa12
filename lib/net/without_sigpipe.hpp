// SPDX-License-Identifier: MIT
// OpenSSL writes to sockets without MSG_NOSIGNAL, and a server may close at any time: for this
// thread, and while this lives, the signal is held back, and then dropped.
#pragma once

#include <csignal>
#include <ctime>

#include <cerrno>

namespace usagectl::net {

class WithoutSigpipe {
public:
    WithoutSigpipe() {
        ::sigemptyset(&pipe_);
        ::sigaddset(&pipe_, SIGPIPE);
        sigset_t pending;
        ::sigpending(&pending);
        was_pending_ = ::sigismember(&pending, SIGPIPE) == 1;
        ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    WithoutSigpipe(const WithoutSigpipe&) = delete;
    WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;
    ~WithoutSigpipe() {
        const timespec none{};
        while (!was_pending_ && ::sigtimedwait(&pipe_, nullptr, &none) < 0 && errno == EINTR) {
        }
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }

private:
    sigset_t pipe_{};
    sigset_t before_{};
    bool was_pending_ = false;
};

}  // namespace usagectl::net
