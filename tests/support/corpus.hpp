// SPDX-License-Identifier: MIT
// Real meter files that are not part of the source tree. They are looked for in the directory the
// environment variable USAGECTL_CORPUS names, else beside the source tree. A test that needs one
// and finds the corpus absent says `WARN("skipped: corpus is absent"); return;`.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>

namespace usagectl::test {

[[nodiscard]] inline std::optional<std::filesystem::path> corpus() {
    namespace fs = std::filesystem;
    const char* named = std::getenv("USAGECTL_CORPUS");
    const fs::path source = fs::path(__FILE__).parent_path().parent_path().parent_path();
    const fs::path directory = named != nullptr ? fs::path(named) : source / "../shared/corpus";
    std::error_code ignored;
    if (!fs::is_directory(directory, ignored))
        return {};
    return fs::canonical(directory);
}

[[nodiscard]] inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot open " + path.string());
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace usagectl::test
