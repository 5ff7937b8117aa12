// SPDX-License-Identifier: MIT
// usagectl usage history: every version of a day, newest first.
#include "app/usage.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "meter/words.hpp"
#include "usage/answer.hpp"
#include "usage/commands.hpp"

namespace usagectl {

namespace {

struct HistoryOptions {
    std::optional<meter::MeterId> meter;
    std::optional<LocalDay> date;
};

struct QualityCounts {
    std::uint64_t actual = 0;
    std::uint64_t estimated = 0;
    std::uint64_t missing = 0;
};

QualityCounts count_qualities(const meter::DayBlock& block) {
    QualityCounts counts;
    for (int slot = 0; slot < block.count; ++slot) {
        switch (block.quality[static_cast<std::size_t>(slot)]) {
        case meter::Quality::actual:
            ++counts.actual;
            break;
        case meter::Quality::estimated:
            ++counts.estimated;
            break;
        case meter::Quality::missing:
            ++counts.missing;
            break;
        }
    }
    return counts;
}

std::string_view state(const meter::Version& version) {
    if (!version.known_to)
        return "current";
    return version.late ? "late" : "replaced";
}

cli::Json to_json(const meter::Version& version) {
    const auto counts = count_qualities(version.block);
    cli::Json item;
    item["channel"] = static_cast<int>(version.channel);
    item["layer"] = to_string(version.layer);
    item["state"] = state(version);
    item["revision"] = format_instant(instant(version.revision));
    item["known_from"] = format_instant(version.known_from);
    item["known_to"] = cli::instant_json(version.known_to);
    item["source"] = version.source;
    item["path"] = version.path;
    item["interval_minutes"] = version.block.minutes;
    item["intervals"] = version.block.count;
    item["actual"] = counts.actual;
    item["estimated"] = counts.estimated;
    item["missing"] = counts.missing;
    item["total_wh"] = version.block.total_wh();
    item["wh"] = cli::Json::array();
    for (int slot = 0; slot < version.block.count; ++slot) {
        const auto at = static_cast<std::size_t>(slot);
        const bool missing = version.block.quality[at] == meter::Quality::missing;
        item["wh"].push_back(missing ? cli::Json(nullptr) : cli::Json(version.block.wh[at]));
    }
    return item;
}

Exit run(const HistoryOptions& options, cli::Context& context) {
    app::HistoryAnswer answer;
    auto& store = context.store();
    store.read([&] {
        answer = context.must(app::usage_history(store, options.meter->text(), *options.date));
    });
    cli::Json root;
    root["meter"] = answer.meter.id;
    root["timezone"] = answer.meter.timezone;
    root["date"] = format_day(*options.date);
    root["items"] = cli::Json::array();
    for (const auto& version : answer.versions)
        root["items"].push_back(to_json(version));

    cli::Context::View view;
    view.columns = {
        {"state", "STATE"},
        {"channel", "CHANNEL", true},
        {"layer", "LAYER"},
        {"revision", "REVISION"},
        {"known_from", "KNOWN FROM"},
        {"known_to", "KNOWN TO"},
        {"actual", "ACTUAL", true},
        {"estimated", "ESTIMATED", true},
        {"missing", "MISSING", true},
        {"total_wh", "WH", true},
        {"path", "SOURCE"},
    };
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command usage_history_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"usage", "history"};
    spec.summary = "show every version of a day that was ever stored";
    spec.description =
        "Shows what is current, what it replaced and when, and what arrived already superseded. "
        "Nothing that was stored is ever forgotten.";
    spec.words = {
        words::meter(&HistoryOptions::meter),
        bind(
            {.name = "--date", .value = "DATE", .help = "the local day", .required = true},
            &HistoryOptions::date
        ),
    };
    spec.fields = {
        {"meter", "string", "the meter"},
        {"timezone", "string", "the zone that decides its days"},
        {"date", "date", "the local day"},
        {"items[].channel", "integer", "4 consumption, 1 generation"},
        {"items[].layer", "string", "vee or raw"},
        {"items[].state", "string", "current, replaced, or late (arrived already superseded)"},
        {"items[].revision", "instant", "the file's own revision, else its arrival"},
        {"items[].known_from", "instant", "when this version arrived"},
        {"items[].known_to", "instant", "when it was replaced; null when current", true},
        {"items[].source", "integer", "number of the source in the store"},
        {"items[].path", "string", "the file it came from"},
        {"items[].interval_minutes", "integer", "length of its intervals"},
        {"items[].intervals", "integer", "intervals of the day"},
        {"items[].actual", "integer", "of these, actual"},
        {"items[].estimated", "integer", "of these, estimated"},
        {"items[].missing", "integer", "of these, missing"},
        {"items[].total_wh", "integer", "energy of the day"},
        {"items[].wh", "array", "energy of each interval; null when missing"},
    };
    spec.examples = {
        {"usagectl usage history 10443720000000001 --date 2026-11-01", "what was known when"},
    };
    spec.exits = {{Exit::not_found, "the meter is unknown, or has no usage on that day"}};
    return cli::command<HistoryOptions>(std::move(spec), run);
}

}  // namespace usagectl
