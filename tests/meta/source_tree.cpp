// SPDX-License-Identifier: MIT
#include "meta/source_tree.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>

namespace usagectl::meta {

namespace {

bool ends_with_one_of(const std::string& name, const std::vector<std::string>& endings) {
    return std::any_of(endings.begin(), endings.end(), [&name](const std::string& ending) {
        return name.size() >= ending.size() &&
               name.compare(name.size() - ending.size(), ending.size(), ending) == 0;
    });
}

// A ' after a digit separates digits.
bool ends_in_word(const std::string& code) {
    return !code.empty() && std::isalnum(static_cast<unsigned char>(code.back())) != 0;
}

}  // namespace

std::vector<SourceFile>
source_files(const std::vector<std::string>& folders, const std::vector<std::string>& endings) {
    namespace fs = std::filesystem;
    const fs::path root = USAGECTL_SOURCE_DIR;
    std::vector<SourceFile> files;
    for (const auto& folder : folders) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            if (!entry.is_regular_file())
                continue;
            if (!ends_with_one_of(entry.path().filename().string(), endings))
                continue;
            SourceFile file{fs::relative(entry.path(), root).string(), {}};
            std::ifstream in(entry.path());
            for (std::string line; std::getline(in, line);)
                file.lines.push_back(std::move(line));
            files.push_back(std::move(file));
        }
    }
    std::sort(files.begin(), files.end(), [](const SourceFile& left, const SourceFile& right) {
        return left.path < right.path;
    });
    return files;
}

std::string code_of(std::string_view line) {
    std::string code;
    char quote = 0;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (quote != 0) {
            if (c == '\\')
                ++at;
            if (c == quote)
                quote = 0;
        } else if (c == '"' || (c == '\'' && !ends_in_word(code))) {
            quote = c;
        } else if (line.substr(at, 2) == "//") {
            break;
        } else {
            code += c;
        }
    }
    return code;
}

}  // namespace usagectl::meta
