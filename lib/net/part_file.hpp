// SPDX-License-Identifier: MIT
// The local end of a transfer: a file that grows, and goes on growing after a cut.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/descriptor.hpp"

namespace usagectl::net {

// Throws Failure `disk_full` (retryable) when there is no room, `file_unwritable` for anything
// else.
class PartFile {
public:
    // Opens `path` to append, or creates it, for us alone (0600). A link or a device is refused.
    explicit PartFile(std::string path);
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;
    ~PartFile() = default;

    [[nodiscard]] std::uint64_t size() const { return size_; }
    void append(std::string_view bytes);
    // Back to nothing, for a server that cannot go on in the middle.
    void empty();
    // Returns when the bytes are on the disk. The name is the caller's to keep: who renames the
    // file syncs the folder.
    void sync();

private:
    [[noreturn]] void failed(const char* what, int error) const;

    std::string path_;
    Descriptor file_;
    std::uint64_t size_ = 0;
};

}  // namespace usagectl::net
