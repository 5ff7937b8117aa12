// SPDX-License-Identifier: MIT
// Versions of tariffs as the store keeps them: the text of each file, for ever.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"

namespace usagectl::app {

struct TariffVersion {
    std::string name;
    std::int64_t version = 0;  // 1, 2, ... in the order they were added
    LocalDay effective{};
    std::string sha256;  // of the text
    std::string text;
    Instant added_at{};
};

class TariffStore {
public:
    TariffStore() = default;
    TariffStore(const TariffStore&) = delete;
    TariffStore& operator=(const TariffStore&) = delete;
    virtual ~TariffStore() = default;

    // All versions of a tariff, ascending by version.
    [[nodiscard]] virtual std::vector<TariffVersion> versions(std::string_view name) = 0;
    // All versions of all tariffs by name and effective date, their texts left out.
    [[nodiscard]] virtual std::vector<TariffVersion> list() = 0;
    // Names that begin with `prefix`, in byte order, at most `limit`.
    [[nodiscard]] virtual std::vector<std::string>
    names(std::string_view prefix, std::size_t limit) = 0;
    // Inside a write transaction. False when another process has just added this version or one
    // with this effective date.
    [[nodiscard]] virtual bool append(const TariffVersion& version) = 0;
};

}  // namespace usagectl::app
