// SPDX-License-Identifier: MIT
// app::RemoteFolder over one connection of module "net".
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/remote.hpp"
#include "base/instant.hpp"
#include "net/part_file.hpp"
#include "net/remote_url.hpp"
#include "net/transfer.hpp"

namespace usagectl::net {

struct NetFolderOptions {
    RemoteUrl url;
    TransferOptions transfer;
    std::optional<std::string> known_hosts = {};  // for errors to name
    const Clock* clock = nullptr;                 // none: the system's
    bool durable = true;                          // as in RemoteOptions
};

class NetFolder final : public app::RemoteFolder {
public:
    // Loads the module; connects at the first call.
    explicit NetFolder(NetFolderOptions options);

    [[nodiscard]] const std::string& shown() const override { return shown_; }
    [[nodiscard]] std::vector<app::RemoteFile> list() override;
    void fetch(
        const std::string& name,
        const std::string& path,
        const std::function<bool(std::uint64_t)>& progress
    ) override;
    void move(const std::string& name, const std::string& folder) override;
    void remove(const std::string& name) override;

private:
    [[nodiscard]] bool is_ftp() const { return options_.url.scheme == RemoteScheme::ftps; }
    [[nodiscard]] bool is_https() const { return options_.url.scheme == RemoteScheme::https; }
    [[noreturn]] void failed(const Outcome& outcome, std::string what, std::string state) const;
    void require_plain(const std::string& name) const;
    void require_writable(const std::string& what) const;
    Outcome fetch_rest(
        const std::string& name, PartFile& file, const std::function<bool(std::uint64_t)>& progress
    );
    void run(const std::vector<std::string>& commands, const std::string& what);

    const NetFolderOptions options_;
    std::string shown_;
    std::string path_;  // percent-encoded
    std::unique_ptr<Transfer> transfer_;
    bool mlsd_ = true;               // until the server refuses it
    std::set<std::string> folders_;  // made, or found, by this object
};

}  // namespace usagectl::net
