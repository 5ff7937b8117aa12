// SPDX-License-Identifier: MIT
// Turns at writing to an SQLite file, first come first served. SQLite itself lets whoever looks at
// the right moment have the lock; among hundreds of processes that starves some and keeps all of
// them busy looking. A lock on a file beside the store (PATH-turn) queues them in the kernel.
//
// The turn is a courtesy, not a guard: SQLite's own locks still decide. Where it cannot be had (a
// directory that may not be written, a file system without locks) work goes on without it.
#pragma once

#include <chrono>
#include <memory>
#include <string>

namespace usagectl::store {

class WriteTurn {
public:
    explicit WriteTurn(const std::string& store_path)
        : path_(store_path + "-turn") {}
    WriteTurn(const WriteTurn&) = delete;
    WriteTurn& operator=(const WriteTurn&) = delete;
    ~WriteTurn() { give(); }

    // Waits at most `limit`; false when it was still another's then.
    [[nodiscard]] bool take(std::chrono::milliseconds limit);
    void give() noexcept;

private:
    struct Lock;

    std::string path_;
    std::shared_ptr<Lock> lock_;
    bool taken_ = false;
};

}  // namespace usagectl::store
