// SPDX-License-Identifier: MIT
#include "app/export_days.hpp"

namespace usagectl::app {

namespace {

constexpr int export_place = static_cast<int>(Step::legacy_export);

}  // namespace

NightlyStep ExportDays::step_of(LocalDay day) const {
    NightlyStep step;
    step.day = day;
    step.place = export_place;
    step.name = to_string(Step::legacy_export);
    step.started_at = now_;
    return step;
}

void ExportDays::again(LocalDay day) {
    if (request_.legacy_export)
        store_.nightly().begin_again(step_of(day));
}

Result<std::int64_t>
ExportDays::tell(LocalDay last, const Transact& transact, const std::function<void()>& between) {
    if (!request_.legacy_export || request_.dry_run)
        return 0;
    std::int64_t earlier = 0;
    for (const auto day : store_.nightly().unfinished(export_place, last)) {
        if (day == last)
            continue;
        between();
        if (auto told = tell_day(day, transact); !told)
            return tl::unexpected(told.error());
        transact([&] {
            auto step = step_of(day);
            step.finished_at = now_;
            store_.nightly().finish(step);
        });
        ++earlier;
    }
    if (auto told = tell_day(last, transact); !told)
        return tl::unexpected(told.error());
    return earlier;
}

// The day's file is written as a whole: only what is more than before counts.
Result<void> ExportDays::tell_day(LocalDay day, const Transact& transact) {
    const auto exported = request_.legacy_export(day);
    if (!exported)
        return tl::unexpected(exported.error());
    auto step = step_of(day);
    step.items = exported->items;
    step.amount = exported->amount;
    for (const auto& known : store_.nightly().steps(day)) {
        if (known.place != export_place)
            continue;
        step.items -= known.items;
        step.amount = step.amount - known.amount;
    }
    transact([&] { store_.nightly().add(step); });
    return {};
}

}  // namespace usagectl::app
