// SPDX-License-Identifier: MIT
#include "input/outside.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace usagectl::input {

Result<std::unique_ptr<Outside>> Outside::adopt(int descriptor, bool owned, std::string name) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) {
        const int error = errno;
        if (owned)
            ::close(descriptor);
        return refuse(
            Exit::unavailable,
            "read_failed",
            name + " cannot be read: " + std::generic_category().message(error)
        );
    }
    return std::unique_ptr<Outside>(new Outside(descriptor, owned, std::move(name), status));
}

Outside::Outside(int descriptor, bool owned, std::string name, const struct stat& status)
    : descriptor_(descriptor)
    , owned_(owned)
    , regular_(S_ISREG(status.st_mode))
    , name_(std::move(name)) {
    if (!regular_) {
        stream_hash_ = std::make_unique<Sha256>();
        return;
    }
    origin_ = std::max<off_t>(::lseek(descriptor, 0, SEEK_CUR), 0);
    size_ = static_cast<std::uint64_t>(std::max<off_t>(status.st_size - origin_, 0));
    modified_ = status.st_mtim;
    file_hash_ = std::make_unique<FileHash>(descriptor_, origin_);
    ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
}

Outside::~Outside() {
    file_hash_.reset();  // its thread reads the descriptor
    if (owned_)
        ::close(descriptor_);
}

tl::unexpected<Error> Outside::failed(int error) const {
    return refuse(
        Exit::unavailable,
        "read_failed",
        name_ + " cannot be read: " + std::generic_category().message(error)
    );
}

std::optional<std::uint64_t> Outside::size() const {
    return regular_ ? std::optional(size_) : std::nullopt;
}

Result<std::size_t> Outside::read_once(char* buffer, std::size_t size) {
    for (;;) {
        const ssize_t got =
            regular_ ? ::pread(descriptor_, buffer, size, origin_ + static_cast<off_t>(position_))
                     : ::read(descriptor_, buffer, size);
        if (got >= 0)
            return static_cast<std::size_t>(got);
        if (errno != EINTR)
            return failed(errno);
    }
}

Result<std::string_view> Outside::signature() {
    while (!signature_read_ && signature_length_ < signature_size) {
        auto got =
            read_once(signature_.data() + signature_length_, signature_size - signature_length_);
        if (!got)
            return tl::unexpected(got.error());
        if (!regular_)
            stream_hash_->update({signature_.data() + signature_length_, *got});
        signature_length_ += *got;
        if (*got == 0 || regular_)
            break;
    }
    signature_read_ = true;
    return std::string_view(signature_.data(), signature_length_);
}

Result<std::size_t> Outside::read(char* buffer, std::size_t size) {
    std::size_t filled = 0;
    if (!regular_ && position_ < signature_length_) {
        // What signature() took from a pipe; it is hashed already.
        filled = std::min(size, signature_length_ - static_cast<std::size_t>(position_));
        std::memcpy(buffer, signature_.data() + position_, filled);
        position_ += filled;
    }
    while (filled < size) {
        auto got = read_once(buffer + filled, size - filled);
        if (!got)
            return got;
        if (*got == 0)
            break;
        if (!regular_)
            stream_hash_->update({buffer + filled, *got});
        filled += *got;
        position_ += *got;
    }
    consumed_ += filled;
    if (regular_)
        file_hash_->follow(position_);
    return filled;
}

Result<std::string> Outside::sha256() {
    if (!hash_)
        hash_ = regular_ ? hash_regular() : hash_stream();
    return *hash_;
}

Result<std::string> Outside::hash_regular() {
    const FileHash::Outcome outcome = file_hash_->finish();
    if (outcome.error != 0)
        return failed(outcome.error);
    // The hash and the reading passed over the file separately: they saw the same bytes only if
    // nobody wrote in between.
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0)
        return failed(errno);
    const bool same =
        outcome.size == size_ && status.st_size - origin_ == static_cast<off_t>(size_) &&
        status.st_mtim.tv_sec == modified_.tv_sec && status.st_mtim.tv_nsec == modified_.tv_nsec;
    if (!same) {
        Error error{
            Exit::unavailable,
            "read_failed",
            name_ + " changed while it was read",
            "try again when the file is complete",
            true,
        };
        return tl::unexpected(std::move(error));
    }
    return outcome.digits;
}

Result<std::string> Outside::hash_stream() {
    std::array<char, 64 << 10> rest;
    for (;;) {
        auto got = read(rest.data(), rest.size());
        if (!got)
            return tl::unexpected(got.error());
        if (*got < rest.size())
            return stream_hash_->finish();
    }
}

}  // namespace usagectl::input
