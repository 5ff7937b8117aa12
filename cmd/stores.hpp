// SPDX-License-Identifier: MIT
// The engines of lib/store behind the interface commands know.
#pragma once

#include "cli/stores.hpp"

namespace usagectl {

class Datastores final : public cli::Stores {
public:
    void prepare(const Clock& clock, bool directories) override;
    [[nodiscard]] std::unique_ptr<app::Store>
    open(const std::string& url, const Look& look) override;
    app::StoreStatus init(const std::string& url, bool sandbox) override;
    app::StoreStatus migrate(const std::string& url) override;
    [[nodiscard]] app::StoreStatus status(const std::string& url) override;
    [[nodiscard]] std::string mask(const std::string& url) const override;
    [[nodiscard]] bool is_remote(const std::string& url) const override;
    [[nodiscard]] std::vector<std::string> names(
        cli::Complete what, const std::string& url, std::string_view prefix, std::size_t limit
    ) noexcept override;
    [[nodiscard]] std::string sqlite_version() const override;
    [[nodiscard]] int newest_schema() const override;

private:
    [[nodiscard]] const Clock& clock() const;

    const Clock* clock_ = nullptr;
    bool directories_ = false;
};

}  // namespace usagectl
