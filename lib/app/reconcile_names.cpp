// SPDX-License-Identifier: MIT
#include <charconv>

#include "app/reconcile.hpp"
#include "base/text.hpp"

namespace usagectl::app {

namespace {

tl::unexpected<Error> malformed(std::string_view text) {
    return refuse(
        Exit::usage,
        "malformed_run",
        quoted(text) + " is no reconciliation",
        "write the end of its cycle, 2026-10-31, or one run of it, 2026-10-31.1"
    );
}

}  // namespace

std::string run_name(const RunId& id) {
    return format_day(id.cycle_end) + '.' + std::to_string(id.version);
}

Result<RunId> parse_run(std::string_view text) {
    const auto point = text.find('.');
    const auto day = parse_day(text.substr(0, point));
    if (!day)
        return malformed(text);
    RunId id{*day, 0};
    if (point == std::string_view::npos)
        return id;
    const auto digits = text.substr(point + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), id.version);
    if (error != std::errc() || end != digits.data() + digits.size() || id.version < 1)
        return malformed(text);
    return id;
}

Result<ReconcileRun> find_run(Store& store, const RunId& id) {
    auto run = store.reconcile().find(id);
    if (run)
        return std::move(*run);
    return refuse(
        Exit::not_found,
        "run_unknown",
        "there is no reconciliation " +
            (id.version == 0 ? "of the cycle that ends on " + format_day(id.cycle_end)
                             : run_name(id)),
        "usagectl reconcile list shows those there are"
    );
}

}  // namespace usagectl::app
