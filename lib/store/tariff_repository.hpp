// SPDX-License-Identifier: MIT
// Versions of tariffs in the store.
#pragma once

#include "app/tariff_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class TariffRepository final : public app::TariffStore {
public:
    explicit TariffRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::vector<app::TariffVersion> versions(std::string_view name) override;
    [[nodiscard]] std::vector<app::TariffVersion> list() override;
    [[nodiscard]] std::vector<std::string>
    names(std::string_view prefix, std::size_t limit) override;
    [[nodiscard]] bool append(const app::TariffVersion& version) override;

    // Texts that are not what their hash says.
    void check(const std::function<void(std::string)>& finding);

private:
    Session& session_;
};

}  // namespace usagectl::store
