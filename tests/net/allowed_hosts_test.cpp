// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "net/allowed_hosts.hpp"

using usagectl::net::host_allowed;
using usagectl::net::is_loopback;

TEST_CASE("a host is spoken to when the list names it, or a name it lies below") {
    struct Row {
        std::vector<std::string> allowed;
        const char* host;
        bool expected;
    };
    const auto row = GENERATE(
        Row{{}, "anything.example", true},
        Row{{"a.example"}, "a.example", true},
        Row{{"a.example"}, "A.EXAMPLE", true},
        Row{{"A.Example."}, "a.example", true},
        Row{{"a.example"}, "a.example.", true},
        Row{{"a.example"}, "b.a.example", false},
        Row{{"a.example"}, "xa.example", false},
        Row{{"a.example"}, "a.example.evil.test", false},
        Row{{"*.a.example"}, "b.a.example", true},
        Row{{"*.a.example"}, "c.b.a.example", true},
        Row{{"*.a.example"}, "a.example", false},
        Row{{"*.a.example"}, ".a.example", false},
        Row{{"*.a.example"}, "xa.example", false},
        Row{{"*.example", "b.test"}, "b.test", true},
        Row{{"*"}, "a.example", false},
        Row{{""}, "a.example", false},
        Row{{"*.0.0.1"}, "127.0.0.1", false},
        Row{{"127.0.0.1"}, "127.0.0.1", true},
        Row{{"::1"}, "[::1]", true},
        Row{{"[::1]"}, "[::1]", true},
        Row{{"127.0.0.1"}, "127.0.0.10", false}
    );
    CAPTURE(row.allowed, row.host);
    CHECK(host_allowed(row.allowed, row.host) == row.expected);
}

TEST_CASE("loopback is this machine's addresses, not names that look like them") {
    CHECK(is_loopback("127.0.0.1"));
    CHECK(is_loopback("127.1.2.3"));
    CHECK(is_loopback("[::1]"));
    CHECK(is_loopback("localhost"));
    CHECK_FALSE(is_loopback("127.0.0.1.evil.test"));
    CHECK_FALSE(is_loopback("127.evil.a.b"));
    CHECK_FALSE(is_loopback("localhost.evil.test"));
    CHECK_FALSE(is_loopback("10.0.0.1"));
    CHECK_FALSE(is_loopback(""));
}
