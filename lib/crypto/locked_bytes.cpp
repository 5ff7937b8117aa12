// SPDX-License-Identifier: MIT
#include "crypto/locked_bytes.hpp"

#include <cstring>
#include <utility>

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "base/assert.hpp"
#include "base/error.hpp"
#include "crypto/sodium.hpp"

namespace usagectl::crypto {

LockedBytes::LockedBytes(std::size_t capacity)
    : capacity_(capacity) {
    begin_sodium();
    bytes_ = static_cast<char*>(::sodium_malloc(capacity));
    if (bytes_ == nullptr) {
        throw Failure(
            "memory_short",
            "there is no memory to keep a secret in",
            "raise the limit of locked memory (ulimit -l), or end other programs"
        );
    }
}

LockedBytes::LockedBytes(LockedBytes&& other) noexcept
    : bytes_(std::exchange(other.bytes_, nullptr))
    , capacity_(std::exchange(other.capacity_, 0))
    , size_(std::exchange(other.size_, 0)) {}

LockedBytes& LockedBytes::operator=(LockedBytes&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(capacity_, other.capacity_);
    std::swap(size_, other.size_);
    return *this;
}

LockedBytes::~LockedBytes() {
    ::sodium_free(bytes_);
}

void LockedBytes::resize(std::size_t size) {
    USAGECTL_ASSERT(size <= capacity_);
    size_ = size;
}

void LockedBytes::append(std::string_view text) {
    USAGECTL_ASSERT(text.size() <= capacity_ - size_);
    if (!text.empty())
        std::memcpy(bytes_ + size_, text.data(), text.size());
    size_ += text.size();
}

void LockedBytes::clear() noexcept {
    if (bytes_ != nullptr)
        ::sodium_memzero(bytes_, capacity_);
    size_ = 0;
}

void keep_process_private() {
    const ::rlimit none{0, 0};
    // Neither can fail for a process that asks for less than it has.
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void begin_sodium() {
    static const int begun = ::sodium_init();
    if (begun < 0) {
        throw Failure(
            "random_source_missing",
            "the system gives no random bytes",
            "check that getrandom(2) works here: /dev/urandom must be readable"
        );
    }
}

}  // namespace usagectl::crypto
