// SPDX-License-Identifier: MIT
// A remote folder in memory that can be cut, grow, and refuse.
#pragma once

#include <map>
#include <string>

#include "app/remote.hpp"

namespace usagectl::test {

class MemoryFolder final : public app::RemoteFolder {
public:
    struct File {
        std::string content;
        Instant modified{};
    };

    const std::string& shown() const override { return shown_; }
    std::vector<app::RemoteFile> list() override;
    void fetch(
        const std::string& name,
        const std::string& path,
        const std::function<bool(std::uint64_t)>& progress
    ) override;
    void move(const std::string& name, const std::string& folder) override;
    void remove(const std::string& name) override;

    std::map<std::string, File> files;
    std::map<std::string, File> archive;
    bool tells = true;          // size and time in the list
    std::size_t cut_after = 0;  // bytes of one fetch; 0: never
    int cuts = 0;               // how often
    bool cut_moves = false;
    std::string keeps;  // this file may not be moved
    std::string grows;  // this file gets longer while it is fetched
    std::map<std::string, int> fetched;
    std::uint64_t bytes = 0;

private:
    std::string shown_ = "sftp://files.example.com/outbox/";
};

}  // namespace usagectl::test
