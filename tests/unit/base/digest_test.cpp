// SPDX-License-Identifier: MIT
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "base/assert.hpp"
#include "base/digest.hpp"

using namespace usagectl;

namespace {

std::string sha256(std::string_view text) {
    Sha256 hash;
    hash.update(text);
    return hash.finish();
}

}  // namespace

// FIPS 180-2, appendix B, and the empty message.
TEST_CASE("SHA-256 gives the digests its standard lists") {
    struct Row {
        std::string message;
        std::string digest;
    };
    const Row rows[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {std::string(1'000'000, 'a'),
         "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    for (const Row& row : rows)
        CHECK(sha256(row.message) == row.digest);
}

TEST_CASE("a digest does not depend on how the bytes come in pieces") {
    CHECK(rc::check("pieces", [](const std::string& head, const std::string& tail) {
        Sha256 hash;
        hash.update(head);
        hash.update(tail);
        RC_ASSERT(hash.finish() == sha256(head + tail));
    }));
}

TEST_CASE("a finished digest takes no more") {
    Sha256 hash;
    static_cast<void>(hash.finish());
    CHECK_THROWS_AS(hash.update("more"), Bug);
    CHECK_THROWS_AS(hash.finish(), Bug);
}
