// SPDX-License-Identifier: MIT
// Bytes from outside: a file, standard input, or a member of a .gz, .zip or .zst, told by content
// and unpacked one level deep. Nothing is ever unpacked onto the disk, and no path inside an
// archive is followed.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace usagectl::input {

// What stops a decompression bomb: compressed input may not expand to more than `ratio` times its
// size once it has passed `free_bytes`, nor beyond `total_bytes` in all.
struct ExpansionLimit {
    std::uint64_t ratio = 200;
    std::uint64_t free_bytes = 64ULL << 20;
    std::uint64_t total_bytes = 1ULL << 40;
};

// A stream of plain bytes, one or more members after another (a zip has several; anything else
// one).
class Input {
public:
    Input() = default;
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    virtual ~Input() = default;

    // Moves to the next member; false at the end. The name is the archive's own, for messages only
    // (empty when the input is not an archive). Call before the first read. Directories and hidden
    // members are passed over. Errors (exit 6): `archive_damaged`, `archive_encrypted`.
    [[nodiscard]] virtual Result<bool> next_member(std::string& name) = 0;
    // Fills up to `size` bytes, 0 at the end of the member. Errors (exit 6): `archive_damaged`,
    // `archive_too_large`; exit 5: `read_failed`.
    [[nodiscard]] virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
    // Bytes taken from the outside so far, before decompression, and their total where known.
    [[nodiscard]] virtual std::uint64_t consumed() const = 0;
    [[nodiscard]] virtual std::optional<std::uint64_t> size() const = 0;
    // SHA-256 of everything given from outside (before decompression), 64 hex digits; reads what is
    // left first. Hashing runs beside the reading. Error `read_failed`, retryable, when a file
    // changed while it was read.
    [[nodiscard]] virtual Result<std::string> sha256() = 0;
};

// Opens a file. Errors: `source_missing` (3), `source_unreadable` (5), `source_is_special` (2: a
// socket, a device). A named pipe is read like standard input.
[[nodiscard]] Result<std::unique_ptr<Input>>
open_file(const std::string& path, const ExpansionLimit& limit);
// Standard input, by descriptor.
[[nodiscard]] Result<std::unique_ptr<Input>>
open_descriptor(int descriptor, const ExpansionLimit& limit);
// The hash of a regular file, without parsing it.
[[nodiscard]] Result<std::string> hash_file(const std::string& path);

// The files of a directory tree, each folder's own before those of the folders in it, in byte order
// of their names; hidden files and symbolic links that leave the tree are passed over. A plain file
// gives itself. Errors: `source_missing` (3), `source_unreadable` (5), `directory_empty` (6).
struct Found {
    std::string path;
    std::uint64_t size = 0;
};
[[nodiscard]] Result<std::vector<Found>> list_sources(const std::string& path);

// Feeds a line reader: `take` gets pieces that hold whole lines (the last piece of all may lack the
// line end; `last` is true once, perhaps with empty text); `skip` gets the first 4 KiB of a line
// longer than `max_line`, which is then dropped. With `by_line` false pieces are cut anywhere.
[[nodiscard]] Result<void> feed(
    Input& input,
    bool by_line,
    std::size_t max_line,
    std::string_view head,  // bytes already read for format detection
    const std::function<Result<void>(std::string_view piece, bool last)>& take,
    const std::function<void(std::string_view beginning)>& skip
);

}  // namespace usagectl::input
