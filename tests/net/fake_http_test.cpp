// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "support/fake_http.hpp"

using namespace usagectl;
using namespace std::chrono_literals;

TEST_CASE("the scripted server answers in order and keeps what it was asked") {
    test::FakeHttp server;
    test::FakeSleeper sleeper;
    server.use(sleeper);
    server.answer(201, "made", {{"x-request-id", "7"}})
        .fail("network_cut", true)
        .answer(200, "late")
        .after(31s);

    const auto made = server.send({.method = "POST", .url = "https://h/a"});
    REQUIRE(made);
    CHECK(made->status == 201);
    CHECK(made->header("x-request-id") == "7");

    const auto cut = server.send({.url = "https://h/b"});
    REQUIRE_FALSE(cut);
    CHECK(cut.error().error.code == "network_cut");
    CHECK(cut.error().sent);

    const auto late = server.send({.url = "https://h/c"});
    REQUIRE_FALSE(late);
    CHECK(late.error().error.code == "network_timeout");
    CHECK(sleeper.waits == std::vector<std::chrono::milliseconds>{30s});

    CHECK(server.requests.size() == 3);
    CHECK(server.requests[0].method == "POST");
    CHECK_THROWS(server.send({.url = "https://h/d"}));
}

TEST_CASE("an answer of the scripted server can be lost, and be given twice") {
    test::FakeHttp server;
    server.answer(201, "made").lost().answer(409, "made before").twice();
    const auto lost = server.send({.method = "POST", .url = "https://h/a"});
    REQUIRE_FALSE(lost);
    CHECK(lost.error().error.code == "network_cut");
    CHECK(lost.error().error.retryable);
    CHECK(lost.error().sent);
    for (int i = 0; i < 2; ++i)
        CHECK(server.send({.method = "POST", .url = "https://h/a"})->status == 409);
    CHECK(server.steps_left() == 0);
}
