// SPDX-License-Identifier: MIT
// usagectl usage export: stored intervals in a format other programs read, in constant memory.
#include <algorithm>
#include <ostream>

#include "app/usage.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "meter/day_slice.hpp"
#include "meter/words.hpp"
#include "meter/writer_csv.hpp"
#include "meter/writer_espi.hpp"
#include "meter/writer_lse.hpp"
#include "usage/answer.hpp"
#include "usage/commands.hpp"

namespace usagectl {

namespace {

struct ExportOptions {
    std::vector<meter::MeterId> meters;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
    std::string format = "csv";
    std::optional<meter::Channel> channel;
    std::string layer = "best";
    std::optional<Instant> known_at;
};

// One JSON object per interval; not a format for exchange, so it has no writer of its own.
class JsonLinesWriter final : public meter::SeriesWriter {
public:
    explicit JsonLinesWriter(std::ostream& out)
        : out_(out) {}
    void begin() override {}
    void series(const meter::SeriesHead& head) override {
        meter_ = head.meter;
        channel_ = static_cast<int>(head.channel);
    }
    void day(std::span<const meter::SeriesInterval> intervals) override {
        for (const auto& interval : intervals) {
            cli::Json line;
            line["meter"] = meter_;
            line["channel"] = channel_;
            line.update(interval_json(
                interval.start, interval.end, interval.wh, interval.quality, interval.layer
            ));
            out_ << line.dump() << '\n';
        }
    }
    void end() override {}

private:
    std::ostream& out_;
    std::string meter_;
    int channel_ = 0;
};

std::unique_ptr<meter::SeriesWriter>
make_writer(const std::string& format, const cli::Context& context) {
    auto& out = context.io.out;
    const auto sink = [&out](std::string_view text) { out << text; };
    if (format == "jsonl")
        return std::make_unique<JsonLinesWriter>(out);
    if (format == "lse")
        return meter::make_lse_writer(sink);
    if (format == "espi")
        return meter::make_espi_writer(sink, context.clock.now());
    return meter::make_csv_writer(sink);
}

// A range of days is read in pieces of this many, so that memory does not grow with the range.
constexpr std::chrono::days piece{92};

class Export {
public:
    Export(app::Store& store, const ExportOptions& options, cli::Context& context)
        : store_(store)
        , options_(options)
        , context_(context)
        , writer_(make_writer(options.format, context)) {}

    void run() {
        writer_->begin();
        for (const auto& meter : options_.meters) {
            if (options_.channel) {
                series(meter.text(), *options_.channel, true);
                continue;
            }
            const bool any = series(meter.text(), meter::Channel::consumption, false);
            series(meter.text(), meter::Channel::generation, !any);
        }
        writer_->end();
    }

private:
    // False when there is nothing to write; refused when there has to be.
    bool series(const std::string& meter, meter::Channel channel, bool required) {
        auto known = app::usage_range(store_, question(meter, channel));
        if (!known && (required || known.error().code != "no_usage")) {
            context_.fail(std::move(known.error()));
        }
        if (!known)
            return false;
        bool begun = false;
        for (auto first = known->from; first <= known->to; first += piece) {
            auto part = question(meter, channel);
            part.from = first;
            part.to = std::min(known->to, first + piece - std::chrono::days(1));
            const auto usage = context_.must(app::show_usage(store_, part));
            if (!begun) {
                writer_->series({meter, channel, usage.interval_minutes, usage.zone, known->from});
                begun = true;
            }
            write_days(usage);
        }
        return true;
    }

    void write_days(const app::UsageAnswer& usage) {
        for (const auto& slice : meter::slice_days(usage.intervals, *usage.zone)) {
            writer_->day(slice.of(usage.intervals));
        }
    }

    [[nodiscard]] app::UsageQuestion
    question(const std::string& meter, meter::Channel channel) const {
        app::UsageQuestion question;
        question.meter = meter;
        question.from = options_.from;
        question.to = options_.to;
        question.channel = channel;
        question.known_at = options_.known_at;
        if (options_.layer == "vee")
            question.layer = meter::LayerChoice::vee;
        if (options_.layer == "raw")
            question.layer = meter::LayerChoice::raw;
        return question;
    }

    app::Store& store_;
    const ExportOptions& options_;
    cli::Context& context_;
    std::unique_ptr<meter::SeriesWriter> writer_;
};

Exit run(const ExportOptions& options, cli::Context& context) {
    auto& store = context.store();
    store.read([&] { Export(store, options, context).run(); });
    return Exit::done;
}

}  // namespace

cli::Command usage_export_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"usage", "export"};
    spec.summary = "write usage for other programs to read";
    spec.description =
        "Writes intervals as CSV (the default, which ingest takes back), JSON lines, ERCOT LSE or "
        "Green Button (ESPI) to standard output. Missing intervals are blank in LSE, null in JSON "
        "lines, and left out in CSV and ESPI.";
    spec.words = {
        bind(
            {.name = "METER",
             .help = "ESI ID, NMI or other meter identifier",
             .complete = cli::Complete::meter,
             .required = true,
             .repeatable = true},
            &ExportOptions::meters
        ),
        bind(
            {.name = "--format",
             .value = "FORMAT",
             .help = "csv, JSON lines, ERCOT LSE or Green Button",
             .choices = {"csv", "jsonl", "lse", "espi"},
             .default_text = "csv"},
            &ExportOptions::format
        ),
        words::from_day(&ExportOptions::from),
        words::to_day(&ExportOptions::to),
        words::channel(&ExportOptions::channel, "4 consumption or 1 generation; default both"),
        words::layer(&ExportOptions::layer),
        bind(
            {.name = "--known-at", .value = "INSTANT", .help = "what was known at that time"},
            &ExportOptions::known_at
        ),
    };
    spec.examples = {
        {"usagectl usage export 10443720000000001 --format espi > usage.xml", "for a customer"},
        {"usagectl usage export 10443720000000001 --from 2026-11-01 --format lse",
         "as ERCOT has it"},
    };
    spec.exits = {{Exit::not_found, "a meter is unknown, or has no usage"}};
    return cli::command<ExportOptions>(std::move(spec), run);
}

}  // namespace usagectl
