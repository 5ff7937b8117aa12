// SPDX-License-Identifier: MIT
// Grants of a PostgreSQL store, as its catalogs have them. The role a user was given stands in
// store_info under "role:USER"; what he has is always read from the server.
#pragma once

#include <vector>

#include "app/role_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class RoleRepository final : public app::RoleStore {
public:
    explicit RoleRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] bool has_users() const override;
    void lock() override;
    [[nodiscard]] app::DatabaseUser user(const std::string& name) override;
    [[nodiscard]] bool may_grant() override;
    [[nodiscard]] std::vector<app::Rights> wanted(std::optional<app::Role> role) override;
    [[nodiscard]] std::vector<app::Rights> held(const std::string& user) override;
    [[nodiscard]] std::vector<std::string>
    beyond(const std::string& user, const std::vector<app::Rights>& wanted) override;
    void replace(const std::string& user, const app::Rights& rights) override;
    [[nodiscard]] std::optional<app::Role> role_of(const std::string& user) override;
    void remember(const std::string& user, std::optional<app::Role> role) override;

    // Every user with a role, by name; none on SQLite. Works on a store with fewer tables than this
    // program knows. Whoever may read store_info may ask.
    [[nodiscard]] std::vector<app::RoleHeld> all();

private:
    // The schema's name, then our tables and views that it has, by name.
    struct Objects {
        std::string schema;
        std::vector<std::string> tables;
    };
    [[nodiscard]] Objects objects();
    [[nodiscard]] std::string state_of(const std::string& user, app::Role role);

    Session& session_;
};

}  // namespace usagectl::store
