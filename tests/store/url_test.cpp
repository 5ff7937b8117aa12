// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "store/url.hpp"

using namespace usagectl;
using namespace usagectl::store;

TEST_CASE("a datastore URL is a path, sqlite:PATH or a PostgreSQL URL") {
    struct Row {
        const char* url;
        bool remote;
        const char* path;
    };
    const auto row = GENERATE(
        Row{"usage.db", false, "./usage.db"},
        Row{"/var/lib/usage.db", false, "/var/lib/usage.db"},
        Row{"sqlite:usage.db", false, "./usage.db"},
        Row{"sqlite:/var/lib/usage.db", false, "/var/lib/usage.db"},
        Row{"sqlite:///var/lib/usage.db", false, "///var/lib/usage.db"},
        Row{":memory:", false, "./:memory:"},
        Row{"file:usage.db?mode=ro", false, "./file:usage.db?mode=ro"},
        Row{"sqlite:file:x", false, "./file:x"},
        Row{"postgresql://db/usage", true, ""},
        Row{"postgres://db1,db2/usage", true, ""}
    );
    CAPTURE(row.url);
    const auto location = parse_url(row.url);
    REQUIRE(location);
    CHECK(location->remote == row.remote);
    CHECK(location->path == row.path);
    CHECK(is_remote(row.url) == row.remote);
}

TEST_CASE("a URL that names no store is refused as wrong usage") {
    struct Row {
        std::string url;
        const char* code;
    };
    const auto row = GENERATE(
        Row{"", "store_url_empty"},
        Row{"sqlite:", "store_url_empty"},
        Row{std::string("a\0b", 3), "store_url_empty"},
        Row{"mysql://db/usage", "store_url_unknown"},
        Row{"sqlserver+odbc://db", "store_url_unknown"}
    );
    const auto location = parse_url(row.url);
    REQUIRE_FALSE(location);
    CHECK(location.error().code == row.code);
    CHECK(location.error().exit == Exit::usage);
}

TEST_CASE("a masked URL shows everything but passwords") {
    struct Row {
        const char* url;
        const char* shown;
    };
    const auto row = GENERATE(
        Row{"usage.db", "usage.db"},
        Row{"postgresql://db/usage", "postgresql://db/usage"},
        Row{"postgresql://bob@db/usage", "postgresql://bob@db/usage"},
        Row{"postgresql://bob:pw@db/usage", "postgresql://bob:****@db/usage"},
        Row{"postgresql://bob:p@w@db/usage", "postgresql://bob:****@db/usage"},
        Row{"postgresql://bob:p/w@db/usage", "postgresql://bob:****@db/usage"},
        Row{"postgres://bob:p?w@db/usage", "postgres://bob:****@db/usage"},
        Row{"postgresql://bob:p:w@db1:5432,db2/usage", "postgresql://bob:****@db1:5432,db2/usage"},
        Row{"postgresql://db:5432/usage?sslmode=require",
            "postgresql://db:5432/usage?sslmode=require"},
        Row{"postgresql://db/u?user=bob&password=pw&x=1",
            "postgresql://db/u?user=bob&password=****&x=1"},
        Row{"postgresql://db/u?pass%77ord=pw", "postgresql://db/u?pass%77ord=****"},
        Row{"postgresql://db/u?sslpassword=pw", "postgresql://db/u?sslpassword=****"},
        Row{"postgresql://bob:a@db/u?password=b", "postgresql://bob:****@db/u?password=****"}
    );
    CHECK(mask_url(row.url) == row.shown);
}

TEST_CASE("a password with any characters never shows in a masked URL") {
    CHECK(rc::check("between user and host", [] {
        const auto letters = *rc::gen::nonEmpty(
            rc::gen::container<std::string>(rc::gen::elementOf(std::string("xyz:@/?&#=%")))
        );
        const std::string password = "SECRET" + letters + "SECRET";
        const std::string shown = mask_url("postgresql://bob:" + password + "@db/usage");
        RC_ASSERT(shown.find("SECRET") == std::string::npos);
    }));
}
