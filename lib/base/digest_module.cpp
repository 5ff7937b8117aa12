// SPDX-License-Identifier: MIT
#include "base/digest_module.hpp"

#include <openssl/evp.h>

void* usagectl_sha256_begin() {
    EVP_MD_CTX* const context = EVP_MD_CTX_new();
    if (context != nullptr && EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1) {
        return context;
    }
    EVP_MD_CTX_free(context);
    return nullptr;
}

int usagectl_sha256_update(void* hash, const void* bytes, std::size_t size) {
    return EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(hash), bytes, size);
}

int usagectl_sha256_finish(void* hash, unsigned char* digest) {
    return EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(hash), digest, nullptr);
}

void usagectl_sha256_end(void* hash) {
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(hash));
}
