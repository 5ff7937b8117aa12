// SPDX-License-Identifier: MIT
// The doors to a datastore: the only header of this room that main.cpp needs. Everything throws
// Failure: exit 5 when the store cannot be had, exit 4 when it is not to be touched.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/store.hpp"
#include "base/instant.hpp"
#include "store/url.hpp"

namespace usagectl::store {

struct OpenOptions {
    std::string url;
    bool create = true;                    // make a local store that is missing
    bool directories = false;              // and the directories above it, for the user alone
    std::chrono::milliseconds busy{5000};  // how long to wait for another writer
};

// Told whether what is there is a sandbox, before anything is made and before any time is read;
// false where nothing is. What it throws ends the opening.
using Look = std::function<void(bool sandbox)>;

// A store whose schema is exactly this program's. A missing local one is made without a word; a
// remote one is never made or changed here. Codes, all exit 4: store_not_initialised, store_older,
// store_newer, store_migration_changed, store_foreign; exit 5: store_missing.
[[nodiscard]] std::unique_ptr<app::Store>
open_store(const OpenOptions& options, const Clock& clock, const Look& look = {});

// Makes a store where none is: store_exists (exit 4) otherwise.
void init_store(const OpenOptions& options, bool sandbox, const Clock& clock);

// Brings a store up to date, or makes it; gives the names of the migrations applied.
std::vector<std::string> migrate_store(const OpenOptions& options, const Clock& clock);

// What is there, without changing it; fine with stores that are missing, older or newer.
[[nodiscard]] app::StoreStatus store_status(const OpenOptions& options);

// A local store to read from at once: nothing is made, nothing waited for. Null on any trouble.
[[nodiscard]] std::unique_ptr<app::Store> open_for_completion(const std::string& url) noexcept;

// The newest migration this program carries, and the SQLite it runs with.
[[nodiscard]] int newest_schema();
[[nodiscard]] std::string sqlite_version();

}  // namespace usagectl::store
