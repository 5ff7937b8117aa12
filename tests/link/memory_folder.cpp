// SPDX-License-Identifier: MIT
#include "link/memory_folder.hpp"

#include <filesystem>
#include <fstream>

namespace usagectl::test {

std::vector<app::RemoteFile> MemoryFolder::list() {
    std::vector<app::RemoteFile> listed;
    for (const auto& [name, file] : files) {
        app::RemoteFile entry{name, std::nullopt, std::nullopt};
        if (tells) {
            entry.size = file.content.size();
            entry.modified = file.modified;
        }
        listed.push_back(std::move(entry));
    }
    return listed;
}

void MemoryFolder::fetch(
    const std::string& name,
    const std::string& path,
    const std::function<bool(std::uint64_t)>& progress
) {
    const auto& content = files.at(name).content;
    std::error_code error;
    const auto there = std::filesystem::exists(path) ? std::filesystem::file_size(path, error) : 0;
    auto rest = content.substr(static_cast<std::size_t>(there));
    const bool cut = cuts > 0 && cut_after > 0 && rest.size() > cut_after;
    if (cut)
        rest.resize(cut_after);
    std::ofstream(path, std::ios::binary | std::ios::app) << rest;
    bytes += rest.size();
    ++fetched[name];
    if (name == grows)
        files.at(name).content += "more";
    if (cut) {
        --cuts;
        throw Failure("network_cut", "the connection was cut", "", true);
    }
    static_cast<void>(progress(there + rest.size()));
}

void MemoryFolder::move(const std::string& name, const std::string& folder) {
    if (cut_moves)
        throw Failure("network_cut", "the connection was cut", "", true);
    if (name == keeps)
        throw Failure("remote_refused", "there is a file of this name");
    archive[folder + "/" + name] = files.at(name);
    files.erase(name);
}

void MemoryFolder::remove(const std::string& name) {
    files.erase(name);
}

}  // namespace usagectl::test
