// SPDX-License-Identifier: MIT
#include "cli/spill.hpp"

#include <array>
#include <cerrno>
#include <system_error>

namespace usagectl::cli {

Spill::Spill()
    : file_(std::tmpfile()) {
    if (file_ == nullptr)
        fail();
}

void Spill::fail() {
    throw Failure(
        "temporary_file_failed",
        "cannot keep the answer in a temporary file: " + std::generic_category().message(errno),
        "TMPDIR names a folder with room",
        true
    );
}

void Spill::add(const Json& item) {
    // A line feed inside a text is escaped by JSON, so that an item is a line.
    const std::string line = item.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
    if (std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size())
        fail();
}

void Spill::each(const std::function<void(const Json& item)>& visit) {
    if (std::fflush(file_.get()) != 0 || std::fseek(file_.get(), 0, SEEK_SET) != 0)
        fail();
    std::string line;
    std::array<char, 4096> piece{};
    while (std::fgets(piece.data(), static_cast<int>(piece.size()), file_.get()) != nullptr) {
        line += piece.data();
        if (!line.ends_with('\n'))
            continue;
        visit(Json::parse(line));
        line.clear();
    }
    if (std::ferror(file_.get()) != 0)
        fail();
}

}  // namespace usagectl::cli
