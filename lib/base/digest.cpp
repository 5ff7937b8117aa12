// SPDX-License-Identifier: MIT
#include "base/digest.hpp"

#include <array>

#include "base/assert.hpp"
#include "base/digest_module.hpp"
#include "base/error.hpp"
#include "base/module.hpp"

namespace usagectl {
namespace {

struct Functions {
    decltype(usagectl_sha256_begin)* begin;
    decltype(usagectl_sha256_update)* update;
    decltype(usagectl_sha256_finish)* finish;
    decltype(usagectl_sha256_end)* end;
};

template <class Function>
Function* function(const char* symbol) {
    return module_function<Function>("digest", symbol);
}

const Functions& functions() {
    static const Functions loaded{
        function<decltype(usagectl_sha256_begin)>("usagectl_sha256_begin"),
        function<decltype(usagectl_sha256_update)>("usagectl_sha256_update"),
        function<decltype(usagectl_sha256_finish)>("usagectl_sha256_finish"),
        function<decltype(usagectl_sha256_end)>("usagectl_sha256_end"),
    };
    return loaded;
}

void require(bool sound) {
    if (!sound) {
        throw Failure(
            "digest_failed", "OpenSSL does not compute SHA-256", "check the OpenSSL configuration"
        );
    }
}

}  // namespace

struct Sha256::State {
    State() { require(hash != nullptr); }
    ~State() { call.end(hash); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    const Functions& call = functions();
    void* hash = call.begin();
};

Sha256::Sha256()
    : state_(std::make_unique<State>()) {}
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
    USAGECTL_ASSERT(state_ != nullptr);
    require(state_->call.update(state_->hash, bytes.data(), bytes.size()) == 1);
}

std::string Sha256::finish() {
    USAGECTL_ASSERT(state_ != nullptr);
    std::array<unsigned char, 32> digest{};
    require(state_->call.finish(state_->hash, digest.data()) == 1);
    state_.reset();

    constexpr std::string_view hex_digits = "0123456789abcdef";
    std::string hex;
    hex.reserve(2 * digest.size());
    for (const unsigned char byte : digest) {
        hex += hex_digits[byte >> 4U];
        hex += hex_digits[byte & 15U];
    }
    return hex;
}

}  // namespace usagectl
