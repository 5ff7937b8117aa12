// SPDX-License-Identifier: MIT
// What the program and its module "digest" agree on: four C functions over an opaque hash. They
// throw nothing; a null pointer or a zero says that OpenSSL refused.
#pragma once

#include <cstddef>

extern "C" {
void* usagectl_sha256_begin();
int usagectl_sha256_update(void* hash, const void* bytes, std::size_t size);
int usagectl_sha256_finish(void* hash, unsigned char* digest);  // 32 bytes
void usagectl_sha256_end(void* hash);                           // a null pointer is welcome
}
