// SPDX-License-Identifier: MIT
// An extract of the legacy billing system is taken in (source: US 8,095,475, figure 1, the link
// between legacy billing system 18 and prepay server 20; figure 3, steps 62 and 66).
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/actor.hpp"
#include "app/store.hpp"

namespace usagectl::app {

enum class ImportedAs : std::uint8_t { added, changed, unchanged, rejected };
[[nodiscard]] std::string_view to_string(ImportedAs status);  // "new", "changed", ...

struct ImportedLine {
    std::uint64_t line = 0;
    std::string account;  // as the line has it; empty when it cannot be told
    ImportedAs status = ImportedAs::added;
    std::optional<Error> error = {};
};

struct LegacyImported {
    LegacyExtract extract;   // number 0: nothing was kept
    bool duplicate = false;  // the same content was taken before: `extract` is what it was then
};

struct ImportLegacy {
    std::string path;
    std::string shown = {};  // what people know the file as; empty: its path
    bool strict = false;     // a line that is rejected rejects the file
    bool dry_run = false;
    std::function<void(const ImportedLine&)> line = {};        // each, in the order of the file
    std::function<void(const LegacyImported&)> imported = {};  // before it is committed
};

// Takes the lines in, each for itself: the last line of an account counts, and a line that cannot
// be read is told and leaves the others alone. Errors: those of read_legacy_file(),
// `extract_rejected` (6: strict, and a line was rejected; nothing was kept), `source_changed` (6).
[[nodiscard]] Result<LegacyImported>
import_legacy(Store& store, const ImportLegacy& request, const Actor& actor, const Clock& clock);

// Error `legacy_account_unknown` (3).
[[nodiscard]] Result<LegacyAccount> look_up_legacy(Store& store, std::string_view account);

}  // namespace usagectl::app
