// SPDX-License-Identifier: MIT
// What commands may ask of datastores before one is open. cmd/stores.cpp fills it with lib/store;
// nothing else under cmd/ knows which engines there are. Every call throws Failure, with the exit
// code that fits, when it cannot do what it is asked.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/store.hpp"
#include "base/instant.hpp"
#include "cli/command.hpp"

namespace usagectl::cli {

class Stores {
public:
    Stores() = default;
    Stores(const Stores&) = delete;
    Stores& operator=(const Stores&) = delete;
    virtual ~Stores() = default;

    // How stores are made from now on: by which clock, and whether the directories above them are
    // made too (those of the default place only). `clock` must outlive the calls.
    virtual void prepare(const Clock& clock, bool directories) = 0;

    // Told whether what is there is a sandbox, before anything is made and before any time is read;
    // what it throws ends the opening.
    using Look = std::function<void(bool sandbox)>;
    // Opens a store, creating a missing local one; refuses an older schema with the cure.
    [[nodiscard]] virtual std::unique_ptr<app::Store>
    open(const std::string& url, const Look& look) = 0;
    // Makes a store that must not exist yet. A sandbox accepts USAGECTL_NOW, for ever.
    virtual app::StoreStatus init(const std::string& url, bool sandbox) = 0;
    virtual app::StoreStatus migrate(const std::string& url) = 0;
    // Looks without changing anything; a missing store is a status, not an error.
    [[nodiscard]] virtual app::StoreStatus status(const std::string& url) = 0;

    // The URL fit for showing: passwords replaced.
    [[nodiscard]] virtual std::string mask(const std::string& url) const = 0;
    [[nodiscard]] virtual bool is_remote(const std::string& url) const = 0;

    // Names of what a store holds, for completion: accounts, agents, batches of cards, meters and
    // tariffs, in byte order; from a local store only, at once, and empty on any trouble.
    [[nodiscard]] virtual std::vector<std::string> names(
        Complete what, const std::string& url, std::string_view prefix, std::size_t limit
    ) noexcept = 0;

    [[nodiscard]] virtual std::string sqlite_version() const = 0;
    [[nodiscard]] virtual int newest_schema() const = 0;  // the newest migration this binary knows
};

}  // namespace usagectl::cli
