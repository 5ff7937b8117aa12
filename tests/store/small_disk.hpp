// SPDX-License-Identifier: MIT
// A disk that gets full, or that can be made to take no writes.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace usagectl::test {

// Who is not root becomes it in a name space of this process alone, where mounting is allowed. Must
// come before the process has a second thread.
inline void become_root_here() {
    const std::string user = std::to_string(::geteuid());
    const std::string group = std::to_string(::getegid());
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return;
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
    std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
}

// A small file system of its own in memory. Not mounted where the system allows neither root nor
// name spaces to mount: a container that was made so.
class SmallDisk {
public:
    explicit SmallDisk(const std::filesystem::path& directory)
        : directory_(directory) {
        std::filesystem::create_directory(directory_);
        mounted_ = mount();
        if (!mounted_) {
            become_root_here();
            mounted_ = mount();
        }
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
    [[nodiscard]] bool mount() const {
        return ::mount("tmpfs", directory_.c_str(), "tmpfs", 0, "size=1m") == 0;
    }

    std::filesystem::path directory_;
    bool mounted_ = false;
};

}  // namespace usagectl::test
