// SPDX-License-Identifier: MIT
#include "input/input.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "input/input_kinds.hpp"

namespace usagectl::input {

namespace {

// RFC 1952 section 2.3.1; RFC 8878 sections 3.1.1 and 3.1.2; APPNOTE.TXT sections 4.3.7 and 4.3.16
// (a zip without members is only its end record).
std::optional<Packing> packing_of(std::string_view signature) {
    if (signature.starts_with("\x1f\x8b"))
        return Packing::gzip;
    if (signature == "\x28\xb5\x2f\xfd")
        return Packing::zstandard;
    if (signature.size() == 4 && (signature[0] & 0xf0) == 0x50 &&
        signature.ends_with("\x2a\x4d\x18"))
        return Packing::zstandard;
    if (signature == std::string_view("PK\x03\x04") || signature == std::string_view("PK\x05\x06"))
        return Packing::zip;
    return std::nullopt;
}

tl::unexpected<Error> cannot_open(const std::string& path, int error) {
    const std::string why = std::generic_category().message(error);
    if (error == ENOENT || error == ENOTDIR)
        return refuse(Exit::not_found, "source_missing", path + ": " + why);
    return refuse(Exit::unavailable, "source_unreadable", path + " cannot be opened: " + why);
}

// Opens what can be read from beginning to end, and nothing whose opening alone has an effect.
Result<int> open_readable(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        return cannot_open(path, errno);
    if (S_ISDIR(status.st_mode))
        return refuse(Exit::usage, "source_is_special", path + " is a directory");
    if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
        return refuse(Exit::usage, "source_is_special", path + " is a socket or a device");
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return cannot_open(path, errno);
    return descriptor;
}

Result<std::unique_ptr<Input>>
open_outside(Result<std::unique_ptr<Outside>> outside, const ExpansionLimit& limit) {
    if (!outside)
        return tl::unexpected(outside.error());
    auto signature = (*outside)->signature();
    if (!signature)
        return tl::unexpected(signature.error());
    if (const auto packing = packing_of(*signature))
        return make_archive_input(std::move(*outside), *packing, limit);
    return make_plain_input(std::move(*outside));
}

}  // namespace

Result<std::unique_ptr<Input>> open_file(const std::string& path, const ExpansionLimit& limit) {
    auto descriptor = open_readable(path);
    if (!descriptor)
        return tl::unexpected(descriptor.error());
    return open_outside(Outside::adopt(*descriptor, true, path), limit);
}

Result<std::unique_ptr<Input>> open_descriptor(int descriptor, const ExpansionLimit& limit) {
    return open_outside(Outside::adopt(descriptor, false, "standard input"), limit);
}

Result<std::string> hash_file(const std::string& path) {
    auto descriptor = open_readable(path);
    if (!descriptor)
        return tl::unexpected(descriptor.error());
    auto outside = Outside::adopt(*descriptor, true, path);
    if (!outside)
        return tl::unexpected(outside.error());
    return (*outside)->sha256();
}

}  // namespace usagectl::input
