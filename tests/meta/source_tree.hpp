// SPDX-License-Identifier: MIT
// The files of the project, as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace usagectl::meta {

struct SourceFile {
    std::string path;  // from the project's root, "lib/base/error.hpp"
    std::vector<std::string> lines;
};

// Files below the named folders that end in one of `endings`, in order of their paths.
[[nodiscard]] std::vector<SourceFile>
source_files(const std::vector<std::string>& folders, const std::vector<std::string>& endings);

// The line without comments and without what stands in quotes.
[[nodiscard]] std::string code_of(std::string_view line);

}  // namespace usagectl::meta
