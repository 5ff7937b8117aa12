// SPDX-License-Identifier: MIT
// Extracts of the legacy billing system among the files that are picked up.
#pragma once

#include <functional>
#include <string>

#include "app/legacy_import.hpp"
#include "app/pick_up.hpp"

namespace usagectl::app {

// PickUp::purpose of extracts: a folder may hold readings as well.
inline constexpr const char* extract_purpose = "extract";

struct ExtractObserver {
    std::function<void(const std::string& shown)> begin;  // about to be read
    // What became of the file that was begun, once it is durable.
    std::function<void(const LegacyImported& imported)> taken;
    std::function<void(const Error& why)> refused;
};
// Imports what was fetched, each file as `request` wants it but for path and name. Everything is
// kept by reference until the last call.
[[nodiscard]] TakeFile take_extracts(
    Store& store,
    const ImportLegacy& request,
    const Actor& actor,
    const Clock& clock,
    const ExtractObserver& observer
);

}  // namespace usagectl::app
