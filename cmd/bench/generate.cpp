// SPDX-License-Identifier: MIT
// usagectl bench generate: a synthetic file whose right answer is known.
#include "bench/commands.hpp"
#include "cli/context.hpp"
#include "cli/output_file.hpp"
#include "cli/values.hpp"
#include "meter/synthetic.hpp"

namespace usagectl {

namespace {

struct GenerateOptions {
    std::int64_t meters = 100;
    std::int64_t days = 1;
    std::int64_t seed = 1;
    std::optional<LocalDay> from;
    std::string format = "lse";
    std::string output;
    std::optional<std::string> truth;
    std::optional<std::string> timezone;
};

Exit run(const GenerateOptions& options, cli::Context& context) {
    meter::SyntheticOptions synthetic;
    synthetic.seed = static_cast<std::uint64_t>(options.seed);
    synthetic.meters = static_cast<std::uint32_t>(options.meters);
    synthetic.days = static_cast<std::uint32_t>(options.days);
    synthetic.first_day = options.from.value_or(local_day(20454));  // 2026-01-01
    synthetic.zone =
        context.must(Zone::find(options.timezone.value_or(context.settings.text("timezone"))));
    const meter::SyntheticUtility utility(synthetic);

    auto progress = context.progress("generate", 0);
    cli::OutputFile file(options.output);
    const auto sink = [&](std::string_view text) {
        file.write(text);
        progress.update(file.bytes());
    };
    if (options.format == "lse")
        utility.write_lse(sink);
    if (options.format == "smt-csv")
        utility.write_smt_csv(sink);
    file.finish();
    if (options.truth) {
        cli::OutputFile truth(*options.truth);
        utility.write_truth([&](std::string_view text) { truth.write(text); });
        truth.finish();
    }
    progress.finish();
    cli::Json root;
    root["path"] = options.output;
    root["format"] = options.format;
    root["bytes"] = file.bytes();
    root["meters"] = options.meters;
    root["days"] = options.days;
    root["seed"] = options.seed;
    context.print(std::move(root), {});
    return Exit::done;
}

}  // namespace

cli::Command bench_generate_command() {
    using cli::bind;
    using cli::bind_between;
    cli::Spec spec;
    spec.path = {"bench", "generate"};
    spec.summary = "write a synthetic file whose totals are known";
    spec.description =
        "Writes interval data of a synthetic utility that follows from the seed alone, day by day "
        "for all meters, with estimates, revisions and gaps as real postings have them.";
    spec.words = {
        bind_between(
            {.name = "--meters", .value = "N", .help = "how many meters", .default_text = "100"},
            &GenerateOptions::meters,
            1,
            9'999'999
        ),
        bind_between(
            {.name = "--days", .value = "N", .help = "how many days", .default_text = "1"},
            &GenerateOptions::days,
            1,
            3660
        ),
        bind(
            {.name = "--from",
             .value = "DATE",
             .help = "the first day",
             .default_text = "2026-01-01"},
            &GenerateOptions::from
        ),
        bind_between(
            {.name = "--seed",
             .value = "N",
             .help = "the same seed gives the same bytes",
             .default_text = "1"},
            &GenerateOptions::seed,
            0,
            1'000'000'000'000
        ),
        bind(
            {.name = "--format",
             .value = "FORMAT",
             .help = "the file's format",
             .choices = {"lse", "smt-csv"},
             .default_text = "lse"},
            &GenerateOptions::format
        ),
        bind(
            {.name = "--output",
             .letter = 'o',
             .value = "FILE",
             .help = "where to write it",
             .complete = cli::Complete::file,
             .required = true},
            &GenerateOptions::output
        ),
        bind(
            {.name = "--truth",
             .value = "FILE",
             .help = "write intervals and energy of every meter",
             .complete = cli::Complete::file},
            &GenerateOptions::truth
        ),
        bind(
            {.name = "--timezone",
             .value = "ZONE",
             .help = "the meters' zone; default the setting",
             .complete = cli::Complete::timezone},
            &GenerateOptions::timezone
        ),
    };
    spec.fields = {
        {"path", "string", "the file written"},
        {"format", "string", "lse or smt-csv"},
        {"bytes", "integer", "its size"},
        {"meters", "integer", "meters in it"},
        {"days", "integer", "days in it"},
        {"seed", "integer", "what made it"},
    };
    spec.examples = {
        {"usagectl bench generate --meters 1000 --days 7 -o week.lse --truth truth.csv",
         "a week and its truth"},
        {"usagectl bench generate --format smt-csv -o day.csv --seed 7", "another format"},
    };
    spec.exits = {{Exit::unavailable, "the file cannot be written"}};
    return cli::command<GenerateOptions>(std::move(spec), run);
}

}  // namespace usagectl
