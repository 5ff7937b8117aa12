// SPDX-License-Identifier: MIT
// The bytes of one source exactly as they lie outside, before any unpacking: an open descriptor,
// how far it has been read, and the SHA-256 of all of it. A regular file is read by position and
// hashed beside the reading; a pipe is hashed as it passes. Owns the descriptor when told to.
#pragma once

#include <sys/stat.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "input/file_hash.hpp"
#include "input/unpacker.hpp"

namespace usagectl::input {

class Outside final : public PackedBytes {
public:
    // `name` is for messages. `owned`: the descriptor is closed at the end.
    [[nodiscard]] static Result<std::unique_ptr<Outside>>
    adopt(int descriptor, bool owned, std::string name);
    ~Outside() override;

    static constexpr std::size_t signature_size = 4;
    // The first bytes, fewer when the source is shorter; reading starts with them all the same.
    [[nodiscard]] Result<std::string_view> signature();

    [[nodiscard]] Result<std::size_t> read(char* buffer, std::size_t size) override;
    [[nodiscard]] std::optional<std::uint64_t> size() const override;
    [[nodiscard]] std::uint64_t position() const override { return position_; }
    void seek(std::uint64_t position) override { position_ = position; }

    // Bytes that read() has given, counting again what was read again after a seek.
    [[nodiscard]] std::uint64_t consumed() const { return consumed_; }
    // The hash of all bytes, read or not; nothing should be read afterwards. Error `read_failed`
    // also when a regular file changed while it was read.
    [[nodiscard]] Result<std::string> sha256();

private:
    Outside(int descriptor, bool owned, std::string name, const struct stat& status);
    [[nodiscard]] Result<std::size_t> read_once(char* buffer, std::size_t size);
    [[nodiscard]] tl::unexpected<Error> failed(int error) const;
    [[nodiscard]] Result<std::string> hash_regular();
    [[nodiscard]] Result<std::string> hash_stream();

    int descriptor_;
    bool owned_;
    bool regular_;
    std::string name_;
    std::int64_t origin_ =
        0;  // where in the file the source begins: standard input may be part read
    std::uint64_t size_ = 0;
    struct timespec modified_ {};
    std::uint64_t position_ = 0;
    std::uint64_t consumed_ = 0;
    std::array<char, signature_size> signature_{};
    std::size_t signature_length_ = 0;
    bool signature_read_ = false;
    std::unique_ptr<FileHash> file_hash_;      // of a regular file
    std::unique_ptr<Sha256> stream_hash_;      // of anything else
    std::optional<Result<std::string>> hash_;  // once asked for
};

}  // namespace usagectl::input
