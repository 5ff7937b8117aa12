// SPDX-License-Identifier: MIT
// The network of lib/net behind the interface commands know.
#pragma once

#include "cli/network.hpp"

namespace usagectl {

class Net final : public cli::Network {
public:
    [[nodiscard]] std::unique_ptr<app::RemoteFolder>
    folder(const cli::Source& source, const cli::NetworkUse& use) override;
    [[nodiscard]] std::unique_ptr<market::Market>
    market(const Zone& zone, const cli::NetworkUse& use) override;
    [[nodiscard]] std::unique_ptr<app::Pace>
    pace(std::function<bool()> interrupted, std::function<void(std::string_view)> tell) override;
};

}  // namespace usagectl
