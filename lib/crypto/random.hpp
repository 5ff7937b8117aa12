// SPDX-License-Identifier: MIT
// Randomness for secrets: the system's own generator, through libsodium.
#pragma once

#include <cstddef>
#include <string>

#include "crypto/locked_bytes.hpp"

namespace usagectl::crypto {

[[nodiscard]] std::string random_bytes(std::size_t count);
// Appends decimal digits, each of the ten as likely as any other.
void append_random_digits(LockedBytes& text, std::size_t count);

}  // namespace usagectl::crypto
