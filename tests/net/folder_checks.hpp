// SPDX-License-Identifier: MIT
// What a remote folder owes, whatever the protocol behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "app/remote.hpp"
#include "base/error.hpp"
#include "support/scratch.hpp"

namespace usagectl::test {

// The error `work` throws as Failure; an empty code when it throws none.
template <class Work>
[[nodiscard]] Error error_of(const Work& work) {
    try {
        work();
    } catch (const Failure& failure) {
        return failure.error();
    }
    return {};
}

// Bytes that show where they belong.
[[nodiscard]] std::string sample(std::size_t size);

// `home` is the folder itself, on this machine, and empty.
// `missing`: the code for a file that is not there to be moved or removed.
void check_whole_life(app::RemoteFolder& folder, const Scratch& home, const std::string& missing);
void check_resume(app::RemoteFolder& folder, const Scratch& home);
// `hears` is told how many bytes are there; the connection is to break before all are.
void check_cut(
    app::RemoteFolder& folder, const Scratch& home, const std::function<void(std::uint64_t)>& hears
);
void check_many(app::RemoteFolder& folder, const Scratch& home, int count);
void check_full_disk(app::RemoteFolder& folder, const Scratch& home);

}  // namespace usagectl::test
