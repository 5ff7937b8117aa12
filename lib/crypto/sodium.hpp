// SPDX-License-Identifier: MIT
// The door to libsodium, for the files of this room.
#pragma once

namespace usagectl::crypto {

// Before anything of libsodium is used. Failure `random_source_missing`.
void begin_sodium();

}  // namespace usagectl::crypto
