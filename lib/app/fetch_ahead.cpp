// SPDX-License-Identifier: MIT
#include "app/fetch_ahead.hpp"

#include <chrono>

#include "base/error.hpp"
#include "input/staging.hpp"

namespace usagectl::app {

namespace {

constexpr int attempts = 4;  // of one transfer
constexpr std::chrono::milliseconds told_every{100};

}  // namespace

FetchAhead::~FetchAhead() {
    stopped_ = true;
    if (batch_.valid())
        batch_.wait();
}

void FetchAhead::begin(std::vector<Fetched> batch) {
    batch_ = std::async(std::launch::async, [this, batch = std::move(batch)]() mutable {
        for (const auto& wanted : batch)
            fetch(wanted);
        return std::move(batch);
    });
}

std::vector<Fetched> FetchAhead::await(const Progress& progress) {
    while (batch_.wait_for(told_every) != std::future_status::ready) {
        if (!progress)
            continue;
        std::unique_lock lock(mutex_);
        const auto name = name_;
        const auto done = done_;
        const auto size = size_;
        lock.unlock();
        if (!name.empty())
            progress(name, done, size);
    }
    return batch_.get();
}

void FetchAhead::fetch(const Fetched& wanted) {
    const auto& file = wanted.file;
    // Nothing says that what is left of an earlier run belongs to the same content.
    const bool resumable = file.size && file.modified;
    if (!resumable || input::Staging::size_of(wanted.path) > *file.size)
        input::Staging::discard(wanted.path);
    for (int attempt = 1;; ++attempt) {
        try {
            folder_.fetch(file.name, wanted.path, [&](std::uint64_t done) {
                return goes_on(wanted, done);
            });
            return;
        } catch (const Failure& failure) {
            if (stopped_ || !failure.error().retryable || attempt == attempts)
                throw;
        }
    }
}

bool FetchAhead::goes_on(const Fetched& wanted, std::uint64_t done) {
    const std::scoped_lock lock(mutex_);
    name_ = wanted.file.name;
    done_ = done;
    size_ = wanted.file.size;
    if (interrupted_ && interrupted_())
        stopped_ = true;
    return !stopped_;
}

}  // namespace usagectl::app
