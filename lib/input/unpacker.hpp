// SPDX-License-Identifier: MIT
// What the archive module offers: packed bytes in, plain members out. The module is a shared object
// of its own (zlib and libarchive stay out of every command that reads plain files), so it sees the
// packed bytes through an interface and this header is all the two sides share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"

namespace usagectl::input {

class PackedBytes {
public:
    PackedBytes() = default;
    PackedBytes(const PackedBytes&) = delete;
    PackedBytes& operator=(const PackedBytes&) = delete;
    virtual ~PackedBytes() = default;

    // Fills `buffer`, less only at the end of the source. Error: `read_failed` (5).
    [[nodiscard]] virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
    // Of a source that can be read anywhere: a regular file.
    [[nodiscard]] virtual std::optional<std::uint64_t> size() const = 0;
    [[nodiscard]] virtual std::uint64_t position() const = 0;
    // Precondition: size() has a value, and `position` is at most that.
    virtual void seek(std::uint64_t position) = 0;
};

enum class Packing : std::uint8_t { gzip, zstandard, zip };

// Unpacks without limits; the caller counts.
class Unpacker {
public:
    Unpacker() = default;
    Unpacker(const Unpacker&) = delete;
    Unpacker& operator=(const Unpacker&) = delete;
    virtual ~Unpacker() = default;

    // Moves to the next member that is a file; false at the end.
    [[nodiscard]] virtual Result<bool> next_member(std::string& name) = 0;
    // Up to `size` bytes of the member, 0 at its end. What could be unpacked before damage is given
    // first, the error by the next call.
    [[nodiscard]] virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
};

// The module's one symbol, `usagectl_unpacker`. The caller owns the answer.
using UnpackerFactory = Unpacker*(PackedBytes& packed, Packing packing);

}  // namespace usagectl::input
