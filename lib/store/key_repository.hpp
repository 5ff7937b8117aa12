// SPDX-License-Identifier: MIT
// Idempotency keys in the store.
#pragma once

#include "app/keys.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class KeyRepository final : public app::KeyStore {
public:
    explicit KeyRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<app::KeptAnswer> find(std::string_view key) override;
    void keep(std::string_view key, const app::KeptAnswer& answer, Instant at) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
