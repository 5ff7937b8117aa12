// SPDX-License-Identifier: MIT
#include "cli/secret_output.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "cli/output_file.hpp"

namespace usagectl::cli {

namespace {

tl::unexpected<Error> exists(const std::string& path) {
    return refuse(
        Exit::refused,
        "file_exists",
        path + " is there already",
        "secrets are never written over anything: name a new file"
    );
}

}  // namespace

Result<void> SecretOutput::check_free(const std::string& path) {
    struct ::stat status {};
    if (::lstat(path.c_str(), &status) == 0)
        return exists(path);
    return {};
}

SecretOutput::~SecretOutput() {
    if (state_ == State::part)
        ::unlink(part_.c_str());
    if (state_ == State::placed && !kept_)
        ::unlink(path_.c_str());
}

void SecretOutput::fail(int error) const {
    throw OutputFailure(
        "file_not_written",
        "cannot write " + path_ + ": " + std::generic_category().message(error),
        "make room, or name a file in a folder of your own"
    );
}

void SecretOutput::open() {
    part_ = path_ + ".part";
    // Left behind by one that was killed: the name is this command's own.
    ::unlink(part_.c_str());
    file_.reset(::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file_.number() < 0)
        fail(errno);
    state_ = State::part;
}

void SecretOutput::write(std::string_view bytes) {
    if (state_ == State::none)
        open();
    while (!bytes.empty()) {
        const auto wrote = ::write(file_.number(), bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            fail(errno);
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

Result<void> SecretOutput::place() {
    if (state_ == State::none)
        open();
    if (::fsync(file_.number()) != 0)
        fail(errno);
    // A link is refused where a name is taken, unlike a renaming, on every file system there is.
    if (::link(part_.c_str(), path_.c_str()) != 0) {
        if (errno == EEXIST)
            return exists(path_);
        fail(errno);
    }
    ::unlink(part_.c_str());
    state_ = State::placed;
    auto folder = std::filesystem::path(path_).parent_path();
    const Descriptor held(
        ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    );
    if (held.number() < 0 || ::fsync(held.number()) != 0)
        fail(errno);
    return {};
}

}  // namespace usagectl::cli
