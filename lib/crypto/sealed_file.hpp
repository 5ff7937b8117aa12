// SPDX-License-Identifier: MIT
// Pieces of text sealed to a public key: only who holds the secret key can open them, and who
// sealed them cannot (X25519 and XSalsa20-Poly1305, libsodium's sealed boxes). In a file, each
// piece stands behind its length.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "crypto/locked_bytes.hpp"

namespace usagectl::crypto {

// 64 hexadecimal digits.
class PublicKey {
public:
    // Error `malformed_public_key` (2).
    [[nodiscard]] static Result<PublicKey> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    explicit PublicKey(std::string bytes)
        : bytes_(std::move(bytes)) {}
    std::string bytes_;
};

// What a sealed file begins with.
inline constexpr std::string_view sealed_magic = "usagectl sealed 1\n";

// A piece as it stands in the file, its length first.
[[nodiscard]] std::string seal(std::string_view piece, const PublicKey& to);

// Makes a pair of keys: the secret one goes into a new file, ours alone; the public one is given.
// Errors: `key_file_exists` (4); Failure `key_file_unwritable`.
[[nodiscard]] Result<PublicKey> make_key_pair(const std::string& secret_file);

// The secret key of make_key_pair(). Errors: those of open_secret_file, `key_file_malformed` (4).
[[nodiscard]] Result<LockedBytes> read_secret_key(const std::string& path);

// Opens the pieces of a sealed file one after another. Errors: `print_file_not_sealed` (2),
// `print_file_damaged` (6: cut off, altered, or sealed to another key).
[[nodiscard]] Result<void> open_sealed(
    std::string_view file,
    const LockedBytes& secret_key,
    const std::function<void(std::string_view piece)>& take
);

}  // namespace usagectl::crypto
