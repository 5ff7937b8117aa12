// SPDX-License-Identifier: MIT
// Extracts of the legacy billing system in the store.
#pragma once

#include "app/legacy_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class LegacyRepository final : public app::LegacyStore {
public:
    explicit LegacyRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<app::LegacyAccount> find(std::string_view account) override;
    void save(const app::LegacyAccount& account) override;
    [[nodiscard]] bool any_extract() override;
    [[nodiscard]] std::optional<app::LegacyExtract> extract(std::string_view sha256) override;
    [[nodiscard]] std::int64_t next_extract() override;
    void append(const app::LegacyExtract& extract) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
