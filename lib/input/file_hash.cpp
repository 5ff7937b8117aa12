// SPDX-License-Identifier: MIT
#include "input/file_hash.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <limits>

namespace usagectl::input {

namespace {

// Below this a thread costs more than it saves.
constexpr std::uint64_t worth_a_thread = 4 << 20;
constexpr std::size_t piece = 64 << 10;
constexpr std::uint64_t to_the_end = std::numeric_limits<std::uint64_t>::max();

}  // namespace

FileHash::~FileHash() {
    if (!thread_.joinable())
        return;
    abandoned_.store(true);
    target_.store(to_the_end);
    target_.notify_one();
    thread_.join();
}

void FileHash::follow(std::uint64_t position) {
    if (position <= followed_)
        return;
    followed_ = position;
    if (position < worth_a_thread)
        return;
    target_.store(position);
    if (thread_.joinable())
        target_.notify_one();
    else
        thread_ = std::thread([this] { run(); });
}

FileHash::Outcome FileHash::finish() {
    target_.store(to_the_end);
    if (thread_.joinable()) {
        target_.notify_one();
        thread_.join();
    } else {
        run();
    }
    if (failure_)
        std::rethrow_exception(failure_);
    outcome_.digits = hash_->finish();
    return outcome_;
}

void FileHash::run() {
    try {
        hash_.emplace();
        for (;;) {
            const std::uint64_t target = target_.load();
            if (!hash_until(target))
                return;
            target_.wait(target);
        }
    } catch (...) {
        failure_ = std::current_exception();
    }
}

bool FileHash::hash_until(std::uint64_t target) {
    std::array<char, piece> buffer;
    while (outcome_.size < target) {
        const std::uint64_t wanted = std::min<std::uint64_t>(piece, target - outcome_.size);
        const auto at = static_cast<off_t>(outcome_.size) + static_cast<off_t>(origin_);
        const ssize_t got = ::pread(descriptor_, buffer.data(), wanted, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            outcome_.error = errno;
        if (got <= 0 || abandoned_.load())
            return false;
        hash_->update({buffer.data(), static_cast<std::size_t>(got)});
        outcome_.size += static_cast<std::uint64_t>(got);
    }
    return true;
}

}  // namespace usagectl::input
