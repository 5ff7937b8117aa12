// SPDX-License-Identifier: MIT
// usagectl usage show: what a meter used, by interval, hour, day or month.
#include "app/usage.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "meter/kwh.hpp"
#include "meter/words.hpp"
#include "usage/answer.hpp"
#include "usage/commands.hpp"
#include "usage/picture.hpp"

namespace usagectl {

namespace {

struct ShowOptions {
    std::optional<meter::MeterId> meter;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
    std::optional<meter::Channel> channel;
    std::string by = "interval";
    std::string layer = "best";
    std::optional<Instant> known_at;
    std::optional<std::string> plot;
    std::optional<std::string> picture;
};

app::UsageQuestion make_question(const ShowOptions& options) {
    app::UsageQuestion question;
    question.meter = options.meter->text();
    question.from = options.from;
    question.to = options.to;
    question.channel = options.channel;
    question.known_at = options.known_at;
    if (options.by == "hour")
        question.step = meter::Step::hour;
    if (options.by == "day")
        question.step = meter::Step::day;
    if (options.by == "month")
        question.step = meter::Step::month;
    if (options.layer == "vee")
        question.layer = meter::LayerChoice::vee;
    if (options.layer == "raw")
        question.layer = meter::LayerChoice::raw;
    return question;
}

cli::Json to_json(const app::UsageAnswer& answer) {
    cli::Json root;
    root["meter"] = answer.meter.id;
    root["timezone"] = answer.meter.timezone;
    root["interval_minutes"] = answer.interval_minutes;
    root["channel"] = static_cast<int>(answer.channel);
    root["from"] = format_day(answer.from);
    root["to"] = format_day(answer.to);
    root["total_wh"] = answer.total_wh;
    root["missing_intervals"] = answer.missing_intervals;
    root["items"] = cli::Json::array();
    for (const auto& item : answer.items) {
        auto json = interval_json(item.start, item.end, item.wh, item.quality, item.layer);
        json["missing"] = item.missing;
        json["local"] = local_text(item.start, *answer.zone);
        root["items"].push_back(std::move(json));
    }
    return root;
}

std::vector<std::string> heading(const app::UsageAnswer& answer) {
    return {
        "meter " + answer.meter.id + ", " + std::string(to_string(answer.channel)) + ", " +
        format_day(answer.from) + " to " + format_day(answer.to) + ", " + answer.meter.timezone};
}

std::string footing(const app::UsageAnswer& answer) {
    auto text = "total " + meter::kwh_text(answer.total_wh) + " kWh";
    if (answer.missing_intervals > 0) {
        text += ", " + std::to_string(answer.missing_intervals) + " of " +
                std::to_string(answer.intervals.size()) + " intervals missing";
    }
    return text;
}

// `--plot=FILE.svg` and `--plot FILE.svg` alike; none: into the terminal.
std::optional<std::string> picture_file(const ShowOptions& options, const cli::Context& context) {
    if (options.picture && !options.plot) {
        context.fail({
            Exit::usage,
            "unexpected_argument",
            "unexpected argument " + *options.picture,
            "a picture is written with --plot FILE.svg",
        });
    }
    if (options.picture)
        return options.picture;
    if (options.plot && !options.plot->empty())
        return options.plot;
    return std::nullopt;
}

Exit run(const ShowOptions& options, cli::Context& context) {
    app::UsageAnswer answer;
    auto& store = context.store();
    store.read([&] { answer = context.must(app::show_usage(store, make_question(options))); });

    cli::Context::View view;
    view.columns = {
        {"local", "START"},
        {"wh", "WH", true},
        {"quality", "QUALITY"},
        {"layer", "LAYER"},
    };
    if (options.by != "interval")
        view.columns.push_back({"missing", "MISSING", true});
    view.heading = heading(answer);
    view.footing = {footing(answer)};
    const auto picture = picture_file(options, context);
    if (picture)
        write_picture(*picture, answer);
    if (options.plot && !picture && context.globals.format == "table") {
        draw(answer, context);
        return Exit::done;
    }
    context.print(to_json(answer), view);
    return Exit::done;
}

std::vector<cli::Word> show_words() {
    using cli::bind;
    return {
        words::meter(&ShowOptions::meter),
        bind(
            {.name = "FILE.svg",
             .help = "with --plot: write the picture there",
             .complete = cli::Complete::file},
            &ShowOptions::picture
        ),
        words::from_day(&ShowOptions::from),
        words::to_day(&ShowOptions::to),
        words::channel(&ShowOptions::channel, "4 consumption or 1 generation; default consumption"),
        bind(
            {.name = "--by",
             .value = "STEP",
             .help = "sum by local hour, day or month",
             .choices = {"interval", "hour", "day", "month"},
             .default_text = "interval"},
            &ShowOptions::by
        ),
        words::layer(&ShowOptions::layer),
        bind(
            {.name = "--known-at",
             .value = "INSTANT",
             .help = "answer from what was known at that time"},
            &ShowOptions::known_at
        ),
        bind(
            {.name = "--plot",
             .value = "FILE.svg",
             .help = "draw a load curve and a heat map, here or into FILE.svg",
             .complete = cli::Complete::file,
             .value_optional = true},
            &ShowOptions::plot
        ),
    };
}

}  // namespace

cli::Command usage_show_command() {
    cli::Spec spec;
    spec.path = {"usage", "show"};
    spec.summary = "show what a meter used";
    spec.description =
        "Shows the best known value of every interval: settled and actual, else settled and "
        "estimated, else on-demand. Days are local days of the meter's time zone.";
    spec.words = show_words();
    spec.fields = {
        {"meter", "string", "the meter"},
        {"timezone", "string", "the zone that decides its days"},
        {"interval_minutes", "integer", "length of its intervals"},
        {"channel", "integer", "4 consumption, 1 generation"},
        {"from", "date", "first local day"},
        {"to", "date", "last local day"},
        {"total_wh", "integer", "sum of all present intervals"},
        {"missing_intervals", "integer", "intervals without a value"},
        {"items[].start", "instant", "beginning of the interval or sum"},
        {"items[].end", "instant", "its end"},
        {"items[].wh", "integer", "energy; null when missing", true},
        {"items[].quality", "string", "actual, estimated, raw or missing"},
        {"items[].layer", "string", "vee or raw; null when missing or mixed", true},
        {"items[].missing", "integer", "intervals of this item without a value"},
        {"items[].local", "string", "the beginning on the meter's wall clock, with its offset"},
    };
    spec.examples = {
        {"usagectl usage show 10443720000000001 --by day", "daily totals of all there is"},
        {"usagectl usage show 10443720000000001 --from 2026-11-01 --to 2026-11-01 --plot",
         "a day as a picture"},
    };
    spec.exits = {{Exit::not_found, "the meter is unknown, or has no usage"}};
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
