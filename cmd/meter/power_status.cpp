// SPDX-License-Identifier: MIT
// usagectl meter power-status: the market asks the meter whether it has power.
#include "app/power.hpp"

#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "meter/commands.hpp"
#include "meter/words.hpp"
#include "usage/market_line.hpp"

namespace usagectl {

namespace {

struct PowerOptions : QuestionOptions {
    std::optional<meter::MeterId> meter;
};

cli::Json to_json(const app::PowerAnswer& answer) {
    const bool known = answer.request.state == app::RequestState::completed;
    cli::Json root;
    root["meter"] = answer.meter.id;
    root["power"] = known ? cli::Json(answer.request.word) : cli::Json(nullptr);
    root["quota"] = quota_json(answer.quota);
    root["request"] = request_json(answer.request);
    root["request"]["shared"] = answer.shared;
    return root;
}

Exit run(const PowerOptions& options, cli::Context& context) {
    if (context.globals.dry_run) {
        context.fail({
            Exit::usage,
            "dry_run_impossible",
            "a power status is asked for or it is not",
            "leave --dry-run out",
        });
    }
    cli::Json body;
    body["meter"] = options.meter->text();
    body["resume"] = cli::text_json(options.resume);
    const auto ask = [&](app::MarketLink& link, std::chrono::seconds wait) {
        const app::PowerQuestion question{
            options.meter->text(),
            context.settings.text("identity.provider_of_record"),
            options.resume,
            wait};
        auto answer = context.must(app::power_status(link, question));
        return QuestionAnswer{
            .root = to_json(answer),
            .request = answer.request.id,
            .interrupted = answer.interrupted,
            .ended = std::move(answer.ended)};
    };
    return ask_market(context, options, *options.meter, body, ask);
}

}  // namespace

cli::Command power_status_command() {
    cli::Spec spec;
    spec.path = {"meter", "power-status"};
    spec.summary = "ask the market whether the power is on";
    spec.description =
        "Asks through the market whether the meter has power, within a quota of its own. Only the "
        "provider of record may ask; inquiries at the same time share one request.";
    spec.words = {words::meter(&PowerOptions::meter)};
    words::add_question<PowerOptions>(spec.words);
    spec.fields = {
        {"meter", "string", "the meter"},
        {"power", "string", "on, off or unknown; null without an answer", true},
    };
    add_market_fields(spec.fields);
    spec.fields.push_back({"request.shared", "boolean", "true when another inquiry had made it"});
    spec.examples = {
        {"usagectl meter power-status 10443720000000001", "is the customer without power?"},
    };
    spec.exits = {
        {Exit::not_found, "the meter or the request is unknown"},
        {Exit::refused, "the asker is not the provider of record, or the quota is used"},
        {Exit::unavailable, "no market is configured, or it does not answer, or not yet"},
        {Exit::interrupted, "stopped while waiting; --resume goes on"},
    };
    spec.changes = true;
    return cli::command<PowerOptions>(std::move(spec), run);
}

}  // namespace usagectl
