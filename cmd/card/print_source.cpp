// SPDX-License-Identifier: MIT
#include "card/print_source.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <span>
#include <system_error>

#include "base/descriptor.hpp"
#include "base/secret_file.hpp"
#include "card/print_line.hpp"
#include "crypto/locked_bytes.hpp"
#include "crypto/sealed_file.hpp"

namespace usagectl {

namespace {

using Take = std::function<Result<void>(std::string_view)>;

constexpr std::size_t piece_size = 64 << 10;
constexpr std::size_t longest_line = 256;

[[noreturn]] void unreadable(const std::string& path, int error) {
    throw Failure(
        "print_file_unreadable",
        "cannot read " + path + ": " + std::generic_category().message(error),
        "check the file and its permissions"
    );
}

Descriptor open_file(const std::string& path) {
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0)
        unreadable(path, errno);
    return file;
}

// How many bytes came; 0: the end.
std::size_t read_some(const Descriptor& file, std::span<char> room, const std::string& path) {
    while (true) {
        const auto got = ::read(file.number(), room.data(), room.size());
        if (got >= 0)
            return static_cast<std::size_t>(got);
        if (errno != EINTR)
            unreadable(path, errno);
    }
}

bool begins_sealed(const std::string& path) {
    const auto file = open_file(path);
    std::array<char, crypto::sealed_magic.size()> begin{};
    std::size_t size = 0;
    while (size < begin.size()) {
        const auto got = read_some(file, std::span(begin).subspan(size), path);
        if (got == 0)
            break;
        size += got;
    }
    return std::string_view(begin.data(), size) == crypto::sealed_magic;
}

// Cuts pieces into lines, wherever the pieces end.
class LineCutter {
public:
    explicit LineCutter(const Take& take)
        : take_(take)
        , line_(longest_line) {}

    [[nodiscard]] Result<void> take(std::string_view piece) {
        while (!piece.empty()) {
            const auto end = piece.find('\n');
            const auto part = piece.substr(0, end);
            if (part.size() > line_.capacity() - line_.size())
                return malformed("it is too long");
            line_.append(part);
            if (end == std::string_view::npos)
                return {};
            piece.remove_prefix(end + 1);
            if (auto taken = finish_line(); !taken)
                return taken;
        }
        return {};
    }

    [[nodiscard]] Result<void> finish() const {
        if (line_.empty() && number_ > 1)
            return {};
        return malformed("the file breaks off in it");
    }

private:
    [[nodiscard]] Result<void> finish_line() {
        Result<void> taken;
        if (number_ > 1)
            taken = take_(line_.view());
        else if (line_.view() != card::print_header.substr(0, card::print_header.size() - 1))
            taken = malformed("it does not name the columns of a print file");
        line_.clear();
        // Which line it is, only this one knows.
        if (!taken && number_ > 1 && taken.error().code == "print_line_malformed")
            return malformed(taken.error().message);
        ++number_;
        return taken;
    }

    [[nodiscard]] Result<void> malformed(const std::string& what) const {
        return refuse(
            Exit::rejected,
            "print_line_malformed",
            "line " + std::to_string(number_) + " of the print file: " + what,
            "use the print file as usagectl card generate wrote it"
        );
    }

    const Take& take_;
    crypto::LockedBytes line_;
    std::int64_t number_ = 1;  // of the line that is being read
};

}  // namespace

Result<PrintSource> PrintSource::open(const std::string& path, const std::string& key_file) {
    if (path.empty() || ::access(path.c_str(), F_OK) != 0) {
        return refuse(
            Exit::not_found,
            "print_file_missing",
            path.empty() ? "the batch has no print file" : "there is no print file " + path,
            "name it where it is now: --print-file FILE"
        );
    }
    const bool sealed = begins_sealed(path);
    if (sealed && key_file.empty()) {
        return refuse(
            Exit::usage,
            "key_file_missing",
            path + " is sealed",
            "--key-file FILE names the secret key of usagectl card print-file key"
        );
    }
    if (!sealed) {
        if (auto safe = check_secret_file(path); !safe)
            return tl::unexpected(safe.error());
    }
    return PrintSource(path, key_file, sealed);
}

Result<void> PrintSource::each_opened(const Take& take) const {
    const auto key = crypto::read_secret_key(key_file_);
    if (!key)
        return tl::unexpected(key.error());
    const auto file = open_file(path_);
    std::string whole;
    std::array<char, piece_size> room{};
    while (const auto got = read_some(file, room, path_))
        whole.append(room.data(), got);
    Result<void> taken;
    const auto opened = crypto::open_sealed(whole, *key, [&](std::string_view piece) {
        if (taken)
            taken = take(piece);
    });
    return taken ? opened : taken;
}

Result<void> PrintSource::each_piece(const Take& take) const {
    if (sealed_)
        return each_opened(take);
    const auto file = open_file(path_);
    crypto::LockedBytes room(piece_size);
    while (const auto got = read_some(file, room.room(), path_)) {
        room.resize(got);
        if (auto taken = take(room.view()); !taken)
            return taken;
    }
    return {};
}

Result<void> PrintSource::each_line(const Take& take) const {
    LineCutter cutter(take);
    auto done = each_piece([&](std::string_view piece) { return cutter.take(piece); });
    return done ? cutter.finish() : done;
}

}  // namespace usagectl
