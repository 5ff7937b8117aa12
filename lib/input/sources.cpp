// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "input/input.hpp"

namespace usagectl::input {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> unreadable(const fs::path& path, const std::error_code& error) {
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory)
        return refuse(Exit::not_found, "source_missing", path.string() + ": " + error.message());
    return refuse(
        Exit::unavailable,
        "source_unreadable",
        path.string() + " cannot be read: " + error.message()
    );
}

bool within(const fs::path& inner, const fs::path& outer) {
    const auto [at, _] = std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end());
    return at == outer.end();
}

// The files of a folder come before those of the folders in it; each in byte order of their names.
bool precedes(std::string_view left, std::string_view right) {
    const auto [at, _] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    const std::string_view common = left.substr(0, static_cast<std::size_t>(at - left.begin()));
    const std::size_t name_at = common.rfind('/') + 1;  // npos + 1 is 0
    const std::size_t left_end = left.find('/', name_at);
    const std::size_t right_end = right.find('/', name_at);
    const bool left_below = left_end != std::string_view::npos;
    const bool right_below = right_end != std::string_view::npos;
    if (left_below != right_below)
        return right_below;
    return left.substr(name_at, left_end - name_at) < right.substr(name_at, right_end - name_at);
}

// Walks one directory tree. A linked file counts when it lies in the tree itself; a linked
// directory is never entered, since inside the tree it would be walked twice and outside it is not
// ours.
class TreeWalk {
public:
    explicit TreeWalk(fs::path top)
        : top_(std::move(top)) {}

    [[nodiscard]] Result<std::vector<Found>> run() {
        std::error_code error;
        real_top_ = fs::canonical(top_, error);
        if (error)
            return unreadable(top_, error);
        std::vector<fs::path> open{top_};
        while (!open.empty()) {
            const fs::path directory = std::move(open.back());
            open.pop_back();
            if (auto walked = walk(directory, open); !walked)
                return tl::unexpected(walked.error());
        }
        std::sort(found_.begin(), found_.end(), [](const Found& left, const Found& right) {
            return precedes(left.path, right.path);
        });
        return std::move(found_);
    }

private:
    Result<void> walk(const fs::path& directory, std::vector<fs::path>& open) {
        std::error_code error;
        fs::directory_iterator entry(directory, error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
            if (entry->path().filename().native().starts_with('.'))
                continue;
            // What vanishes between listing and looking was not there.
            std::error_code gone;
            const bool link = entry->is_symlink(gone);
            if (entry->is_directory(gone) && !link)
                open.push_back(entry->path());
            else if (entry->is_regular_file(gone) && (!link || leads_inside(entry->path())))
                found_.push_back({entry->path().string(), entry->file_size(gone)});
        }
        if (error)
            return unreadable(directory, error);
        return {};
    }

    [[nodiscard]] bool leads_inside(const fs::path& link) const {
        std::error_code error;
        const fs::path target = fs::canonical(link, error);
        return !error && within(target, real_top_);
    }

    fs::path top_;
    fs::path real_top_;
    std::vector<Found> found_;
};

}  // namespace

Result<std::vector<Found>> list_sources(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (error && status.type() != fs::file_type::not_found)
        return unreadable(path, error);
    if (status.type() == fs::file_type::not_found)
        return unreadable(path, std::make_error_code(std::errc::no_such_file_or_directory));
    if (status.type() != fs::file_type::directory) {
        const std::uint64_t size =
            status.type() == fs::file_type::regular ? fs::file_size(path, error) : 0;
        return std::vector<Found>{{path, error ? 0 : size}};
    }
    auto found = TreeWalk(path).run();
    if (found && found->empty())
        return refuse(Exit::rejected, "directory_empty", path + " holds no files");
    return found;
}

}  // namespace usagectl::input
