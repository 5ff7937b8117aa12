// SPDX-License-Identifier: MIT
#include "card/print_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "crypto/random.hpp"

namespace usagectl {

namespace {

tl::unexpected<Error> refused(std::string_view code, std::string message, std::string hint) {
    return refuse(Exit::refused, code, std::move(message), std::move(hint));
}

}  // namespace

void PrintFile::fail(int error) const {
    throw Failure(
        "print_file_not_written",
        "cannot write " + path_ + ": " + std::generic_category().message(error),
        "make room, and give the same command again: it goes on where it stopped",
        error == ENOSPC
    );
}

// Two processes that write one file would each spoil what the other has.
Result<void> PrintFile::hold() {
    if (::flock(file_.number(), LOCK_EX | LOCK_NB) == 0)
        return {};
    return refused(
        "print_file_taken", path_ + " is being written by another process", "let it do its work"
    );
}

Result<void> PrintFile::begin() {
    file_.reset(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    struct ::stat status {};
    if (file_.number() < 0 || ::fstat(file_.number(), &status) != 0)
        fail(errno);
    if (auto held = hold(); !held)
        return held;
    const bool ours = S_ISREG(status.st_mode) && status.st_uid == ::geteuid() &&
                      (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
    if (!ours || status.st_size != 0) {
        return refused(
            "print_file_exists",
            path_ + (ours ? " is there already" : " is not a file of ours alone"),
            "PINs are never written over anything: name a new file"
        );
    }
    return {};
}

tl::unexpected<Error> PrintFile::lost(std::string_view how) const {
    return refused(
        "print_file_lost",
        path_ + std::string(how),
        "the PINs of this batch are lost with it: usagectl card void --batch, and make another"
    );
}

Result<void> PrintFile::reopen() {
    file_.reset(::open(path_.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    if (file_.number() < 0)
        return lost(" is not there any more");
    return hold();
}

Result<void> PrintFile::cut(std::int64_t bytes) {
    struct ::stat status {};
    if (::fstat(file_.number(), &status) != 0)
        fail(errno);
    if (status.st_size < bytes)
        return lost(" is shorter than it was");
    if (::ftruncate(file_.number(), bytes) != 0 || ::lseek(file_.number(), bytes, SEEK_SET) < 0)
        fail(errno);
    bytes_ = bytes;
    return {};
}

void PrintFile::put(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto wrote = ::write(file_.number(), bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            fail(errno);
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
        bytes_ += wrote;
    }
}

std::int64_t PrintFile::write(std::string_view piece) {
    if (printer_) {
        if (bytes_ == 0)
            put(crypto::sealed_magic);
        put(crypto::seal(piece, *printer_));
    } else {
        put(piece);
    }
    if (::fsync(file_.number()) != 0)
        fail(errno);
    return bytes_;
}

void LockedText::append_random_digits(std::size_t count) {
    crypto::append_random_digits(bytes_, count);
}

}  // namespace usagectl
