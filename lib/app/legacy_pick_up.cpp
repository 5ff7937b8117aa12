// SPDX-License-Identifier: MIT
#include "app/legacy_pick_up.hpp"

#include "app/legacy_csv.hpp"

namespace usagectl::app {

namespace {

TakenAs taken_as(const LegacyImported& imported) {
    TakenAs as;
    as.sha256 = imported.extract.sha256;
    as.status = imported.duplicate               ? "duplicate"
                : imported.extract.rejected == 0 ? "loaded"
                                                 : "partial";
    return as;
}

TakenAs refused(const std::string& path, const Error& error) {
    TakenAs as;
    as.sha256 = legacy_file_hash(path).value_or("");
    as.status = "rejected";
    as.rejected = true;
    as.broken = error.exit == Exit::unavailable;
    return as;
}

}  // namespace

TakeFile take_extracts(
    Store& store,
    const ImportLegacy& request,
    const Actor& actor,
    const Clock& clock,
    const ExtractObserver& observer
) {
    return [&](const std::string& path, const std::string& shown, const Keep& keep) {
        observer.begin(shown);
        auto one = request;
        one.path = path;
        one.shown = shown;
        one.imported = [&](const LegacyImported& imported) { keep(taken_as(imported)); };
        const auto imported = import_legacy(store, one, actor, clock);
        if (imported) {
            observer.taken(*imported);
            return taken_as(*imported);
        }
        observer.refused(imported.error());
        return refused(path, imported.error());
    };
}

}  // namespace usagectl::app
