// SPDX-License-Identifier: MIT
// usagectl meter power-status: the market asks the meter whether it has power.
#include "app/power.hpp"

#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "meter/commands.hpp"
#include "meter/words.hpp"
#include "usage/market_line.hpp"

namespace usagectl {

namespace {

struct PowerOptions {
    std::optional<meter::MeterId> meter;
    std::optional<std::string> resume;
    std::int64_t wait = -1;  // not given
    std::int64_t password_fd = -1;
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

std::string request_of(const PowerOptions& options) {
    cli::Json body;
    body["meter"] = options.meter->text();
    body["resume"] = cli::text_json(options.resume);
    return body.dump();
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
    auto& store = context.store();
    const cli::Keyed keyed(context, request_of(options));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    MarketLine line(context, static_cast<int>(options.password_fd));
    auto link = line.link(store);
    app::PowerQuestion question;
    question.meter = options.meter->text();
    question.asker = context.settings.text("identity.provider_of_record");
    question.resume = options.resume;
    question.wait = std::chrono::seconds(
        options.wait >= 0 ? options.wait : context.settings.integer("market.wait_seconds")
    );
    auto answer = context.must(app::power_status(link, question));
    auto root = to_json(answer);
    if (!answer.ended && !answer.interrupted && context.globals.idempotency_key)
        store.write([&] { keyed.keep(root); });
    context.print(std::move(root), {});
    if (answer.interrupted)
        return Exit::interrupted;
    if (answer.ended)
        context.fail(std::move(*answer.ended));
    return Exit::done;
}

}  // namespace

cli::Command power_status_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"meter", "power-status"};
    spec.summary = "ask the market whether the power is on";
    spec.description =
        "Asks through the market whether the meter has power, within a quota of its own. Only the "
        "provider of record may ask; inquiries at the same time share one request.";
    spec.words = {
        words::meter(&PowerOptions::meter),
        bind(
            {.name = "--resume",
             .value = "ID",
             .help = "go on with a request instead of making a new one"},
            &PowerOptions::resume
        ),
        cli::bind_between(
            {.name = "--wait", .value = "SECONDS", .help = "how long to wait for the answer"},
            &PowerOptions::wait,
            0,
            86'400
        ),
        cli::bind_between(
            {.name = "--password-fd",
             .value = "N",
             .help = "read the market's password from this descriptor"},
            &PowerOptions::password_fd,
            0,
            1'000'000
        ),
    };
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
