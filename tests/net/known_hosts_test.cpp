// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <sys/stat.h>
#include <unistd.h>

#include "net/known_hosts.hpp"
#include "net/sha1.hpp"
#include "support/scratch.hpp"

using namespace usagectl;
using namespace usagectl::net;

namespace {

std::string hex(const std::string& bytes) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        text += digits[static_cast<unsigned char>(c) >> 4U];
        text += digits[static_cast<unsigned char>(c) & 15U];
    }
    return text;
}

// The keys, in order, with a blank between them.
std::string keys(const std::string& text, const char* host = "h.example", int port = 22) {
    std::string found;
    for (const auto& key : known_keys(text, host, static_cast<std::uint16_t>(port)))
        found.append(found.empty() ? "" : " ").append(key.key);
    return found;
}

}  // namespace

TEST_CASE("a line of known_hosts is for the host it names") {
    struct Row {
        const char* names;
        const char* host;
        int port;
        bool expected;
    };
    const auto row = GENERATE(
        Row{"h.example", "h.example", 22, true},
        Row{"H.Example", "h.example", 22, true},
        Row{"g.example", "h.example", 22, false},
        Row{"h.exampl", "h.example", 22, false},
        Row{"h.example2", "h.example", 22, false},
        Row{"g.example,h.example,10.0.0.1", "h.example", 22, true},
        Row{"h.example", "h.example", 2222, false},  // ssh(1) would take it
        Row{"[h.example]:2222", "h.example", 2222, true},
        Row{"[h.example]:2222", "h.example", 22, false},
        Row{"[h.example]:2222", "h.example", 2223, false},
        Row{"::1", "::1", 22, true},
        Row{"[::1]:2222", "::1", 2222, true},
        Row{"*.example", "h.example", 22, true},
        Row{"*", "h.example", 22, true},
        Row{"h.*le", "h.example", 22, true},
        Row{"h.?xample", "h.example", 22, true},
        Row{"h.example?", "h.example", 22, false},
        Row{"*.example.test", "h.example", 22, false},
        Row{"[*.example]:*", "h.example", 2222, true},
        Row{"*.example,!h.example", "h.example", 22, false},
        Row{"!h.example,*.example", "h.example", 22, false},
        Row{"*.example,!g.example", "h.example", 22, true},
        Row{"!g.example", "h.example", 22, false},
        // ssh-keygen -H, of h.example and [h.example]:2222
        Row{"|1|cqP0+HSRtALuuq8SiqjWkr7o+JY=|nIUUXSsJ3GmCUTF9WE9x8JTcepY=", "h.example", 22, true},
        Row{"|1|cqP0+HSRtALuuq8SiqjWkr7o+JY=|nIUUXSsJ3GmCUTF9WE9x8JTcepY=", "g.example", 22, false},
        Row{"|1|cqP0+HSRtALuuq8SiqjWkr7o+JY=|nIUUXSsJ3GmCUTF9WE9x8JTcepY=",
            "h.example",
            2222,
            false},
        Row{"|1|XDAY5UnrbpKBYR7Z2lakmHSbEtU=|6J6Rf+X+UOJvPECN/5UVTzOrRgc=",
            "h.example",
            2222,
            true},
        Row{"|1|XDAY5UnrbpKBYR7Z2lakmHSbEtU=|6J6Rf+X+UOJvPECN/5UVTzOrRgc=", "h.example", 22, false},
        Row{"|1||", "h.example", 22, false},
        Row{"|1|*|*", "h.example", 22, false},
        Row{"|2|cqPpMg3Bxn3BM5hFDTPdsp9Pohg=|h8D3sHnpSKhjXEdOeBIyEvMrzdE=", "h.example", 22, false}
    );
    CAPTURE(row.names, row.host, row.port);
    const std::string text = std::string(row.names) + " ssh-ed25519 AAAA a comment\n";
    CHECK(keys(text, row.host, row.port) == (row.expected ? "AAAA" : ""));
}

TEST_CASE("the best kind of key comes first, each key once, and what cannot be used not at all") {
    CHECK(
        keys("h.example ssh-rsa AAA0\n"
             "h.example ecdsa-sha2-nistp521 AAA4\n"
             "h.example ecdsa-sha2-nistp256 AAA2\n"
             "h.example ssh-dss AAA6\n"
             "h.example sk-ssh-ed25519@openssh.com AAA7\n"
             "h.example 2048 35 12345\n"
             "other.example ssh-ed25519 AAA8\n"
             "h.example ssh-ed25519 AAA1\n"
             "h.example ecdsa-sha2-nistp384 AAA3\n"
             "*.example ssh-ed25519 AAA1\n"
             "*.example ssh-ed25519 AAA5\n") == "AAA1 AAA5 AAA2 AAA3 AAA4 AAA0"
    );
}

TEST_CASE("a key that is revoked is not known, wherever the line stands") {
    const std::string line = "h.example ssh-ed25519 AAA1\nh.example ssh-ed25519 AAA2\n";
    CHECK(keys("@revoked * ssh-ed25519 AAA1\n" + line) == "AAA2");
    CHECK(keys(line + "@revoked h.example ssh-ed25519 AAA1\n") == "AAA2");
    CHECK(keys(line + "@revoked g.example ssh-ed25519 AAA1\n") == "AAA1 AAA2");
    CHECK(keys(line + "@cert-authority h.example ssh-ed25519 AAA3\n") == "AAA1 AAA2");
    CHECK(keys(line + "@unheard-of h.example ssh-ed25519 AAA3\n") == "AAA1 AAA2");
}

TEST_CASE("lines that cannot be read take nothing from the others") {
    CHECK(
        keys("\n# h.example ssh-ed25519 AAA0\n   # x\ngarbage\nh.example\nh.example ssh-ed25519\n"
             "h.example ssh-ed25519 not?base64\n"
             "@revoked\n|1|x\n"
             "  h.example\tssh-ed25519  AAA1\r\n"
             "h.example ssh-ed25519 AAA2") == "AAA1 AAA2"
    );
    CHECK(keys("").empty());
}

TEST_CASE("no known_hosts makes a key of nothing") {
    CHECK(rc::check("hostile known_hosts", [] {
        const auto text = *rc::gen::container<std::string>(
            rc::gen::elementOf(std::string("|1h*?!,.[]:@# \t\r\nAB=/"))
        );
        RC_ASSERT(keys(text + "\n", "h", 1).empty());
    }));
    // Backtracking is bounded.
    const std::string stars(20'000, '*');
    CHECK(keys(stars + "x ssh-ed25519 AAAA\n", "h.example").empty());
}

TEST_CASE("a known_hosts that is not there knows nobody; one that cannot be read is an error") {
    const test::Scratch scratch;
    CHECK(read_known_hosts(scratch.path("none")).value().empty());
    CHECK(read_known_hosts(scratch.path("none/none")).value().empty());
    CHECK(read_known_hosts(scratch.write("some", "text")).value() == "text");
    const auto folder = read_known_hosts(scratch.path());
    REQUIRE_FALSE(folder);
    CHECK(folder.error().code == "known_hosts_unreadable");
    CHECK(folder.error().exit == Exit::unavailable);
    REQUIRE(::mkfifo(scratch.path("fifo").c_str(), 0600) == 0);
    CHECK(read_known_hosts(scratch.path("fifo")).value().empty());  // and not waited for
}

TEST_CASE("SHA-1 and HMAC-SHA-1 are those of FIPS 180 and RFC 2202") {
    CHECK(hex(sha1("")) == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
    CHECK(hex(sha1("abc")) == "a9993e364706816aba3e25717850c26c9cd0d89d");
    CHECK(
        hex(sha1("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")) ==
        "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
    );
    CHECK(hex(sha1(std::string(1'000'000, 'a'))) == "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
    CHECK(
        hex(hmac_sha1(std::string(20, '\x0b'), "Hi There")) ==
        "b617318655057264e28bc0b6fb378c8ef146be00"
    );
    CHECK(
        hex(hmac_sha1(
            std::string(80, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First"
        )) == "aa4ae5e15272d00e95705637ce8a3b55ed402112"
    );
}
