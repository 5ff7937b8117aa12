// SPDX-License-Identifier: MIT
#include "store/write_turn.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace usagectl::store {

// An open lock file. Outlives its WriteTurn while a thread still waits for it.
struct WriteTurn::Lock {
    explicit Lock(const std::string& path)
        : file(::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    // Closing the file gives the lock away.
    ~Lock() {
        if (file >= 0)
            ::close(file);
    }

    const int file;
    std::mutex mutex;
    std::condition_variable over;
    bool waited = false;
};

bool WriteTurn::take(std::chrono::milliseconds limit) {
    if (!lock_)
        lock_ = std::make_shared<Lock>(path_);
    if (lock_->file < 0)
        return true;
    if (::flock(lock_->file, LOCK_EX | LOCK_NB) == 0) {
        taken_ = true;
        return true;
    }
    if (errno != EWOULDBLOCK)
        return true;
    // flock has no time limit, and looking again and again would lose the place in the queue.
    std::thread([lock = lock_] {
        while (::flock(lock->file, LOCK_EX) != 0 && errno == EINTR) {
        }
        const std::scoped_lock hold(lock->mutex);
        lock->waited = true;
        lock->over.notify_one();
    }).detach();
    std::unique_lock hold(lock_->mutex);
    taken_ = lock_->over.wait_for(hold, limit, [this] { return lock_->waited; });
    lock_->waited = false;
    hold.unlock();
    if (!taken_)
        lock_.reset();  // the thread gives the turn away as soon as it has it
    return taken_;
}

void WriteTurn::give() noexcept {
    if (taken_)
        ::flock(lock_->file, LOCK_UN);
    taken_ = false;
}

}  // namespace usagectl::store
