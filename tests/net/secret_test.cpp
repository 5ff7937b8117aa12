// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <cstring>
#include <new>
#include <sstream>
#include <type_traits>

#include "base/secret.hpp"

using usagectl::Secret;

namespace {

template <class T, class = void>
struct Printable : std::false_type {};
template <class T>
struct Printable<T, std::void_t<decltype(std::declval<std::ostream&>() << std::declval<T>())>>
    : std::true_type {};

template <class T, class = void>
struct Comparable : std::false_type {};
template <class T>
struct Comparable<T, std::void_t<decltype(std::declval<T>() == std::declval<T>())>>
    : std::true_type {};

}  // namespace

TEST_CASE("a secret cannot be printed, compared or taken for a string") {
    STATIC_REQUIRE_FALSE(Printable<Secret>::value);
    STATIC_REQUIRE_FALSE(Comparable<Secret>::value);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<Secret, std::string>);
    STATIC_REQUIRE_FALSE(std::is_convertible_v<std::string, Secret>);
}

TEST_CASE("a secret is overwritten when it is let go, and leaves nothing where it was moved from") {
    // Short enough to be kept inside the object, where the memory can be looked at.
    alignas(Secret) unsigned char memory[sizeof(Secret)];
    const auto holds = [&memory](const char* text) {
        const std::string bytes(reinterpret_cast<const char*>(memory), sizeof memory);
        return bytes.find(text) != std::string::npos;
    };
    auto* const secret = ::new (memory) Secret(std::string("tell-no1"));
    CHECK(holds("tell-no1"));
    const Secret taken(std::move(*secret));
    CHECK(taken.reveal() == "tell-no1");
    CHECK_FALSE(holds("ell-no1"));
    *secret = Secret("another");
    CHECK(holds("another"));
    *secret = Secret("x");
    CHECK_FALSE(holds("nother"));
    *secret = Secret("thirdly");
    secret->~Secret();
    CHECK_FALSE(holds("hirdly"));
}
