// SPDX-License-Identifier: MIT
// Which files of remote folders were taken.
#pragma once

#include <optional>
#include <string>

#include "app/remote.hpp"

namespace usagectl::app {

struct TakenFile {
    std::string folder;  // RemoteFolder::shown
    RemoteFile file;
    std::string sha256;
    std::string status;  // loaded, partial, duplicate, rejected
    Instant taken_at{};
    bool finished = false;  // archived or deleted as wished, or meant to be left
};

class RemoteStore {
public:
    RemoteStore() = default;
    RemoteStore(const RemoteStore&) = delete;
    RemoteStore& operator=(const RemoteStore&) = delete;
    virtual ~RemoteStore() = default;

    // The same name, size and time in the same folder.
    [[nodiscard]] virtual std::optional<TakenFile>
    find(const std::string& folder, const RemoteFile& file) = 0;
    // Inserts, or changes status and finished. Inside a write transaction.
    virtual void save(const TakenFile& taken) = 0;
};

}  // namespace usagectl::app
