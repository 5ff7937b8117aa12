// SPDX-License-Identifier: MIT
// Memory for what nobody else may read: kept out of swap and core dumps, between guard pages,
// overwritten when it is let go (libsodium's guarded memory).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace usagectl::crypto {

class LockedBytes {
public:
    LockedBytes() = default;
    // Room for `capacity` bytes, none of them used. Failure `memory_short` when there is none.
    explicit LockedBytes(std::size_t capacity);
    LockedBytes(LockedBytes&& other) noexcept;
    LockedBytes& operator=(LockedBytes&& other) noexcept;
    LockedBytes(const LockedBytes&) = delete;
    LockedBytes& operator=(const LockedBytes&) = delete;
    ~LockedBytes();

    [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    // All of the room, to be written into; resize() then says how much of it counts.
    [[nodiscard]] std::span<char> room() noexcept { return {bytes_, capacity_}; }
    void resize(std::size_t size);
    void append(std::string_view text);
    // Overwrites all of it and leaves it empty.
    void clear() noexcept;

    [[nodiscard]] std::string_view view() const noexcept { return {bytes_, size_}; }
    [[nodiscard]] const unsigned char* bytes() const noexcept {
        return reinterpret_cast<const unsigned char*>(bytes_);
    }
    [[nodiscard]] unsigned char* bytes() noexcept {
        return reinterpret_cast<unsigned char*>(bytes_);
    }

private:
    char* bytes_ = nullptr;
    std::size_t capacity_ = 0;
    std::size_t size_ = 0;
};

// From here on this process leaves no core dump and cannot be read by others of the same user.
// Called by a command before it takes up a secret.
void keep_process_private();

}  // namespace usagectl::crypto
