// SPDX-License-Identifier: MIT
// What commands may ask of the network. cmd/network.cpp fills it with lib/net; nothing else under
// cmd/ knows how it is done, and nothing is loaded before it is asked for.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/pace.hpp"
#include "app/remote.hpp"
#include "base/zone.hpp"
#include "cli/settings.hpp"
#include "market/market.hpp"

namespace usagectl::cli {

// What every use of the network goes by.
struct NetworkUse {
    const Settings& settings;
    const Environment& environment;
    const Clock& clock;
    std::function<bool()> interrupted;
    std::function<void(std::string)> log;  // one line a request; may be empty
    int password_descriptor = -1;          // --password-fd
};

class Network {
public:
    Network() = default;
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    virtual ~Network() = default;

    // The folder a source names; what it does not say comes from the settings net.*. Throws
    // Failure with the code and cure of lib/app/remote.hpp.
    [[nodiscard]] virtual std::unique_ptr<app::RemoteFolder>
    folder(const Source& source, const NetworkUse& use) = 0;
    // The configured market. Throws Failure `market_not_configured` (5) when there is none. `use`
    // and `zone` must outlive it.
    [[nodiscard]] virtual std::unique_ptr<market::Market>
    market(const Zone& zone, const NetworkUse& use) = 0;
    // Real waiting; `tell` shows what for.
    [[nodiscard]] virtual std::unique_ptr<app::Pace>
    pace(std::function<bool()> interrupted, std::function<void(std::string_view)> tell) = 0;
};

}  // namespace usagectl::cli
