// SPDX-License-Identifier: MIT
// The table of configuration keys.
#include <algorithm>

#include "base/number.hpp"
#include "base/text.hpp"
#include "cli/settings.hpp"
#include "cli/text.hpp"
#include "cli/values.hpp"

namespace usagectl::cli {

const std::vector<SettingSpec>& setting_specs() {
    static const std::vector<SettingSpec> specs{
        {.key = "color",
         .type = "string",
         .fallback = "auto",
         .help = "colour the output: auto asks the terminal",
         .choices = {"auto", "always", "never"}},
        {.key = "datastore",
         .type = "string",
         .fallback = "",
         .help = "a path, sqlite:PATH or postgresql://…; by default a file of the user's own"},
        {.key = "format",
         .type = "string",
         .fallback = "table",
         .help = "how answers are written unless --format says otherwise",
         .choices = {"table", "json", "jsonl", "csv", "tsv"}},
        {.key = "identity.provider_of_record",
         .type = "string",
         .fallback = "",
         .help = "who asks: the retail provider in whose name questions are put"},
        {.key = "ingest.future_minutes",
         .type = "integer",
         .fallback = "60",
         .help = "how far ahead of the clock an interval may end",
         .low = 0,
         .high = 525'600},
        {.key = "ingest.max_expansion_bytes",
         .type = "integer",
         .fallback = "1099511627776",
         .help = "compressed input may not unpack to more than this",
         .low = 1,
         .high = std::int64_t{1} << 50},
        {.key = "ingest.max_expansion_ratio",
         .type = "integer",
         .fallback = "200",
         .help = "compressed input may not unpack to more than this many times its size",
         .low = 1,
         .high = 1'000'000},
        {.key = "pager",
         .type = "string",
         .fallback = "",
         .help = "shows long tables on a terminal; by default $PAGER, else less -FRX"},
        {.key = "quality.estimated_intervals",
         .type = "integer",
         .fallback = "192",
         .help = "report runs of estimates longer than this",
         .low = 1,
         .high = 1'000'000},
        {.key = "quality.future_minutes",
         .type = "integer",
         .fallback = "15",
         .help = "report intervals that end this far ahead of the clock",
         .low = 0,
         .high = 525'600},
        {.key = "quality.high_percent",
         .type = "integer",
         .fallback = "300",
         .help = "report a day above this share of its like days; 0 is off",
         .low = 0,
         .high = 1'000'000},
        {.key = "quality.low_percent",
         .type = "integer",
         .fallback = "10",
         .help = "report a day below this share of its like days; 0 is off",
         .low = 0,
         .high = 100},
        {.key = "quality.max_gap_intervals",
         .type = "integer",
         .fallback = "0",
         .help = "report runs of missing intervals longer than this",
         .low = 0,
         .high = 1'000'000},
        {.key = "quality.spike_floor_wh",
         .type = "integer",
         .fallback = "500",
         .help = "the least energy an interval's third highest counts as",
         .low = 0,
         .high = 1'000'000'000},
        {.key = "quality.spike_percent",
         .type = "integer",
         .fallback = "180",
         .help = "report a peak above this share of the third highest; 0 is off",
         .low = 0,
         .high = 1'000'000},
        {.key = "quality.stuck_intervals",
         .type = "integer",
         .fallback = "12",
         .help = "report runs of one unchanging value from this length on",
         .low = 2,
         .high = 1'000'000},
        {.key = "quality.zero_intervals",
         .type = "integer",
         .fallback = "96",
         .help = "report a run of zeros this long; 0 is off",
         .low = 0,
         .high = 1'000'000},
        {.key = "timezone",
         .type = "string",
         .fallback = "America/Chicago",
         .help = "time zone of meters that have none of their own"},
    };
    return specs;
}

const SettingSpec* find_setting(std::string_view key) {
    const auto& specs = setting_specs();
    const auto found = std::lower_bound(
        specs.begin(),
        specs.end(),
        key,
        [](const SettingSpec& spec, std::string_view name) { return spec.key < name; }
    );
    return found != specs.end() && found->key == key ? &*found : nullptr;
}

std::string setting_variable(std::string_view key) {
    if (key == "datastore")
        return "USAGECTL_DB";
    std::string name = "USAGECTL_";
    for (const char c : key) {
        name += c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return name;
}

Result<void> check_setting(const SettingSpec& spec, std::string_view value) {
    const auto malformed = [&spec](const std::string& what, std::string hint = {}) {
        return refuse(
            Exit::usage, "malformed_setting", std::string(spec.key) + ": " + what, std::move(hint)
        );
    };
    if (spec.type == "integer") {
        if (auto number = parse_between(value, spec.low, spec.high); !number) {
            return malformed(number.error().message);
        }
    }
    if (spec.type == "boolean" && value != "true" && value != "false") {
        return malformed(usagectl::quoted(value) + " is neither true nor false");
    }
    const auto& choices = spec.choices;
    if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end()) {
        return malformed(
            usagectl::quoted(value) + " is not one of " + join(choices, ", "),
            did_you_mean(value, choices)
        );
    }
    return {};
}

}  // namespace usagectl::cli
