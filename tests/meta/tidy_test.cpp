// SPDX-License-Identifier: MIT
// House rules a compiler does not know.
#include <algorithm>
#include <regex>

#include <catch2/catch.hpp>

#include "meta/source_tree.hpp"

using usagectl::meta::code_of;
using usagectl::meta::SourceFile;

namespace {

constexpr std::size_t most_lines = 500;
constexpr std::size_t widest_line = 100;

struct Banned {
    const char* pattern;
    const char* instead;
    std::vector<std::string_view> where = {};   // beginnings of paths; none: everywhere
    std::vector<std::string_view> except = {};  // beginnings of paths
};
const std::vector<Banned> banned{
    {"system_clock::now", "take a Clock", {}, {"lib/base/clock.cpp"}},
    {"steady_clock::now", "take a SteadyClock", {"lib/", "cmd/"}, {"cmd/system.cpp"}},
    {R"(std::(cout|cerr|cin)\b)", "take Streams", {"lib/", "cmd/"}, {"cmd/main.cpp"}},
    {R"(\b(double|float)\b)",
     "count in whole units",
     {"lib/base/", "lib/meter/", "lib/tariff/", "lib/rules/"}},
    {R"(\busing namespace std;)", "name what is used"},
    {R"((\b(rand|srand|gmtime|localtime)|(std)?::time)\s*\()",
     "pass the value in",
     {"lib/", "cmd/"}},
    {R"(\b(strcpy|strcat|sprintf|gets|atoi|atol|strtol)\s*\()", "use base/number.hpp"},
    {R"(\bgetenv\s*\()", "take an Environment", {"lib/", "cmd/"}, {"cmd/system.cpp"}},
    {R"(\bSELECT\b|\bINSERT INTO\b)", "SQL lives in lib/store", {"cmd/", "lib/app", "lib/meter"}},
};

// Words that never stand in a finished file, split so that this file does not hold them.
const std::regex unfinished("\\b(TO"
                            "DO|FIX"
                            "ME|XX"
                            "X|HA"
                            "CK)\\b");

std::size_t columns(const std::string& line) {
    return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

bool begins_with_one_of(const std::string& path, const std::vector<std::string_view>& beginnings) {
    return std::any_of(beginnings.begin(), beginnings.end(), [&path](std::string_view beginning) {
        return path.rfind(beginning, 0) == 0;
    });
}

const std::vector<SourceFile>& sources() {
    static const auto files =
        usagectl::meta::source_files({"lib", "cmd", "tests"}, {".hpp", ".cpp", ".sql", ".sh"});
    return files;
}

std::string place(const SourceFile& file, std::size_t line) {
    return file.path + ":" + std::to_string(line + 1);
}

}  // namespace

TEST_CASE("no file is too long and no line too wide") {
    std::vector<std::string> offenders;
    for (const auto& file : sources()) {
        if (file.lines.size() > most_lines) {
            offenders.push_back(file.path + ": " + std::to_string(file.lines.size()) + " lines");
        }
        for (std::size_t at = 0; at < file.lines.size(); ++at) {
            if (columns(file.lines[at]) > widest_line)
                offenders.push_back(place(file, at));
        }
    }
    CHECK(offenders == std::vector<std::string>{});
}

TEST_CASE("no line ends in spaces, and tabs stand only where a format wants them") {
    std::vector<std::string> offenders;
    for (const auto& file : sources()) {
        for (std::size_t at = 0; at < file.lines.size(); ++at) {
            const auto& line = file.lines[at];
            const bool trailing = !line.empty() && (line.back() == ' ' || line.back() == '\t');
            if (trailing || line.find('\t') != std::string::npos)
                offenders.push_back(place(file, at));
        }
    }
    CHECK(offenders == std::vector<std::string>{});
}

TEST_CASE("every file begins with its licence") {
    std::vector<std::string> offenders;
    for (const auto& file : sources()) {
        const bool script = !file.lines.empty() && file.lines[0].rfind("#!", 0) == 0;
        const std::size_t at = script ? 1 : 0;
        const bool licensed =
            file.lines.size() > at &&
            file.lines[at].find("SPDX-License-Identifier: MIT") != std::string::npos;
        if (!licensed)
            offenders.push_back(file.path);
    }
    CHECK(offenders == std::vector<std::string>{});
}

TEST_CASE("a header says what it is before it begins") {
    std::vector<std::string> offenders;
    for (const auto& file : sources()) {
        if (file.path.rfind("lib/", 0) != 0 && file.path.rfind("cmd/cli/", 0) != 0)
            continue;
        if (file.path.size() < 4 || file.path.compare(file.path.size() - 4, 4, ".hpp") != 0)
            continue;
        if (file.lines.size() < 2 || file.lines[1].rfind("// ", 0) != 0) {
            offenders.push_back(file.path);
        }
        const bool once =
            std::find(file.lines.begin(), file.lines.end(), "#pragma once") != file.lines.end();
        if (!once)
            offenders.push_back(file.path + ": #pragma once");
    }
    CHECK(offenders == std::vector<std::string>{});
}

TEST_CASE("banned words have a replacement") {
    std::vector<std::string> offenders;
    for (const auto& rule : banned) {
        const std::regex pattern(rule.pattern);
        for (const auto& file : sources()) {
            if (file.path.rfind("tests/", 0) == 0 && rule.where.empty())
                continue;
            if (!rule.where.empty() && !begins_with_one_of(file.path, rule.where))
                continue;
            if (begins_with_one_of(file.path, rule.except))
                continue;
            for (std::size_t at = 0; at < file.lines.size(); ++at) {
                if (std::regex_search(code_of(file.lines[at]), pattern)) {
                    offenders.push_back(place(file, at) + ": " + rule.instead);
                }
            }
        }
    }
    CHECK(offenders == std::vector<std::string>{});
}

TEST_CASE("nothing is left unfinished") {
    std::vector<std::string> offenders;
    for (const auto& file : sources()) {
        for (std::size_t at = 0; at < file.lines.size(); ++at) {
            if (std::regex_search(file.lines[at], unfinished))
                offenders.push_back(place(file, at));
        }
    }
    CHECK(offenders == std::vector<std::string>{});
}

TEST_CASE("the rules find what they look for") {
    CHECK(code_of("auto t = system_clock::now();  // now") == "auto t = system_clock::now();  ");
    CHECK(code_of("log(\"double // \\\" x\"); float f;") == "log(); float f;");
    CHECK(code_of("x = 1'000; double y;") == "x = 1'000; double y;");
    CHECK(code_of("if (c == '\"') double z;") == "if (c == ) double z;");
    CHECK(columns("Zähler") == 6);
}
