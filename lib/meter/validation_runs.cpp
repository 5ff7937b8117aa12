// SPDX-License-Identifier: MIT
#include <algorithm>

#include <fmt/format.h>

#include "meter/estimation.hpp"
#include "meter/kwh.hpp"
#include "meter/validation_parts.hpp"

namespace usagectl::meter {

namespace {

using Series = std::span<const SeriesInterval>;

bool missing(const SeriesInterval& interval) {
    return interval.quality == Quality::missing;
}

// A run of consecutive intervals, as indexes into the series.
struct Run {
    std::size_t first = 0;
    std::size_t count = 0;
};

// Calls `visit` for each longest run, from index `from` on, of intervals that `belongs` accepts and
// that `joins` its neighbour before it.
template <class Belongs, class Joins, class Visit>
void each_run(Series series, std::size_t from, Belongs belongs, Joins joins, Visit visit) {
    std::size_t index = from;
    while (index < series.size()) {
        if (!belongs(series[index])) {
            ++index;
            continue;
        }
        const std::size_t first = index++;
        while (index < series.size() && belongs(series[index]) &&
               joins(series[index - 1], series[index])) {
            ++index;
        }
        visit(Run{first, index - first});
    }
}

constexpr auto always = [](const SeriesInterval&, const SeriesInterval&) { return true; };

class RunChecks {
public:
    RunChecks(
        const QualityInput& input, const QualityLimits& limits, std::vector<Finding>& findings
    )
        : input_(input)
        , limits_(limits)
        , findings_(findings) {
        const auto reported = std::partition_point(
            input.series.begin(),
            input.series.end(),
            [&](const SeriesInterval& interval) { return interval.start < input.report_from; }
        );
        from_ = static_cast<std::size_t>(reported - input.series.begin());
    }

    void gaps() {
        const auto hole = [&](const auto& i) { return missing(i) && i.end <= input_.now; };
        each_run(input_.series, from_, hole, always, [&](Run run) {
            if (length(run) > limits_.max_gap_intervals) {
                const bool interpolable = end(run) - start(run) <= longest_interpolation;
                add(Check::gap,
                    interpolable ? Severity::warning : Severity::error,
                    run,
                    gap_detail(run));
            }
        });
    }

    void future() {
        const auto early = [&](const auto& i) { return !missing(i) && i.end > input_.now; };
        each_run(input_.series, from_, early, always, [&](Run run) {
            add(Check::future,
                Severity::error,
                run,
                fmt::format(
                    "{} with values end after the present, {}",
                    intervals(run),
                    format_instant(input_.now)
                ));
        });
    }

    void estimated() {
        const auto guess = [](const auto& i) { return i.quality == Quality::estimated; };
        each_run(input_.series, from_, guess, always, [&](Run run) {
            if (length(run) > limits_.estimated_intervals) {
                add(Check::estimated,
                    Severity::notice,
                    run,
                    fmt::format(
                        "{} in a row are estimated (limit {})",
                        intervals(run),
                        limits_.estimated_intervals
                    ));
            }
        });
    }

    // Estimated zeros count: a utility posts them where the meter could not be read.
    void zeros() {
        const auto zero = [](const auto& i) { return !missing(i) && i.wh == 0; };
        each_run(input_.series, from_, zero, always, [&](Run run) {
            if (length(run) >= limits_.zero_intervals) {
                add(Check::zero,
                    Severity::warning,
                    run,
                    fmt::format(
                        "{} in a row are 0.000 kWh (reported from {} on)",
                        intervals(run),
                        limits_.zero_intervals
                    ));
            }
        });
    }

    // Estimates do not count: a flat estimate says nothing about the register.
    void stuck() {
        const auto measured = [](const auto& i) {
            return i.quality == Quality::actual && i.wh != 0;
        };
        const auto same = [](const auto& a, const auto& b) { return a.wh == b.wh; };
        each_run(input_.series, from_, measured, same, [&](Run run) {
            if (length(run) >= limits_.stuck_intervals) {
                add(Check::stuck,
                    Severity::warning,
                    run,
                    fmt::format(
                        "{} in a row are {} kWh (reported from {} on)",
                        intervals(run),
                        kwh_text(input_.series[run.first].wh),
                        limits_.stuck_intervals
                    ));
            }
        });
    }

    void interval_lengths() {
        const SeriesInterval* before = nullptr;
        for (std::size_t index = from_; index < input_.series.size(); ++index) {
            const SeriesInterval& interval = input_.series[index];
            if (missing(interval)) {
                continue;
            }
            if (before != nullptr && minutes(*before) != minutes(interval)) {
                add(Check::interval_length,
                    Severity::notice,
                    Run{index, 1},
                    fmt::format(
                        "interval length changes from {} to {} minutes",
                        minutes(*before),
                        minutes(interval)
                    ));
            }
            before = &interval;
        }
    }

private:
    static std::int64_t length(Run run) { return static_cast<std::int64_t>(run.count); }
    static std::int64_t minutes(const SeriesInterval& interval) {
        return std::chrono::duration_cast<std::chrono::minutes>(interval.end - interval.start)
            .count();
    }
    static std::string intervals(Run run) {
        return fmt::format("{} interval{}", run.count, run.count == 1 ? "" : "s");
    }
    [[nodiscard]] Instant start(Run run) const { return input_.series[run.first].start; }
    [[nodiscard]] Instant end(Run run) const {
        return input_.series[run.first + run.count - 1].end;
    }

    [[nodiscard]] std::string gap_detail(Run run) const {
        const auto estimate = estimate_gap(input_.series, run.first, run.count, *input_.zone);
        if (!estimate) {
            return fmt::format("{} missing, no reference to estimate them from", intervals(run));
        }
        return fmt::format(
            "{} missing, about {} kWh by {}",
            intervals(run),
            kwh_text(estimate->total_wh),
            to_string(estimate->method)
        );
    }

    void add(Check check, Severity severity, Run run, std::string detail) {
        findings_.push_back({check, severity, start(run), end(run), std::move(detail)});
    }

    const QualityInput& input_;
    const QualityLimits& limits_;
    std::vector<Finding>& findings_;
    std::size_t from_ = 0;  // index of the first interval to report on
};

}  // namespace

void check_runs(
    const QualityInput& input, const QualityLimits& limits, std::vector<Finding>& findings
) {
    RunChecks runs(input, limits, findings);
    runs.gaps();
    runs.future();
    runs.estimated();
    runs.zeros();
    runs.stuck();
    runs.interval_lengths();
}

}  // namespace usagectl::meter
