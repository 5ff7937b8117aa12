// SPDX-License-Identifier: MIT
// usagectl usage quality: the industry's validations over what is stored.
#include <algorithm>

#include "app/quality.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "meter/words.hpp"
#include "usage/commands.hpp"

namespace usagectl {

namespace {

struct QualityOptions {
    std::optional<meter::MeterId> meter;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
    std::optional<meter::Channel> channel;
};

meter::QualityLimits limits(const cli::Settings& settings) {
    meter::QualityLimits limits;
    limits.max_gap_intervals = settings.integer("quality.max_gap_intervals");
    limits.spike_percent = settings.integer("quality.spike_percent");
    limits.spike_floor_wh = settings.integer("quality.spike_floor_wh");
    limits.high_percent = settings.integer("quality.high_percent");
    limits.low_percent = settings.integer("quality.low_percent");
    limits.zero_intervals = settings.integer("quality.zero_intervals");
    limits.stuck_intervals = settings.integer("quality.stuck_intervals");
    limits.estimated_intervals = settings.integer("quality.estimated_intervals");
    return limits;
}

Exit run(const QualityOptions& options, cli::Context& context) {
    auto& store = context.store();
    app::UsageQuestion question;
    question.meter = options.meter->text();
    question.from = options.from;
    question.to = options.to;
    question.channel = options.channel;
    app::QualityAnswer answer;
    const std::chrono::minutes ahead(context.settings.integer("quality.future_minutes"));
    const auto now = context.clock.now() + ahead;
    store.read([&] {
        answer = context.must(app::usage_quality(store, question, limits(context.settings), now));
    });

    cli::Json root;
    root["meter"] = answer.usage.meter.id;
    root["timezone"] = answer.usage.meter.timezone;
    root["channel"] = static_cast<int>(answer.usage.channel);
    root["from"] = format_day(answer.usage.from);
    root["to"] = format_day(answer.usage.to);
    root["items"] = cli::Json::array();
    for (const auto& finding : answer.findings) {
        root["items"].push_back({
            {"check", to_string(finding.check)},
            {"severity", to_string(finding.severity)},
            {"start", format_instant(finding.start)},
            {"end", format_instant(finding.end)},
            {"detail", finding.detail},
        });
    }
    cli::Context::View view;
    view.columns = {
        {"check", "CHECK"},
        {"severity", "SEVERITY"},
        {"start", "START"},
        {"end", "END"},
        {"detail", "DETAIL"},
    };
    view.footing = {
        std::to_string(answer.findings.size()) +
        (answer.findings.size() == 1 ? " finding in " : " findings in ") +
        std::to_string(answer.usage.intervals.size()) + " intervals, " +
        format_day(answer.usage.from) + " to " + format_day(answer.usage.to)};
    context.print(std::move(root), view);
    const bool failed = std::any_of(
        answer.findings.begin(),
        answer.findings.end(),
        [](const meter::Finding& finding) { return finding.severity == meter::Severity::error; }
    );
    return failed ? Exit::check_failed : Exit::done;
}

}  // namespace

cli::Command usage_quality_command() {
    cli::Spec spec;
    spec.path = {"usage", "quality"};
    spec.summary = "validate stored usage as VEE does";
    spec.description =
        "Looks for gaps, partial days, spikes, days far above or below the days before, long runs "
        "of zeros, of one value or of estimates, and values from the future. The limits are "
        "settings (quality.*). Says which rule, which interval, and the figures.";
    spec.words = {
        words::meter(&QualityOptions::meter),
        words::from_day(&QualityOptions::from),
        words::to_day(&QualityOptions::to),
        words::channel(
            &QualityOptions::channel, "4 consumption or 1 generation; default consumption"
        ),
    };
    spec.fields = {
        {"meter", "string", "the meter"},
        {"timezone", "string", "the zone that decides its days"},
        {"channel", "integer", "4 consumption, 1 generation"},
        {"from", "date", "first local day"},
        {"to", "date", "last local day"},
        {"items[].check", "string", "the rule"},
        {"items[].severity", "string", "error, warning or notice"},
        {"items[].start", "instant", "beginning of what it is about"},
        {"items[].end", "instant", "its end"},
        {"items[].detail", "string", "the figures and the limit"},
    };
    spec.examples = {
        {"usagectl usage quality 10443720000000001", "everything that is stored"},
        {"usagectl usage quality 10443720000000001 --from 2026-11-01 --format csv", "for a sheet"},
    };
    spec.exits = {
        {Exit::check_failed, "at least one finding is an error"},
        {Exit::not_found, "the meter is unknown, or has no usage"},
    };
    return cli::command<QualityOptions>(std::move(spec), run);
}

}  // namespace usagectl
