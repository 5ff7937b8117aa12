// SPDX-License-Identifier: MIT
// Folders over HTTPS: the index page, and files that may be gone on with.
#include <catch2/catch.hpp>

#include "net/folder_checks.hpp"
#include "net/remote_folder.hpp"
#include "net/web_server.hpp"

using namespace usagectl;
using namespace usagectl::net;
using test::Authority;
using test::error_of;
using test::Scratch;
using test::WebAnswer;
using test::WebRequest;
using test::WebServer;

namespace {

RemoteOptions options(const Authority& authority, const WebServer& server) {
    return {
        .url = server.url("/in/"),
        .connection = {.ca_file = authority.file()},
        .retry = {.attempts = 1}};
}

}  // namespace

TEST_CASE("https: the index page's files are listed and fetched") {
    Authority authority;
    std::string authorization;
    const WebServer server(authority.issue(), [&](const WebRequest& request) {
        authorization = request.header("Authorization");
        if (request.path == "/in/")
            return WebAnswer{
                200, "<a href=\"../\">up</a><a href=\"a%20b.csv\">x</a><a href=\"z/\">z</a>"};
        if (request.path == "/in/a b.csv")
            return WebAnswer{200, "content"};
        return WebAnswer{404, "not this"};
    });
    auto with = options(authority, server);
    with.user = "bob";
    with.password = Secret("pw");
    const auto folder = open_remote(with);
    const auto files = folder->list();
    REQUIRE(files.size() == 1);
    CHECK(files[0].name == "a b.csv");
    CHECK_FALSE(files[0].size);
    CHECK(authorization == "Basic Ym9iOnB3");
    const Scratch here;
    folder->fetch("a b.csv", here.path("x"), {});
    CHECK(here.read("x") == "content");
    const auto missing = error_of([&] { folder->fetch("none", here.path("y"), {}); });
    CHECK(missing.code == "remote_missing");
    CHECK(here.read("y").empty());
    CHECK(error_of([&] { folder->move("a b.csv", "done"); }).code == "remote_read_only");
    CHECK(error_of([&] { folder->remove("a b.csv"); }).code == "remote_read_only");
}

TEST_CASE("https: what is not the file never becomes a part of it") {
    Authority authority;
    int status = 0;
    const char* code = "";
    std::tie(status, code) = GENERATE(table<int, const char*>({
        {202, "remote_refused"},
        {204, "remote_refused"},
        {206, "remote_refused"},  // no part was asked for
        {300, "remote_refused"},
        {301, "remote_redirected"},
        {304, "remote_refused"},
        {308, "remote_redirected"},
        {401, "login_refused"},
        {403, "login_refused"},
        {404, "remote_missing"},
        {410, "remote_missing"},
        {418, "remote_refused"},
        {500, "remote_refused"},
        {503, "remote_refused"},
    }));
    CAPTURE(status);
    const WebServer server(authority.issue(), [&](const WebRequest&) {
        const bool bodiless = status == 204 || status == 304;
        return WebAnswer{
            status, bodiless ? "" : "an error page", {{"Location", "https://localhost:1/"}}};
    });
    const auto folder = open_remote(options(authority, server));
    const Scratch here;
    const auto error = error_of([&] { folder->fetch("a", here.path("a"), {}); });
    CHECK(error.code == code);
    CHECK(error.retryable == (status >= 500));
    CHECK(here.read("a").empty());
    CHECK(error_of([&] { static_cast<void>(folder->list()); }).code == code);
    CHECK(server.requests() == 2);
}

TEST_CASE("https: a part goes on where the server can, begins again where it cannot") {
    Authority authority;
    const std::string whole = test::sample(100'000);
    enum class Ranges { kept, ignored, wrong, misnamed };
    const auto ranges = GENERATE(Ranges::kept, Ranges::ignored, Ranges::wrong, Ranges::misnamed);
    CAPTURE(ranges);
    std::vector<std::string> asked;
    const WebServer server(authority.issue(), [&](const WebRequest& request) {
        asked.push_back(request.header("Range"));
        if (ranges == Ranges::ignored || asked.back().empty())
            return WebAnswer{200, whole};
        const auto from = std::stoul(asked.back().substr(6)) - (ranges == Ranges::wrong ? 1 : 0);
        const auto size = std::to_string(whole.size());
        if (from >= whole.size())
            return WebAnswer{416, "no more", {{"Content-Range", "bytes */" + size}}};
        const auto range =
            "bytes " + std::to_string(from) + "-" + std::to_string(whole.size() - 1) + "/" + size;
        const int status = ranges == Ranges::misnamed ? 200 : 206;
        return WebAnswer{status, whole.substr(from), {{"Content-Range", range}}};
    });
    const auto folder = open_remote(options(authority, server));
    const Scratch here;
    here.write("part", whole.substr(0, 40'000));
    folder->fetch("a", here.path("part"), {});
    CHECK(here.read("part") == whole);
    REQUIRE_FALSE(asked.empty());
    CHECK(asked[0] == "bytes=40000-");
    CHECK(asked.size() == (ranges == Ranges::kept ? 1 : 2));

    // The same again changes nothing.
    folder->fetch("a", here.path("part"), {});
    CHECK(here.read("part") == whole);

    here.write("part", whole + "x");
    const auto more = error_of([&] { folder->fetch("a", here.path("part"), {}); });
    CHECK(more.code == (ranges == Ranges::ignored ? "" : "resume_refused"));
    CHECK(here.read("part") == (ranges == Ranges::ignored ? whole : whole + "x"));
}
