// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "net/remote_command.hpp"
#include "net/remote_folder.hpp"
#include "net/remote_url.hpp"

using namespace usagectl;
using namespace usagectl::net;

TEST_CASE("the URL of a remote folder comes apart") {
    struct Row {
        const char* url;
        const char* user;
        const char* host;
        int port;
        const char* path;
        const char* shown;
    };
    const auto row = GENERATE(
        Row{"sftp://bob@h.example/in/", "bob", "h.example", 22, "/in/", "sftp://h.example/in/"},
        Row{"sftp://bob@h.example/in", "bob", "h.example", 22, "/in/", "sftp://h.example/in/"},
        Row{"sftp://h.example", "", "h.example", 22, "/", "sftp://h.example/"},
        Row{"sftp://h.example/~/in", "", "h.example", 22, "/~/in/", "sftp://h.example/~/in/"},
        Row{"ftps://H.Example:990/", "", "h.example", 990, "/", "ftps://h.example:990/"},
        Row{"ftps://h/a//b", "", "h", 21, "/a//b/", "ftps://h/a//b/"},
        Row{"ftps://h//abs/", "", "h", 21, "//abs/", "ftps://h//abs/"},
        Row{"ftps://b%40c@h/a%20b/", "b@c", "h", 21, "/a b/", "ftps://h/a%20b/"},
        Row{"https://h:8443/x/", "", "h", 8443, "/x/", "https://h:8443/x/"},
        Row{"sftp://[::1]:2222/x", "", "[::1]", 2222, "/x/", "sftp://[::1]:2222/x/"},
        Row{"sftp://h/100%25/", "", "h", 22, "/100%/", "sftp://h/100%25/"},
        Row{"sftp://h/100%/", "", "h", 22, "/100%/", "sftp://h/100%25/"}
    );
    CAPTURE(row.url);
    const auto url = parse_remote_url(row.url);
    REQUIRE(url);
    CHECK(url->user == row.user);
    CHECK(url->host == row.host);
    CHECK(url->port == row.port);
    CHECK(url->path == row.path);
    CHECK(url->shown() == row.shown);
}

TEST_CASE("a URL that is not a folder's is refused without being quoted") {
    struct Row {
        std::string url;
        const char* code;
    };
    const auto row = GENERATE(
        Row{"sftp://bob:SECRET@h/", "secret_in_url"},
        Row{"sftp://bob:@h/", "secret_in_url"},
        Row{"sftp://bob:SEC@RET@h/", "secret_in_url"},
        Row{"ftps://bob:12/SECRET@h/", "remote_url_malformed"},
        Row{"sftp://bob:SE/CRET@h/", "remote_url_malformed"},
        Row{"ftp://SECRET/", "remote_url_malformed"},
        Row{"http://SECRET/", "remote_url_malformed"},
        Row{"file:///SECRET", "remote_url_malformed"},
        Row{"SECRET", "remote_url_malformed"},
        Row{"sftp:/SECRET", "remote_url_malformed"},
        Row{"sftp://", "remote_url_malformed"},
        Row{"sftp:///SECRET", "remote_url_malformed"},
        Row{"sftp://@SECRET/", "remote_url_malformed"},
        Row{"sftp://SECRET:0/", "remote_url_malformed"},
        Row{"sftp://SECRET:65536/", "remote_url_malformed"},
        Row{"sftp://SECRET:/", "remote_url_malformed"},
        Row{"sftp://SEC RET/", "remote_url_malformed"},
        Row{"sftp://SECRET%2eexample/", "remote_url_malformed"},
        Row{"sftp://-oProxy=SECRET/", "remote_url_malformed"},
        Row{"sftp://[SECRET]/", "remote_url_malformed"},
        Row{"sftp://h/SECRET?x=1", "remote_url_malformed"},
        Row{"sftp://h/SECRET#x", "remote_url_malformed"},
        Row{"sftp://h/SECRET/../x", "remote_url_malformed"},
        Row{"sftp://h/SECRET/%2e%2e/x", "remote_url_malformed"},
        Row{"sftp://h/SECRET/.", "remote_url_malformed"},
        Row{"sftp://h/SECRET%0aDELE%20x", "remote_url_malformed"},
        Row{std::string("sftp://h/SECRET%00"), "remote_url_malformed"},
        Row{std::string("sftp://h/SEC\nRET"), "remote_url_malformed"},
        Row{"sftp://SECRET%0d@h/", "remote_url_malformed"}
    );
    CAPTURE(row.url);
    const auto url = parse_remote_url(row.url);
    REQUIRE_FALSE(url);
    CHECK(url.error().code == row.code);
    CHECK(url.error().exit == Exit::usage);
    CHECK((url.error().message + url.error().hint).find("SEC") == std::string::npos);
    CHECK((url.error().message + url.error().hint).find("RET") == std::string::npos);
}

TEST_CASE("a path comes back from its encoding as it was") {
    CHECK(rc::check("any bytes", [](const std::string& path) {
        const std::string encoded = percent_encoded(path);
        RC_ASSERT(percent_decoded(encoded) == path);
        RC_ASSERT(encoded.find_first_of(" ?#@:\"\r\n") == std::string::npos);
    }));
}

TEST_CASE("commands name the file whatever it is called") {
    using Lines = std::vector<std::string>;
    CHECK(ftp_move("a b.csv", "archive") == Lines{"RNFR a b.csv", "RNTO archive/a b.csv"});
    CHECK(ftp_move("a", "/abs/") == Lines{"RNFR a", "RNTO /abs/a"});
    CHECK(ftp_move("a", "/") == Lines{"RNFR a", "RNTO /a"});
    CHECK(ftp_make("x/y/") == Lines{"*MKD x", "*MKD x/y"});
    CHECK(ftp_make("/x/y") == Lines{"*MKD /x", "*MKD /x/y"});
    CHECK(
        sftp_move("/in/", "a b.csv", "old") == Lines{R"(rename "/in/a b.csv" "/in/old/a b.csv")"}
    );
    CHECK(sftp_move("/~/in/", "a", "/old") == Lines{R"(rename "in/a" "/old/a")"});
    CHECK(sftp_move("/", R"(q"\.csv)", "old") == Lines{R"(rename "/q\"\\.csv" "/old/q\"\\.csv")"});
    CHECK(sftp_make("/in/", "o/p") == Lines{R"(*mkdir "/in/o")", R"(*mkdir "/in/o/p")"});
    CHECK(sftp_remove("/in/", "a'b") == R"(rm "/in/a'b")");
}

TEST_CASE("a folder to move to is a path that stays where it says") {
    CHECK(sound_folder("archive"));
    CHECK(sound_folder("/a/b c/"));
    CHECK(sound_folder("..a"));
    CHECK_FALSE(sound_folder(""));
    CHECK_FALSE(sound_folder(".."));
    CHECK_FALSE(sound_folder("a/../b"));
    CHECK_FALSE(sound_folder("a/."));
    CHECK_FALSE(sound_folder("a\r\nDELE b"));
}

TEST_CASE("what cannot work is refused before anything is connected") {
    struct Row {
        RemoteOptions options;
        const char* code;
        Exit exit;
    };
    RemoteOptions sftp{.url = "sftp://bob@h.example/", .password = Secret("pw")};
    RemoteOptions fingerprint = sftp;
    fingerprint.host_key_sha256 = "SHA256:too-short";
    RemoteOptions elsewhere = sftp;
    elsewhere.connection.allowed_hosts = {"other.example"};
    RemoteOptions no_password = sftp;
    no_password.password = {};
    no_password.known_hosts = "/nonexistent";
    RemoteOptions no_key = no_password;
    no_key.identity_file = "/nonexistent/key";
    const auto row = GENERATE_COPY(
        Row{sftp, "host_key_unknown", Exit::refused},
        Row{fingerprint, "host_key_malformed", Exit::usage},
        Row{elsewhere, "host_not_allowed", Exit::refused},
        Row{no_password, "secret_missing", Exit::not_found},
        Row{no_key, "secret_missing", Exit::not_found},
        Row{{.url = "ftps://h.example/", .password = Secret("pw")},
            "remote_user_missing",
            Exit::usage},
        Row{{.url = "ftps://bob:pw@h.example/"}, "secret_in_url", Exit::usage}
    );
    CAPTURE(row.code);
    try {
        static_cast<void>(open_remote(row.options));
        FAIL("opened");
    } catch (const Failure& failure) {
        CHECK(failure.error().code == row.code);
        CHECK(failure.error().exit == row.exit);
        CHECK_FALSE(failure.error().hint.empty());
    }
}
