// SPDX-License-Identifier: MIT
#include "base/secret_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>

namespace usagectl {
namespace {

constexpr std::size_t most_bytes = 64 << 10;

tl::unexpected<Error> unreadable(const std::string& name, int error) {
    return refuse(
        Exit::unavailable,
        "secret_unreadable",
        name + " cannot be read: " + std::generic_category().message(error),
        "check the file's owner and permissions"
    );
}

tl::unexpected<Error> too_open(const std::string& path, std::string_view why, std::string cure) {
    return refuse(
        Exit::refused,
        "secret_file_open",
        path + " is not read, since " + std::string(why),
        std::move(cure)
    );
}

Result<void> check(const std::string& path, const struct stat& status) {
    if (!S_ISREG(status.st_mode))
        return too_open(path, "it is not a plain file", "name a plain file");
    if (status.st_uid != ::geteuid() && status.st_uid != 0) {
        return too_open(
            path,
            "it belongs to somebody else",
            "own it: chown " + std::to_string(::geteuid()) + " " + path
        );
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return too_open(path, "others than its owner may use it", "chmod 600 " + path);
    return {};
}

tl::unexpected<Error> malformed(const std::string& name, std::string_view what) {
    return refuse(
        Exit::refused,
        "secret_malformed",
        name + " holds " + std::string(what),
        "one line of at most 64 KiB is read as the secret"
    );
}

// One line, from bytes that are overwritten before this returns.
Result<Secret> one_line(const std::string& name, std::string& bytes) {
    if (bytes.ends_with('\n'))
        bytes.pop_back();
    if (bytes.ends_with('\r'))
        bytes.pop_back();
    std::optional<std::string_view> wrong;
    if (bytes.empty())
        wrong = "nothing";
    else if (bytes.find_first_of(std::string_view("\n\r\0", 3)) != std::string::npos)
        wrong = "more than one line";
    Secret secret(wrong ? std::string() : bytes);
    wipe(bytes);
    if (wrong)
        return malformed(name, *wrong);
    return secret;
}

Result<Secret> read_line(const std::string& name, int descriptor) {
    std::string bytes(most_bytes + 2, '\0');  // a line's end, and one byte too many
    std::size_t filled = 0;
    while (filled < bytes.size()) {
        const ssize_t got = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
        if (got == 0)
            break;
        if (got > 0) {
            filled += static_cast<std::size_t>(got);
        } else if (errno == EAGAIN) {
            pollfd readable{descriptor, POLLIN, 0};
            ::poll(&readable, 1, -1);
        } else if (errno != EINTR) {
            const int error = errno;
            wipe(bytes);
            return unreadable(name, error);
        }
    }
    if (filled == bytes.size() || (filled == most_bytes + 1 && bytes[most_bytes] != '\n')) {
        wipe(bytes);
        return malformed(name, "more than 64 KiB");
    }
    bytes.resize(filled);
    return one_line(name, bytes);
}

}  // namespace

// Looks at what was opened: between two looks by name it could be another file.
Result<Descriptor> open_secret_file(const std::string& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (file.number() < 0 && (errno == ENOENT || errno == ENOTDIR)) {
        return refuse(
            Exit::not_found,
            "secret_missing",
            path + " does not exist",
            "make it, with the password or key in it, and chmod 600 it"
        );
    }
    struct stat status {};
    if (file.number() < 0 || ::fstat(file.number(), &status) != 0)
        return unreadable(path, errno);
    if (auto sound = check(path, status); !sound)
        return tl::unexpected(sound.error());
    return file;
}

Result<void> check_secret_file(const std::string& path) {
    const auto opened = open_secret_file(path);
    if (!opened)
        return tl::unexpected(opened.error());
    return {};
}

Result<Secret> read_secret_file(const std::string& path) {
    const auto opened = open_secret_file(path);
    if (!opened)
        return tl::unexpected(opened.error());
    return read_line(path, opened->number());
}

Result<Secret> read_secret_descriptor(int descriptor) {
    return read_line("descriptor " + std::to_string(descriptor), descriptor);
}

}  // namespace usagectl
