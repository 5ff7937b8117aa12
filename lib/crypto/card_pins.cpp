// SPDX-License-Identifier: MIT
#include "crypto/card_pins.hpp"

#include <fcntl.h>
#include <sys/stat.h>
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

constexpr std::size_t name_size = 8;
constexpr std::size_t hex_size = 2 * pepper_size;
constexpr std::size_t line_size = name_size + 1 + hex_size;
constexpr std::size_t most_keys = 1024;

// Hashes keyed by the pepper begin with what they are for, so that one never stands for another.
constexpr std::string_view for_name = "usagectl card key name";
constexpr std::string_view for_pin = "usagectl card pin";

void keyed_hash(
    const LockedBytes& key,
    std::string_view purpose,
    std::initializer_list<std::string_view> parts,
    std::span<unsigned char> hash
) {
    ::crypto_generichash_state state;
    bool sound = ::crypto_generichash_init(&state, key.bytes(), key.size(), hash.size()) == 0;
    const auto take = [&](std::string_view text) {
        const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
        // With its end marked: two parts cannot run into one another.
        const unsigned char end = 0;
        sound = sound && ::crypto_generichash_update(&state, bytes, text.size()) == 0 &&
                ::crypto_generichash_update(&state, &end, 1) == 0;
    };
    take(purpose);
    for (const auto part : parts)
        take(part);
    sound = sound && ::crypto_generichash_final(&state, hash.data(), hash.size()) == 0;
    ::sodium_memzero(&state, sizeof state);
    USAGECTL_ASSERT(sound);
}

std::string name_of(const LockedBytes& key) {
    std::array<unsigned char, 32> hash{};
    keyed_hash(key, for_name, {}, hash);
    std::array<char, name_size + 1> name{};
    ::sodium_bin2hex(name.data(), name.size(), hash.data(), name_size / 2);
    return name.data();
}

// Argon2id of the keyed hash. Failure `memory_short`.
void slow_hash(
    const LockedBytes& key,
    const card::Serial& serial,
    std::string_view pin,
    std::string_view salt,
    const card::HashCost& cost,
    std::span<unsigned char, card::PinMark::hash_size> hash
) {
    static_assert(card::PinMark::salt_size == crypto_pwhash_argon2id_SALTBYTES);
    USAGECTL_ASSERT(salt.size() == card::PinMark::salt_size);
    std::array<unsigned char, 32> before{};
    keyed_hash(key, for_pin, {serial.text(), pin}, before);
    const int made = ::crypto_pwhash_argon2id(
        hash.data(),
        hash.size(),
        reinterpret_cast<const char*>(before.data()),
        before.size(),
        reinterpret_cast<const unsigned char*>(salt.data()),
        static_cast<unsigned long long>(cost.passes),
        static_cast<std::size_t>(cost.memory_kib) << 10,
        crypto_pwhash_argon2id_ALG_ARGON2ID13
    );
    ::sodium_memzero(before.data(), before.size());
    if (made != 0) {
        throw Failure(
            "memory_short",
            "there is not enough memory to check a PIN: it takes " +
                std::to_string(cost.memory_kib) + " KiB",
            "end other programs, or make new cards with a lower cards.hash_memory_kib",
            true
        );
    }
}

tl::unexpected<Error> malformed(const std::string& path, std::size_t line, std::string what) {
    return refuse(
        Exit::refused,
        "card_keys_malformed",
        path + ", line " + std::to_string(line) + ": " + std::move(what),
        "a line is the name of a key and the key, as usagectl card key writes them; put back a copy"
    );
}

Result<LockedBytes> read_all(const std::string& path, int descriptor) {
    LockedBytes text(most_keys * (line_size + 1) + 1);
    std::size_t filled = 0;
    while (filled < text.capacity()) {
        const auto room = text.room().subspan(filled);
        const auto got = ::read(descriptor, room.data(), room.size());
        if (got == 0)
            break;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            throw Failure(
                "secret_unreadable",
                path + " cannot be read: " + std::generic_category().message(errno)
            );
        }
        filled += static_cast<std::size_t>(got);
    }
    if (filled == text.capacity())
        return malformed(path, most_keys + 1, "too many keys");
    text.resize(filled);
    return text;
}

[[noreturn]] void unwritable(const std::string& path) {
    throw Failure(
        "card_keys_unwritable",
        "the card keys cannot be written to " + path + ": " +
            std::generic_category().message(errno),
        "name a file in a directory of your own: usagectl config set cards.key_file PATH"
    );
}

}  // namespace

Result<void>
CardPins::take_line(std::string_view line, std::size_t number, const std::string& path) {
    if (line.size() != line_size || line[name_size] != ' ')
        return malformed(path, number, "this is no key");
    LockedBytes key(pepper_size);
    std::size_t made = 0;
    const auto hex = line.substr(name_size + 1);
    if (::sodium_hex2bin(
            key.bytes(), pepper_size, hex.data(), hex.size(), nullptr, &made, nullptr
        ) != 0 ||
        made != pepper_size)
        return malformed(path, number, "the key is not 64 hexadecimal digits");
    key.resize(pepper_size);
    const auto name = name_of(key);
    if (name != line.substr(0, name_size))
        return malformed(path, number, "the key does not fit its name");
    newest_ = name;
    keys_.insert_or_assign(name, std::move(key));
    return {};
}

Result<CardPins> CardPins::read(const std::string& path) {
    begin_sodium();
    auto file = open_secret_file(path);
    if (!file)
        return tl::unexpected(file.error());
    const auto text = read_all(path, file->number());
    if (!text)
        return tl::unexpected(text.error());
    CardPins pins;
    auto rest = text->view();
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const auto end = std::min(rest.find('\n'), rest.size());
        if (auto taken = pins.take_line(rest.substr(0, end), number, path); !taken)
            return tl::unexpected(taken.error());
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (pins.keys_.empty())
        return malformed(path, 1, "there is no key");
    return pins;
}

bool CardPins::has_key(std::string_view key) const {
    return keys_.find(key) != keys_.end();
}

const LockedBytes& CardPins::key_called(std::string_view name) const {
    const auto found = keys_.find(name);
    if (found == keys_.end()) {
        throw Failure(
            "card_key_missing",
            "the key " + std::string(name) + " these cards were made with is not in the key file",
            "put the key's line back into the file cards.key_file names"
        );
    }
    return found->second;
}

card::PinMark CardPins::mark(
    const card::Serial& serial,
    std::string_view pin,
    std::string_view key,
    const card::HashCost& cost
) const {
    card::PinMark made;
    made.salt.resize(card::PinMark::salt_size);
    ::randombytes_buf(made.salt.data(), made.salt.size());
    std::array<unsigned char, card::PinMark::hash_size> hash{};
    slow_hash(key_called(key), serial, pin, made.salt, cost, hash);
    made.hash.assign(reinterpret_cast<const char*>(hash.data()), hash.size());
    return made;
}

bool CardPins::fits(
    const card::Serial& serial,
    std::string_view pin,
    const card::PinMark& mark,
    std::string_view key,
    const card::HashCost& cost
) const {
    std::array<unsigned char, card::PinMark::hash_size> hash{};
    slow_hash(key_called(key), serial, pin, mark.salt, cost, hash);
    return mark.hash.size() == hash.size() &&
           ::sodium_memcmp(mark.hash.data(), hash.data(), hash.size()) == 0;
}

Result<std::string> add_card_key(const std::string& path) {
    begin_sodium();
    struct ::stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        // Nothing is added to what could not be read again.
        if (auto known = CardPins::read(path); !known && status.st_size > 0)
            return tl::unexpected(known.error());
    }
    LockedBytes key(pepper_size);
    ::randombytes_buf(key.bytes(), pepper_size);
    key.resize(pepper_size);
    auto name = name_of(key);

    LockedBytes line(line_size + 2);
    const Descriptor file(
        ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600)
    );
    if (file.number() < 0)
        unwritable(path);
    char last = '\n';
    if (status.st_size > 0)
        static_cast<void>(::pread(file.number(), &last, 1, status.st_size - 1));
    if (last != '\n')
        line.append("\n");
    line.append(name);
    line.append(" ");
    const auto at = line.size();
    ::sodium_bin2hex(line.room().data() + at, hex_size + 1, key.bytes(), pepper_size);
    line.resize(at + hex_size);
    line.append("\n");
    // One write of less than a block: it is there as a whole or not at all.
    const auto wrote = ::write(file.number(), line.view().data(), line.size());
    if (wrote != static_cast<ssize_t>(line.size()) || ::fsync(file.number()) != 0)
        unwritable(path);
    return name;
}

}  // namespace usagectl::crypto
