// SPDX-License-Identifier: MIT
// A configuration file changed in one place.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "cli/settings_toml.hpp"

using usagectl::cli::read_toml;
using usagectl::cli::set_toml;

namespace {

using Path = std::vector<std::string>;

std::string set(const std::string& text, const Path& path, const std::string& value) {
    const auto type =
        value.find_first_not_of("0123456789") == std::string::npos ? "integer" : "string";
    const auto changed = set_toml(text, "f", path, type, value);
    REQUIRE(changed.has_value());
    return *changed;
}

}  // namespace

TEST_CASE("one value changes and every other byte stays") {
    struct Row {
        const char* before;
        Path path;
        const char* value;
        const char* after;
    };
    const Row rows[] = {
        {"", {"a"}, "x", "a = \"x\"\n"},
        {"", {"t", "a"}, "5", "[t]\na = 5\n"},
        {"a = 'old'  # why\nb = 1\n", {"a"}, "x", "a = \"x\"  # why\nb = 1\n"},
        {"# ü ä\na   =   'ü'  # ü\n", {"a"}, "x", "# ü ä\na   =   \"x\"  # ü\n"},
        {"a = 1", {"b"}, "2", "a = 1\nb = 2\n"},
        {"# top\n\n[t]\nx = 1\n", {"a"}, "2", "a = 2\n# top\n\n[t]\nx = 1\n"},
        {"a = 1 # one\n\n[t]\nx = 1\n", {"b"}, "2", "a = 1 # one\nb = 2\n\n[t]\nx = 1\n"},
        {"[t]\n# about x\nx = 1\n\n[u]\n",
         {"t", "y"},
         "2",
         "[t]\n# about x\nx = 1\ny = 2\n\n[u]\n"},
        {"[t]\n[u]\n", {"t", "y"}, "2", "[t]\ny = 2\n[u]\n"},
        {"t.x = 1\n", {"t", "x"}, "2", "t.x = 2\n"},
        {"a = '''\n[t]\n'''\n", {"a"}, "x", "a = \"x\"\n"},
        {"a = '''\n[t]\n'''\n", {"t", "x"}, "1", "a = '''\n[t]\n'''\n\n[t]\nx = 1\n"},
        {"[profile.p]\nformat = 'csv'\n",
         {"profile", "p", "format"},
         "json",
         "[profile.p]\nformat = \"json\"\n"},
        {"t = { x = 1 }\n", {"t", "x"}, "2", "t = { x = 2 }\n"},
        {"a = 1\r\nb = 2\r\n", {"a"}, "3", "a = 3\r\nb = 2\r\n"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.before);
        CHECK(set(row.before, row.path, row.value) == row.after);
    }
}

TEST_CASE("setting what is set already changes nothing") {
    const auto once = set("# c\n[t]\nx = 'old' # d\n", {"t", "x"}, "new");
    CHECK(set(once, {"t", "x"}, "new") == once);
}

TEST_CASE("a value is written so that it is read back as it was") {
    CHECK(rc::check("quotes, backslashes and control characters survive", [] {
        const auto value = *rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127));
        const auto changed = set_toml("z = 1\n", "f", {"a"}, "string", value);
        RC_ASSERT(changed.has_value());
        const auto values = read_toml(*changed, "f");
        RC_ASSERT(values.has_value());
        RC_ASSERT(values->size() == 2U);
        RC_ASSERT(values->back().text == value);
    }));
}

TEST_CASE("what cannot be changed in place is refused and not mangled") {
    for (const auto* text : {"t = { x = 1 }\n", "t = 5\n", "[[t]]\nx = 1\n"}) {
        CAPTURE(text);
        const auto changed = set_toml(text, "f", {"t", "y"}, "integer", "2");
        REQUIRE_FALSE(changed);
        CHECK(changed.error().code == "config_not_editable");
        CHECK_THAT(changed.error().hint, Catch::Contains("y = 2"));
    }
    CHECK(set_toml("a = ", "f", {"a"}, "integer", "2").error().code == "config_malformed");
}

TEST_CASE("any text is either read or refused") {
    CHECK(rc::check("no text makes the reader or the editor fall", [] {
        const auto text = *rc::gen::container<std::string>(
            rc::gen::elementOf(std::string("ab.=[]{}'\"\n #\\1\xC3\xBC"))
        );
        const auto values = read_toml(text, "f");
        const auto changed = set_toml(text, "f", {"a", "b"}, "integer", "7");
        RC_ASSERT(!changed || values);
    }));
}
