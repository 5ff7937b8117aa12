// SPDX-License-Identifier: MIT
// SHA-256 of a regular file, computed in a thread beside the one that reads it. The thread follows
// the reader through the page cache, so that the reader neither copies a byte nor waits, and the
// disk is read once. Small files are hashed in place when asked for.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <thread>

#include "base/digest.hpp"

namespace usagectl::input {

class FileHash {
public:
    // Hashes what `descriptor` holds from `origin` on; the descriptor is not owned.
    FileHash(int descriptor, std::int64_t origin)
        : descriptor_(descriptor)
        , origin_(origin) {}
    ~FileHash();
    FileHash(const FileHash&) = delete;
    FileHash& operator=(const FileHash&) = delete;

    // The reader has read this far; never goes back.
    void follow(std::uint64_t position);

    // Hashes to the end of the file. `error` is errno when it could not be read, else 0.
    struct Outcome {
        int error = 0;
        std::uint64_t size = 0;
        std::string digits;
    };
    // Once. Throws what loading the digest threw.
    [[nodiscard]] Outcome finish();

private:
    void run();
    // Hashes up to `target`; false at the end of the file and on an error.
    bool hash_until(std::uint64_t target);

    int descriptor_;
    std::int64_t origin_;
    std::uint64_t followed_ = 0;
    std::atomic<std::uint64_t> target_{0};
    std::atomic<bool> abandoned_{false};
    std::thread thread_;
    // The thread's own until it is joined.
    std::optional<Sha256> hash_;
    Outcome outcome_;
    std::exception_ptr failure_;
};

}  // namespace usagectl::input
