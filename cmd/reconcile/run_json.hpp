// SPDX-License-Identifier: MIT
// A reconciliation as answers show it.
#pragma once

#include <string>
#include <vector>

#include "app/reconcile.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"

namespace usagectl {

// A run's name on the command line: `2026-10-31.1`, or `2026-10-31` for the newest of the cycle.
struct RunName {
    app::RunId id;
};

[[nodiscard]] cli::Json run_json(const app::ReconcileRun& run);
// The fields of run_json, at the root or of the items.
[[nodiscard]] std::vector<cli::Field> run_fields(bool of_items);

template <class O>
[[nodiscard]] cli::Word run_word(std::optional<RunName> O::*member, bool required) {
    return cli::bind(
        {.name = "RUN",
         .help = required ? "the end of its cycle, or one run of it: 2026-10-31.1"
                          : "the same, or the end of its cycle; default the newest",
         .required = required},
        member
    );
}

}  // namespace usagectl

namespace usagectl::cli {

template <>
struct Parse<RunName> {
    static Result<RunName> from(std::string_view text) {
        const auto id = app::parse_run(text);
        if (!id)
            return tl::unexpected(id.error());
        return RunName{*id};
    }
};

}  // namespace usagectl::cli
