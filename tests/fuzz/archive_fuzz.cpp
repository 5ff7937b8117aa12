// SPDX-License-Identifier: MIT
// Any bytes as an input: told by their signature, unpacked within the limits, hashed to the end.
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "input/input.hpp"

using namespace usagectl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const int descriptor = ::memfd_create("input", 0);
    if (::write(descriptor, bytes, size) != static_cast<ssize_t>(size))
        std::abort();
    ::lseek(descriptor, 0, SEEK_SET);
    const input::ExpansionLimit limit{100, 1 << 20, 4 << 20};
    if (auto opened = input::open_descriptor(descriptor, limit)) {
        input::Input& input = **opened;
        std::string name;
        std::uint64_t unpacked = 0;
        for (auto member = input.next_member(name); member && *member;
             member = input.next_member(name)) {
            const auto fed = input::feed(
                input,
                true,
                4096,
                {},
                [&](std::string_view piece, bool) -> Result<void> {
                    unpacked += piece.size();
                    return {};
                },
                [](std::string_view) {}
            );
            if (!fed)
                break;
        }
        if (unpacked > limit.total_bytes + (2 << 20) || !input.sha256())
            std::abort();
    }
    ::close(descriptor);
    return 0;
}
