// SPDX-License-Identifier: MIT
// A remote folder that is asked again after a failure of the network, by the rules of retry.hpp:
// listing and fetching always, since they change nothing; moving and removing only when certainly
// nothing was sent.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/remote.hpp"
#include "net/retry.hpp"

namespace usagectl::net {

class RetryingFolder final : public app::RemoteFolder {
public:
    // `log` (may be empty) gets a line for every wait.
    RetryingFolder(
        std::unique_ptr<app::RemoteFolder> inner,
        const RetryRules& rules,
        std::unique_ptr<Sleeper> sleeper,
        Random random,
        std::function<void(std::string)> log = {}
    );

    [[nodiscard]] const std::string& shown() const override { return inner_->shown(); }
    [[nodiscard]] std::vector<app::RemoteFile> list() override;
    void fetch(
        const std::string& name,
        const std::string& path,
        const std::function<bool(std::uint64_t)>& progress
    ) override;
    void move(const std::string& name, const std::string& folder) override;
    void remove(const std::string& name) override;

private:
    template <class Work>
    auto repeat(const std::string& what, bool repeatable, const Work& work);
    bool waited(const std::string& what, const Error& error, Attempt attempt);

    std::unique_ptr<app::RemoteFolder> inner_;
    RetryRules rules_;
    std::unique_ptr<Sleeper> sleeper_;
    Random random_;
    std::function<void(std::string)> log_;
};

}  // namespace usagectl::net
