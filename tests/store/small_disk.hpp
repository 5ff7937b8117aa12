// SPDX-License-Identifier: MIT
// A disk that gets full, or that can be made to take no writes.
#pragma once

#include <filesystem>
#include <string>

#include <sys/mount.h>

namespace usagectl::test {

// A small file system of its own in memory; needs root.
class SmallDisk {
public:
    explicit SmallDisk(const std::filesystem::path& directory)
        : directory_(directory) {
        std::filesystem::create_directory(directory_);
        mounted_ = ::mount("tmpfs", directory_.c_str(), "tmpfs", 0, "size=1m") == 0;
    }
    ~SmallDisk() {
        if (mounted_)
            ::umount2(directory_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }
    [[nodiscard]] std::string store() const { return (directory_ / "store.db").string(); }
    [[nodiscard]] bool make_read_only() const {
        constexpr unsigned long flags = MS_REMOUNT | MS_RDONLY;
        return ::mount("tmpfs", directory_.c_str(), "tmpfs", flags, "size=1m") == 0;
    }

private:
    std::filesystem::path directory_;
    bool mounted_ = false;
};

}  // namespace usagectl::test
