// SPDX-License-Identifier: MIT
// Where files wait between somebody's server and the store: a folder of ours that only we can read,
// one below it for each remote folder, used by one process at a time. What a killed run has begun
// to fetch is still there for the next one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::input {

class Staging {
public:
    // `top` and the folders above it are made where missing (mode 0700). Errors: `staging_busy` (5,
    // retryable: another process picks up from this folder), `staging_unusable` (5).
    [[nodiscard]] static Result<Staging> open(const std::string& top, std::string_view remote);
    Staging(Staging&& other) noexcept;
    Staging& operator=(Staging&&) = delete;
    ~Staging();

    // A path for this version of a file; whatever its name, it stays in the folder.
    [[nodiscard]] std::string path_of(std::string_view version) const;
    // Bytes there; 0 when it is not there.
    [[nodiscard]] static std::uint64_t size_of(const std::string& path);
    static void discard(const std::string& path) noexcept;

private:
    Staging(std::string folder, int lock)
        : folder_(std::move(folder))
        , lock_(lock) {}
    std::string folder_;
    int lock_;
};

}  // namespace usagectl::input
