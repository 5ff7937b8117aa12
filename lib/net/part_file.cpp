// SPDX-License-Identifier: MIT
#include "net/part_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace usagectl::net {

PartFile::PartFile(std::string path)
    : path_(std::move(path)) {
    // Not blocking: a FIFO in the way is found out below, not waited for.
    constexpr int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    file_.reset(::open(path_.c_str(), flags, S_IRUSR | S_IWUSR));
    if (file_.number() < 0)
        failed("cannot be opened", errno);
    struct stat status {};
    if (::fstat(file_.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
        throw Failure(
            "file_unwritable", path_ + " is not a plain file", "remove it, or choose another folder"
        );
    }
    size_ = static_cast<std::uint64_t>(status.st_size);
}

void PartFile::append(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file_.number(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            failed("cannot be written", errno);
        size_ += static_cast<std::uint64_t>(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

void PartFile::empty() {
    if (::ftruncate(file_.number(), 0) != 0)
        failed("cannot be emptied", errno);
    size_ = 0;
}

void PartFile::sync() {
    if (::fsync(file_.number()) != 0)
        failed("cannot be written", errno);
}

void PartFile::failed(const char* what, int error) const {
    const std::string reason = std::generic_category().message(error);
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
        throw Failure(
            "disk_full",
            "no room for " + path_ + " after " + std::to_string(size_) + " bytes: " + reason,
            "make room and run the command again: it goes on from there",
            true
        );
    }
    throw Failure(
        "file_unwritable",
        path_ + " " + what + ": " + reason,
        "check the folder's owner and permissions"
    );
}

}  // namespace usagectl::net
