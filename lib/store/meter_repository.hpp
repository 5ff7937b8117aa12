// SPDX-License-Identifier: MIT
// The meter table.
#pragma once

#include "meter/store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class MeterRepository final : public meter::MeterStore {
public:
    explicit MeterRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<meter::Meter> find(std::string_view id) override;
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view id) override;
    [[nodiscard]] std::optional<meter::Meter> find_number(std::int64_t number) override;
    void
    each(std::string_view from, const std::function<bool(const meter::Meter&)>& visit) override;
    [[nodiscard]] std::vector<std::string> ids(std::string_view prefix, std::size_t limit) override;
    void save(const meter::Meter& meter) override;
    void each_zoned_otherwise(
        std::string_view timezone,
        const std::function<void(std::string_view id, std::string_view zone)>& visit
    ) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
