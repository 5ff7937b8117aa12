// SPDX-License-Identifier: MIT
#include "crypto/random.hpp"

#include <sodium.h>

#include "crypto/sodium.hpp"

namespace usagectl::crypto {

std::string random_bytes(std::size_t count) {
    begin_sodium();
    std::string bytes(count, '\0');
    ::randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

void append_random_digits(LockedBytes& text, std::size_t count) {
    begin_sodium();
    for (std::size_t at = 0; at < count; ++at) {
        // Without the bias a remainder would have.
        const char digit = static_cast<char>('0' + ::randombytes_uniform(10));
        text.append({&digit, 1});
    }
}

}  // namespace usagectl::crypto
