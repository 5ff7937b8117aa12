// SPDX-License-Identifier: MIT
#include "input/staging.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/digest.hpp"

namespace usagectl::input {

namespace {

std::string digits_of(std::string_view text) {
    Sha256 hash;
    hash.update(text);
    return hash.finish().substr(0, 32);
}

tl::unexpected<Error> unusable(const std::string& folder, int reason) {
    return refuse(
        Exit::unavailable,
        "staging_unusable",
        "fetched files cannot be put into " + folder + ": " +
            std::generic_category().message(reason),
        "name another folder: usagectl config set ingest.staging DIRECTORY"
    );
}

// Each part of the path; those that are there are left as they are.
int make_folders(const std::filesystem::path& folder) {
    std::filesystem::path made;
    for (const auto& part : folder) {
        made /= part;
        if (::mkdir(made.c_str(), 0700) != 0 && errno != EEXIST && errno != EROFS &&
            errno != EISDIR)
            return errno;
    }
    return 0;
}

}  // namespace

Result<Staging> Staging::open(const std::string& top, std::string_view remote) {
    const std::string folder = top + "/" + digits_of(remote);
    if (const int reason = make_folders(folder); reason != 0)
        return unusable(folder, reason);
    const std::string path = folder + "/lock";
    const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0)
        return unusable(folder, errno);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(lock);
        if (reason != EWOULDBLOCK)
            return unusable(folder, reason);
        Error busy{
            Exit::unavailable,
            "staging_busy",
            "another process is picking up from " + std::string(remote),
            "wait for it, then repeat the command",
            true,
        };
        return tl::unexpected(std::move(busy));
    }
    return Staging(folder, lock);
}

Staging::Staging(Staging&& other) noexcept
    : folder_(std::move(other.folder_))
    , lock_(std::exchange(other.lock_, -1)) {}

Staging::~Staging() {
    if (lock_ >= 0)
        ::close(lock_);
}

std::string Staging::path_of(std::string_view version) const {
    return folder_ + "/" + digits_of(version);
}

std::uint64_t Staging::size_of(const std::string& path) {
    struct stat status {};
    return ::stat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
}

void Staging::discard(const std::string& path) noexcept {
    ::unlink(path.c_str());
}

}  // namespace usagectl::input
