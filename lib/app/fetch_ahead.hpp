// SPDX-License-Identifier: MIT
// Fetches files of a remote folder in a thread of its own, a batch at a time, so that the network
// and the store work at once.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/remote.hpp"

namespace usagectl::app {

struct Fetched {
    RemoteFile file;
    std::string path;  // where it is, or will be, on this machine
};

class FetchAhead {
public:
    // name, bytes so far, bytes in all
    using Progress =
        std::function<void(const std::string&, std::uint64_t, std::optional<std::uint64_t>)>;

    // `interrupted` (may be empty) is asked from the thread.
    FetchAhead(RemoteFolder& folder, std::function<bool()> interrupted)
        : folder_(folder)
        , interrupted_(std::move(interrupted)) {}
    FetchAhead(const FetchAhead&) = delete;
    FetchAhead& operator=(const FetchAhead&) = delete;
    ~FetchAhead();

    // The folder is the thread's until await().
    void begin(std::vector<Fetched> batch);
    // The batch, when all of it is there; `progress` (may be empty) is told by the caller's thread.
    // Throws what the folder threw; transfers that were cut have gone on where they stopped, four
    // times at most.
    [[nodiscard]] std::vector<Fetched> await(const Progress& progress);

private:
    void fetch(const Fetched& wanted);
    [[nodiscard]] bool goes_on(const Fetched& wanted, std::uint64_t done);

    RemoteFolder& folder_;
    std::function<bool()> interrupted_;
    std::atomic<bool> stopped_ = false;
    std::mutex mutex_;  // over the next three
    std::string name_;
    std::uint64_t done_ = 0;
    std::optional<std::uint64_t> size_;
    std::future<std::vector<Fetched>> batch_;
};

}  // namespace usagectl::app
