// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "net/listing.hpp"

using namespace usagectl;
using namespace usagectl::net;

namespace {

const Instant now = parse_instant("2026-11-20T14:00:00Z").value();

// name|size|time, with - for what is not known.
std::string shown(const app::RemoteFile& file) {
    return file.name + "|" + (file.size ? std::to_string(*file.size) : "-") + "|" +
           (file.modified ? format_instant(*file.modified) : "-");
}

std::string shown(const Files& files) {
    if (!files)
        return files.error().code;
    std::string text;
    for (const auto& file : *files)
        text.append(text.empty() ? "" : "\n").append(shown(file));
    return text;
}

}  // namespace

TEST_CASE("only a plain file name is one") {
    for (const auto* name : {"a", ".a", "..a", "a b", " a", "a ", "-rf", "\xC3\xA4", "a\\b", "*"})
        CHECK(plain_name(name));
    for (const auto* name : {"", ".", "..", "a/b", "/a", "../a", "a\nb", "a\rb", "\x7f", "a\tb"})
        CHECK_FALSE(plain_name(name));
    CHECK_FALSE(plain_name(std::string_view("a\0b", 3)));
    CHECK(plain_name(std::string(255, 'a')));
    CHECK_FALSE(plain_name(std::string(256, 'a')));
}

TEST_CASE("an MLSD line is a file, or nothing") {
    struct Row {
        std::string line;
        const char* expected;
    };
    const auto row = GENERATE(
        Row{"type=file;size=12;modify=20261120135959; a.csv", "a.csv|12|2026-11-20T13:59:59Z"},
        Row{"Type=File;Size=12;Modify=20240229000000.123; a b.csv",
            "a b.csv|12|2024-02-29T00:00:00Z"},
        Row{"modify=20261120135959;perm=adfr;size=0;type=file;unique=1U2; x",
            "x|0|2026-11-20T13:59:59Z"},
        Row{"type=file; x", "x|-|-"},
        Row{"type=file;size=-1;modify=2026; x", "x|-|-"},
        Row{"type=file;size=99999999999999999999;modify=20261320000000; x", "x|-|-"},
        Row{"type=file;modify=20260230000000; x", "x|-|-"},
        Row{"type=file;  two blanks", " two blanks|-|-"},
        Row{"type=dir;size=4096; sub", ""},
        Row{"type=cdir; .", ""},
        Row{"type=pdir; ..", ""},
        Row{"type=OS.unix=slink:/etc/passwd; link", ""},
        Row{"type=file; ../evil", ""},
        Row{"type=file; a/b", ""},
        Row{"type=file; ..", ""},
        Row{"type=file; ", ""},
        Row{"type=file;size=1", ""},
        Row{"size=1; untyped", ""},
        Row{std::string("type=file; a\0b", 14), ""},
        Row{"type=file; a\x1b[2J", ""}
    );
    CAPTURE(row.line);
    CHECK(shown(parse_mlsd(row.line + "\r\n")) == row.expected);
}

TEST_CASE("a line of ls -l is a file, or nothing") {
    struct Row {
        const char* line;
        const char* expected;
    };
    const auto row = GENERATE(
        Row{"-rw-r--r--    1 root     root         1234 Nov 20 13:30 a.csv",
            "a.csv|1234|2026-11-20T13:30:00Z"},
        Row{"-rw-r--r--   1 ftp ftp   7 Feb 29  2024 old.csv", "old.csv|7|2024-02-29T00:00:00Z"},
        Row{"-rw-r--r--   1 ftp ftp   7 Dec 31 23:59 last year",
            "last year|7|2025-12-31T23:59:00Z"},
        Row{"-rw-r--r--   1 ftp ftp   7 Nov 21 13:59 ahead", "ahead|7|2026-11-21T13:59:00Z"},
        Row{"-rw-r--r--   1 ftp ftp   7 Nov 21 14:01 behind", "behind|7|2025-11-21T14:01:00Z"},
        Row{"-rw-r--r--   1 ftp ftp   7 Feb 29 10:00 leap", "leap|7|2024-02-29T10:00:00Z"},
        Row{"-rw-r--r--+ 1 DOMAIN\\Domain Users DOMAIN\\Domain Users 7 Nov  1  2026 x",
            "x|7|2026-11-01T00:00:00Z"},
        Row{"-rw-r--r--   1 owner          7 Nov  1  2026 no group",
            "no group|7|2026-11-01T00:00:00Z"},
        Row{"-rw-r--r--   1 5 May 7 Nov  1  2026 x", "x|7|2026-11-01T00:00:00Z"},
        Row{"-rw-r--r--   1 a b 7 Nov  1  2026  blank first",
            " blank first|7|2026-11-01T00:00:00Z"},
        Row{"-rw-r--r--   1 a b 7 Nov  1  2026 a -> b", "a -> b|7|2026-11-01T00:00:00Z"},
        Row{"-rw-r--r--   1 a b 7 nov 01 2026 x", "x|7|2026-11-01T00:00:00Z"},
        Row{"-rw-r--r--   1 a b 18446744073709551616 Nov  1  2026 x", ""},
        Row{"drwxr-xr-x   2 a b 4096 Nov  1  2026 sub", ""},
        Row{"lrwxrwxrwx   1 a b 7 Nov  1  2026 link -> /etc/passwd", ""},
        Row{"prw-r--r--   1 a b 7 Nov  1  2026 fifo", ""},
        Row{"brw-r--r--   1 a b 8, 0 Nov  1  2026 disk", ""},
        Row{"-rw-r--r--   1 a b 7 Nov  1  2026 ../../etc/passwd", ""},
        Row{"-rw-r--r--   1 a b 7 Nov  1  2026 ..", ""},
        Row{"-rw-r--r--   1 a b 7 Nov  1  2026", ""},
        Row{"-rw-r--r--   1 a b 7 Nov 31  2026 x", ""},
        Row{"-rw-r--r--   1 a b 7 Nov  1 25:00 x", ""},
        Row{"-rw-r--r--   1 a b 7 Nov  1 2026 bell\a", ""},
        Row{"total 12", ""}
    );
    CAPTURE(row.line);
    CHECK(shown(parse_long_listing(std::string(row.line) + "\n", now)) == row.expected);
}

TEST_CASE("a Windows server's lines are read too") {
    CHECK(
        shown(parse_long_listing(
            "11-20-26  02:05PM                 1234 a b.csv\r\n"
            "11-20-2026  12:05AM                  5 c.csv\r\n"
            "11-20-99  12:05PM                  5 d.csv\r\n"
            "11-20-26  02:05PM       <DIR>          sub\r\n",
            now
        )) == "a b.csv|1234|2026-11-20T14:05:00Z\n"
              "c.csv|5|2026-11-20T00:05:00Z\n"
              "d.csv|5|1999-11-20T12:05:00Z"
    );
}

TEST_CASE("files come in byte order, each name once") {
    CHECK(
        shown(parse_mlsd("type=file; b\r\ntype=file; B\r\ntype=file;size=1; a\r\n"
                         "type=file;size=2; a\r\ntype=file; \xC3\xA4")) ==
        "B|-|-\na|1|-\nb|-|-\n\xC3\xA4|-|-"
    );
}

TEST_CASE("an empty folder is not an unknown listing") {
    CHECK(shown(parse_mlsd("")).empty());
    CHECK(shown(parse_long_listing("", now)).empty());
    CHECK(shown(parse_long_listing("total 0\r\n", now)).empty());
    CHECK(shown(parse_long_listing("<html>what is this</html>\n", now)) == "listing_unknown");
}

TEST_CASE("a listing has an end") {
    std::string mlsd;
    std::string ls;
    for (int i = 0; i < 11; ++i) {
        mlsd += "type=file; f" + std::to_string(i) + "\r\n";
        ls += "-rw-r--r-- 1 a b 7 Nov  1  2026 f" + std::to_string(i) + "\n";
    }
    CHECK(shown(parse_mlsd(mlsd, 10)) == "listing_too_large");
    CHECK(shown(parse_long_listing(ls, now, 10)) == "listing_too_large");
    CHECK(parse_mlsd(mlsd, 11)->size() == 11);
    CHECK(parse_long_listing(ls, now, 11)->size() == 11);
}

TEST_CASE("an index page's links to files of its own folder are files") {
    constexpr const char* page = R"html(<html><body><h1>Index of /data/</h1><table>
        <a href="?C=N;O=D">Name</a> <a href="/">Parent</a> <a href="../">../</a>
        <a href="sub/">sub/</a>
        <a href="a%20b.csv">a b.csv</a>
        <A HREF='q&amp;a.csv'>q&amp;a.csv</A>
        <a href="./dot.csv">dot.csv</a>
        <a href="/data/whole.csv">whole.csv</a>
        <a href="/other/x.csv">x</a>
        <a href="https://evil.test/y.csv">y</a>
        <a href="//evil.test/z.csv">z</a>
        <a href="javascript:alert(1)">j</a>
        <a href="..%2f..%2fetc%2fpasswd">p</a><a href="a%00b">n</a>
        <a href="a%0ab">n</a><a href="">e</a>
        <a href=bare.csv>b</a> < a href="unfinished.csv)html";
    CHECK(
        shown(parse_index_page(page, "/data/")) ==
        "a b.csv|-|-\ndot.csv|-|-\nq&a.csv|-|-\nwhole.csv|-|-"
    );
    CHECK(shown(parse_index_page("<a href=\"a\"><a href=\"b\">", "/", 1)) == "listing_too_large");
}

TEST_CASE("no text of a server makes a name that is a path") {
    CHECK(rc::check("hostile listings", [] {
        const auto text = *rc::gen::container<std::string>(
            rc::gen::elementOf(std::string("-drwx 1Nov20:;=typefilsz/.\\\r\n\t\"'<>ahref%02F&"))
        );
        for (const auto& files :
             {parse_mlsd("type=file; " + text),
              parse_long_listing("-rw-r--r-- 1 a b 7 Nov  1  2026 " + text, now),
              parse_index_page("<a href=\"" + text + "\">", "/d/")}) {
            if (!files)
                continue;
            for (const auto& file : *files)
                RC_ASSERT(plain_name(file.name));
        }
    }));
}
