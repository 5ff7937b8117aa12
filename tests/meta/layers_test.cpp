// SPDX-License-Identifier: MIT
// Who may include whom. CMake cannot see a header that happens to be on the path; this can.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <catch2/catch.hpp>

#include "meta/source_tree.hpp"

using usagectl::meta::SourceFile;

namespace {

using Rooms = std::set<std::string>;

// A room of lib/, cmd/cli, a noun of cmd/ ("commands"), or the files of cmd/ itself ("main").
const std::map<std::string, Rooms> allowed{
    {"base", {"base"}},
    {"meter", {"meter", "base"}},
    {"audit", {"audit", "base"}},
    {"market", {"market", "meter", "base"}},
    {"layout", {"layout", "base"}},
    {"tariff", {"tariff", "layout", "meter", "base"}},
    {"rules", {"rules", "layout", "base"}},
    {"input", {"input", "base"}},
    // Ports only: an input's bytes and a meter's blocks come in by interface.
    {"ledger", {"ledger", "base"}},
    {"account", {"account", "base"}},
    {"card", {"card", "base"}},
    {"crypto", {"crypto", "card", "base"}},
    {"reconcile", {"reconcile", "ledger", "base"}},
    {"legacy", {"legacy", "reconcile", "account", "meter", "base"}},
    {"app",
     {"app",
      "account",
      "card",
      "ledger",
      "meter",
      "market",
      "rules",
      "tariff",
      "layout",
      "reconcile",
      "legacy",
      "audit",
      "input",
      "base"}},
    {"net", {"net", "app", "market", "meter", "base"}},
    {"store",
     {"store",
      "app",
      "account",
      "card",
      "ledger",
      "market",
      "rules",
      "reconcile",
      "legacy",
      "meter",
      "audit",
      "base"}},
    {"paper", {"paper", "base"}},
    {"plot", {"plot", "meter", "base"}},
    {"cli", {"cli", "app", "account", "card", "meter", "market", "base"}},
    {"commands",
     {"commands",
      "cli",
      "app",
      "account",
      "card",
      "crypto",
      "ledger",
      "meter",
      "market",
      "rules",
      "tariff",
      "layout",
      "reconcile",
      "legacy",
      "audit",
      "paper",
      "plot",
      "base"}},
    {"main", {"main", "commands", "cli", "app", "store", "net", "base"}},
};

// Third-party headers, and the files that are their door.
struct Door {
    std::string_view begins;              // of the header
    std::vector<std::string_view> files;  // beginnings of paths
};
const std::vector<Door> doors{
    {"CLI/", {"cmd/cli/parse.cpp"}},
    {"SQLiteCpp/", {"lib/store/sqlite"}},
    {"sqlite3.h", {"lib/store/sqlite"}},
    {"libpq-fe.h", {"lib/store/postgres"}},
    {"libpq/", {"lib/store/postgres"}},
    {"archive", {"lib/input/libarchive_stream", "lib/input/archive_module.cpp"}},
    {"zlib.h", {"lib/input/gzip_stream"}},
    {"openssl/", {"lib/base/digest_module.cpp"}},
    {"date/", {"lib/base/zone.cpp"}},
    {"toml", {"lib/base/toml.hpp"}},
    {"jq.h", {"cmd/cli/jq_module.cpp"}},
    {"jv.h", {"cmd/cli/jq_module.cpp"}},
    {"pugixml", {"lib/meter/espi", "lib/meter/reader_espi"}},
    {"curl/", {"lib/net/curl"}},
    {"hpdf.h", {"lib/paper/paper_module.cpp"}},
    {"png.h", {"lib/paper/paper_picture.cpp"}},
    {"qrencode.h", {"lib/paper/qr_squares.cpp"}},
    {"sodium.h", {"lib/crypto/"}},
    {"nlohmann/", {"cmd/", "lib/input/", "lib/net/market_json"}},
};

std::optional<std::string> included(const std::string& line) {
    if (line.rfind("#include", 0) != 0)
        return std::nullopt;
    const auto begin = line.find_first_of("<\"");
    const auto end = line.find_first_of(">\"", begin + 1);
    if (begin == std::string::npos || end == std::string::npos)
        return std::nullopt;
    return line.substr(begin + 1, end - begin - 1);
}

std::string first_part(const std::string& path) {
    return path.substr(0, path.find('/'));
}

bool is_noun(const std::string& folder) {
    return folder != "cli" && folder.find('.') == std::string::npos;
}

std::string room_of(const std::string& path) {
    const auto inside = path.substr(4);  // after "lib/" and "cmd/" alike
    if (path.rfind("lib/", 0) == 0)
        return first_part(inside);
    if (inside.find('/') == std::string::npos)
        return "main";
    return is_noun(first_part(inside)) ? "commands" : "cli";
}

// The room a quoted header belongs to; nothing for system and third-party headers.
std::optional<std::string> room_of_header(const std::string& header, const Rooms& nouns) {
    if (header.find('/') == std::string::npos)
        return std::nullopt;
    const auto folder = first_part(header);
    if (allowed.count(folder) != 0 && folder != "main" && folder != "commands")
        return folder;
    return nouns.count(folder) != 0 ? std::optional<std::string>("commands") : std::nullopt;
}

const std::vector<SourceFile>& sources() {
    static const auto files = usagectl::meta::source_files({"lib", "cmd"}, {".hpp", ".cpp"});
    return files;
}

Rooms command_nouns() {
    Rooms nouns;
    for (const auto& file : sources()) {
        if (file.path.rfind("cmd/", 0) != 0 || room_of(file.path) != "commands")
            continue;
        nouns.insert(first_part(file.path.substr(4)));
    }
    return nouns;
}

}  // namespace

TEST_CASE("a room includes only the rooms it may know") {
    const auto nouns = command_nouns();
    std::vector<std::string> offenders;
    for (const auto& file : sources()) {
        const auto room = room_of(file.path);
        CAPTURE(file.path);
        REQUIRE(allowed.count(room) == 1);
        for (const auto& line : file.lines) {
            const auto header = included(line);
            if (!header || line.find('"') == std::string::npos)
                continue;
            // lib/audit and cmd/audit share a name; the header tells them apart.
            const bool of_commands = nouns.count(first_part(*header)) != 0 &&
                                     *header == first_part(*header) + "/commands.hpp";
            const auto target = of_commands ? "commands" : room_of_header(*header, nouns);
            if (target && allowed.at(room).count(*target) == 0) {
                offenders.push_back(file.path + " includes " + *header);
            }
        }
    }
    CHECK(offenders == std::vector<std::string>{});
}

TEST_CASE("a third-party header has one door") {
    std::vector<std::string> offenders;
    for (const auto& file : sources()) {
        for (const auto& line : file.lines) {
            const auto header = included(line);
            if (!header || line.find('<') == std::string::npos)
                continue;
            for (const auto& door : doors) {
                if (header->rfind(door.begins, 0) != 0)
                    continue;
                const bool known =
                    std::any_of(door.files.begin(), door.files.end(), [&](std::string_view begins) {
                        return file.path.rfind(begins, 0) == 0;
                    });
                if (!known)
                    offenders.push_back(file.path + " includes " + *header);
            }
        }
    }
    CHECK(offenders == std::vector<std::string>{});
}

TEST_CASE("no include climbs out of its folder") {
    std::vector<std::string> offenders;
    for (const auto& file : sources()) {
        for (const auto& line : file.lines) {
            const auto header = included(line);
            if (header && header->find("..") != std::string::npos) {
                offenders.push_back(file.path + " includes " + *header);
            }
        }
    }
    CHECK(offenders == std::vector<std::string>{});
}

TEST_CASE("readers of bytes and rules of meters know no stream, clock or JSON") {
    const std::set<std::string> forbidden{
        "iostream", "fstream", "sstream", "thread", "sys/socket.h"};
    std::vector<std::string> offenders;
    for (const auto& file : sources()) {
        const auto room = room_of(file.path);
        if (room != "meter" && room != "base" && room != "audit" && room != "tariff" &&
            room != "rules" && room != "account" && room != "ledger")
            continue;
        for (const auto& line : file.lines) {
            const auto header = included(line);
            if (header && forbidden.count(*header) != 0) {
                offenders.push_back(file.path + " includes " + *header);
            }
        }
    }
    CHECK(offenders == std::vector<std::string>{});
}
