// SPDX-License-Identifier: MIT
#include "crypto/sealed_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include <sodium.h>

#include "base/assert.hpp"
#include "base/descriptor.hpp"
#include "base/secret_file.hpp"
#include "crypto/sodium.hpp"

namespace usagectl::crypto {

namespace {

constexpr std::size_t length_size = 4;
// No piece is longer: a length from a damaged file asks for no more memory than this.
constexpr std::size_t most_sealed = 1 << 20;
constexpr std::size_t key_hex = 2 * crypto_box_SECRETKEYBYTES;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex_of(std::string_view bytes) {
    std::string hex(2 * bytes.size() + 1, '\0');
    ::sodium_bin2hex(hex.data(), hex.size(), bytes_of(bytes), bytes.size());
    hex.pop_back();
    return hex;
}

Error damaged(std::string what) {
    return {
        Exit::rejected,
        "print_file_damaged",
        "the sealed file cannot be opened: " + std::move(what),
        "use the secret key that belongs to the public key it was sealed to, and a whole copy of "
        "it"};
}

}  // namespace

Result<PublicKey> PublicKey::parse(std::string_view text) {
    std::string bytes(crypto_box_PUBLICKEYBYTES, '\0');
    std::size_t made = 0;
    if (::sodium_hex2bin(
            reinterpret_cast<unsigned char*>(bytes.data()),
            bytes.size(),
            text.data(),
            text.size(),
            nullptr,
            &made,
            nullptr
        ) == 0 &&
        made == bytes.size() && text.size() == 2 * bytes.size())
        return PublicKey(std::move(bytes));
    return refuse(
        Exit::usage,
        "malformed_public_key",
        "a public key has 64 hexadecimal digits",
        "usagectl card print-file key makes a pair and shows the public key"
    );
}

std::string PublicKey::text() const {
    return hex_of(bytes_);
}

std::string seal(std::string_view piece, const PublicKey& to) {
    begin_sodium();
    const auto size = piece.size() + crypto_box_SEALBYTES;
    USAGECTL_ASSERT(size <= most_sealed);
    std::string sealed(length_size + size, '\0');
    for (std::size_t at = 0; at < length_size; ++at)
        sealed[at] = static_cast<char>((size >> (8 * at)) & 0xff);
    const int made = ::crypto_box_seal(
        reinterpret_cast<unsigned char*>(sealed.data()) + length_size,
        bytes_of(piece),
        piece.size(),
        bytes_of(to.bytes())
    );
    USAGECTL_ASSERT(made == 0);
    return sealed;
}

Result<PublicKey> make_key_pair(const std::string& secret_file) {
    begin_sodium();
    LockedBytes secret(crypto_box_SECRETKEYBYTES);
    std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open{};
    ::crypto_box_keypair(open.data(), secret.bytes());
    secret.resize(secret.capacity());

    const Descriptor file(::open(secret_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)
    );
    if (file.number() < 0 && errno == EEXIST) {
        return refuse(
            Exit::refused,
            "key_file_exists",
            secret_file + " is there already",
            "a key is never written over: name another file"
        );
    }
    LockedBytes line(key_hex + 2);
    ::sodium_bin2hex(line.room().data(), key_hex + 1, secret.bytes(), secret.size());
    line.resize(key_hex);
    line.append("\n");
    const auto wrote =
        file.number() < 0 ? -1 : ::write(file.number(), line.view().data(), line.size());
    if (wrote != static_cast<ssize_t>(line.size()) || ::fsync(file.number()) != 0) {
        const auto reason = std::generic_category().message(errno);
        if (file.number() >= 0)
            ::unlink(secret_file.c_str());
        throw Failure(
            "key_file_unwritable",
            "the key cannot be written to " + secret_file + ": " + reason,
            "name a file in a directory of your own"
        );
    }
    return PublicKey::parse(hex_of({reinterpret_cast<const char*>(open.data()), open.size()}));
}

Result<LockedBytes> read_secret_key(const std::string& path) {
    begin_sodium();
    auto line = read_secret_file(path);
    if (!line)
        return tl::unexpected(line.error());
    LockedBytes key(crypto_box_SECRETKEYBYTES);
    std::size_t made = 0;
    const auto& hex = line->reveal();
    if (::sodium_hex2bin(
            key.bytes(), key.capacity(), hex.data(), hex.size(), nullptr, &made, nullptr
        ) != 0 ||
        made != key.capacity() || hex.size() != key_hex) {
        return refuse(
            Exit::refused,
            "key_file_malformed",
            path + " holds no secret key",
            "a key is one line of 64 hexadecimal digits, as usagectl card print-file key writes it"
        );
    }
    key.resize(made);
    return key;
}

Result<void> open_sealed(
    std::string_view file,
    const LockedBytes& secret_key,
    const std::function<void(std::string_view piece)>& take
) {
    if (!file.starts_with(sealed_magic)) {
        return refuse(
            Exit::usage,
            "print_file_not_sealed",
            "this is no sealed file",
            "a print file that was not sealed can be read as it is"
        );
    }
    file.remove_prefix(sealed_magic.size());
    std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open{};
    ::crypto_scalarmult_base(open.data(), secret_key.bytes());
    LockedBytes piece(most_sealed);
    while (!file.empty()) {
        std::size_t size = 0;
        for (std::size_t at = 0; at < length_size && at < file.size(); ++at)
            size |= static_cast<std::size_t>(static_cast<unsigned char>(file[at])) << (8 * at);
        if (size < crypto_box_SEALBYTES || size > most_sealed || file.size() < length_size + size)
            return tl::unexpected(damaged("it is cut off"));
        piece.clear();
        if (::crypto_box_seal_open(
                piece.bytes(),
                bytes_of(file.substr(length_size, size)),
                size,
                open.data(),
                secret_key.bytes()
            ) != 0)
            return tl::unexpected(damaged("it was altered, or sealed to another key"));
        piece.resize(size - crypto_box_SEALBYTES);
        take(piece.view());
        file.remove_prefix(length_size + size);
    }
    return {};
}

}  // namespace usagectl::crypto
