// SPDX-License-Identifier: MIT
// usagectl meter show: what is known of one meter, and from when to when it has usage.
#include "app/meters.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "meter/commands.hpp"
#include "meter/meter_json.hpp"
#include "meter/words.hpp"

namespace usagectl {

namespace {

struct ShowOptions {
    std::optional<meter::MeterId> meter;
};

Exit run(const ShowOptions& options, cli::Context& context) {
    auto& store = context.store();
    app::MeterAnswer answer;
    store.read([&] { answer = context.must(app::show_meter(store, options.meter->text())); });
    auto root = meter_json(answer.meter);
    root["items"] = cli::Json::array();
    for (const auto& coverage : answer.coverage) {
        cli::Json item;
        item["channel"] = static_cast<int>(coverage.channel);
        item["layer"] = to_string(coverage.layer);
        item["first_day"] = format_day(coverage.days.first);
        item["last_day"] = format_day(coverage.days.last);
        root["items"].push_back(std::move(item));
    }
    cli::Context::View view;
    view.heading = {
        "meter       " + answer.meter.id,
        "timezone    " + answer.meter.timezone,
        "provider    " + answer.meter.provider_of_record.value_or("none"),
        "account     " + answer.meter.account.value_or("none"),
        "multiplier  " + std::to_string(answer.meter.multiplier),
    };
    view.columns = {
        {"channel", "CHANNEL", true},
        {"layer", "LAYER"},
        {"first_day", "FIRST DAY"},
        {"last_day", "LAST DAY"},
    };
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command meter_show_command() {
    cli::Spec spec;
    spec.path = {"meter", "show"};
    spec.summary = "show one meter and the span of its usage";
    spec.words = {
        words::meter(&ShowOptions::meter),
    };
    spec.fields = {
        {"meter", "string", "the identifier"},
        {"timezone", "string", "the zone that decides its days"},
        {"provider_of_record", "string", "the retail provider that may ask", true},
        {"account", "string", "the account it belongs to", true},
        {"multiplier", "integer", "register multiplier"},
        {"meter_number", "string", "on the meter's plate", true},
        {"known_since", "instant", "when the store first heard of it"},
        {"items[].channel", "integer", "4 consumption, 1 generation"},
        {"items[].layer", "string", "vee or raw"},
        {"items[].first_day", "date", "first local day with usage"},
        {"items[].last_day", "date", "last local day with usage"},
    };
    spec.examples = {{"usagectl meter show 10443720000000001", "one meter"}};
    spec.exits = {{Exit::not_found, "the meter is unknown"}};
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
