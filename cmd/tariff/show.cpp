// SPDX-License-Identifier: MIT
// usagectl tariff show: one version: what it charges, and its text.
#include "app/tariffs.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "tariff/commands.hpp"
#include "tariff/tariff_file.hpp"
#include "tariff/words.hpp"

namespace usagectl {

namespace {

struct ShowOptions {
    std::string tariff;
    std::int64_t version = 0;  // 0: not given
    std::optional<LocalDay> at;
};

// The names of a set; null when it is all of them.
template <class Names>
cli::Json names_json(const Names& names, tariff::Bits bits, tariff::Bits all) {
    if ((bits & all) == all)
        return nullptr;
    std::string text;
    for (std::size_t at = 0; at < names.size(); ++at) {
        if ((bits >> at & 1U) != 0)
            text += (text.empty() ? "" : ", ") + names[at];
    }
    return text;
}

tariff::Bits lowest(std::size_t count) {
    return count >= 64 ? ~tariff::Bits{0} : (tariff::Bits{1} << count) - 1;
}

cli::Json items_of(const tariff::Tariff& tariff) {
    std::vector<std::string> seasons;
    for (const auto& season : tariff.seasons)
        seasons.push_back(season.name);
    std::vector<std::string> names;
    for (const auto& component : tariff.components)
        names.push_back(component.name);
    auto items = cli::Json::array();
    for (const auto& component : tariff.components) {
        std::int64_t above = 0;
        for (const auto& tier : component.tiers) {
            cli::Json item;
            item["component"] = component.name;
            item["kind"] = to_string(component.kind);
            item["jurisdiction"] = cli::name_json(component.jurisdiction);
            item["seasons"] = names_json(seasons, component.seasons, lowest(seasons.size()));
            item["periods"] =
                names_json(tariff.periods, component.periods, lowest(tariff.periods.size()));
            item["above_wh"] = component.tiers.size() > 1 ? cli::Json(above) : cli::Json(nullptr);
            item["unit"] = to_string(component.basis);
            item["rate"] = format_rate(tier.rate);
            item["on"] = component.on == 0 ? cli::Json(nullptr)
                                           : names_json(names, component.on, ~tariff::Bits{0});
            items.push_back(std::move(item));
            above = tier.below_wh;
        }
    }
    return items;
}

cli::Json to_json(const app::TariffShown& shown) {
    cli::Json root;
    root["tariff"] = shown.version.name;
    root["version"] = shown.version.version;
    root["effective"] = format_day(shown.version.effective);
    root["until"] = cli::day_json(shown.until);
    root["title"] = shown.tariff.title;
    root["currency"] = shown.tariff.currency;
    root["rounding"] = to_string(shown.tariff.rounding);
    root["sha256"] = shown.version.sha256;
    root["added_at"] = format_instant(shown.version.added_at);
    root["text"] = shown.version.text;
    root["items"] = items_of(shown.tariff);
    return root;
}

Exit run(const ShowOptions& options, cli::Context& context) {
    auto& store = context.store();
    app::WhichTariff which{options.tariff, {}, options.at};
    if (options.version != 0)
        which.version = options.version;
    app::TariffShown shown;
    store.read([&] { shown = context.must(app::show_tariff(store, which)); });
    cli::Context::View view;
    view.columns = {
        {"component", "COMPONENT"},
        {"kind", "KIND"},
        {"jurisdiction", "JURISDICTION"},
        {"seasons", "SEASONS"},
        {"periods", "PERIODS"},
        {"above_wh", "ABOVE WH", true},
        {"unit", "UNIT"},
        {"rate", "RATE", true},
    };
    const auto& version = shown.version;
    view.heading = {
        shown.tariff.title + ": tariff " + version.name + ", version " +
        std::to_string(version.version) + ", effective " + format_day(version.effective) +
        (shown.until ? " to " + format_day(*shown.until) : "") + ", " + shown.tariff.currency +
        ", rounded " + std::string(to_string(shown.tariff.rounding))};
    view.footing = lines_of("\n" + version.text);
    context.print(to_json(shown), view);
    return Exit::done;
}

}  // namespace

cli::Command tariff_show_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"tariff", "show"};
    spec.summary = "show a version of a tariff, with its text";
    spec.description =
        "Shows the version with the latest effective date, or the one asked for: every charge, one "
        "line for each tier, and the file as it was added.";
    spec.words = {
        words::tariff(&ShowOptions::tariff),
        cli::bind_between(
            {.name = "--version", .value = "N", .help = "this version"},
            &ShowOptions::version,
            1,
            1'000'000'000
        ),
        bind(
            {.name = "--at", .value = "DATE", .help = "the version that holds on that day"},
            &ShowOptions::at
        ),
    };
    spec.fields = {
        {"tariff", "string", "the tariff's name"},
        {"version", "integer", "number of the version"},
        {"effective", "date", "first local day it holds"},
        {"until", "date", "last local day it holds; null: no end is known", true},
        {"title", "string", "the name for customers"},
        {"currency", "string", "ISO 4217 code"},
        {"rounding", "string", "what happens to less than a cent of a line"},
        {"sha256", "string", "of the text"},
        {"added_at", "instant", "when it was added"},
        {"text", "string", "the file as it was added"},
        {"items[].component", "string", "what is charged for"},
        {"items[].kind",
         "string",
         "energy, delivery, pca, fixed, option, generation, minimum, fee or tax"},
        {"items[].jurisdiction", "string", "who imposes or regulates it", true},
        {"items[].seasons", "string", "only in these; null: all", true},
        {"items[].periods", "string", "only in these periods of the day; null: all", true},
        {"items[].above_wh", "integer", "usage of the cycle at which the tier begins", true},
        {"items[].unit", "string", "what the rate is per: kWh, day, each or percent"},
        {"items[].rate", "money", "the price, or the percentage"},
        {"items[].on", "string", "the charges a tax or a minimum counts", true},
    };
    spec.examples = {
        {"usagectl tariff show home-flat", "the newest version"},
        {"usagectl tariff show home-flat --at 2026-11-20 --jq .text", "the file that held"},
    };
    spec.exits = {{Exit::not_found, "no such tariff or version, or none holds on that day"}};
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
