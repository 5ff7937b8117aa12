// SPDX-License-Identifier: MIT
// Files taken from remote folders, in the store.
#pragma once

#include "app/remote_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class RemoteRepository final : public app::RemoteStore {
public:
    explicit RemoteRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<app::TakenFile>
    find(const std::string& folder, const app::RemoteFile& file) override;
    void save(const app::TakenFile& taken) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
