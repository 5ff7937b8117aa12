// SPDX-License-Identifier: MIT
// usagectl meter set: what the files do not say about a meter.
#include "app/meters.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "meter/commands.hpp"
#include "meter/meter_json.hpp"
#include "meter/words.hpp"

namespace usagectl {

namespace {

struct SetOptions {
    std::optional<meter::MeterId> meter;
    std::optional<std::string> timezone;
    std::optional<std::string> provider_of_record;
    std::optional<std::string> account;
    std::int64_t multiplier = 0;  // 0: not given
    std::optional<std::string> meter_number;
};

// The same properties in the same order, however the words stood.
std::string request_of(const app::MeterChange& change) {
    cli::Json body;
    body["meter"] = change.meter;
    if (change.timezone)
        body["timezone"] = *change.timezone;
    if (change.provider_of_record)
        body["provider_of_record"] = *change.provider_of_record;
    if (change.account)
        body["account"] = *change.account;
    if (change.multiplier)
        body["multiplier"] = *change.multiplier;
    if (change.meter_number)
        body["meter_number"] = *change.meter_number;
    return cli::body_text(body);
}

cli::Json to_json(const app::MeterChanged& changed, bool dry_run) {
    auto root = meter_json(changed.meter);
    root["created"] = changed.created;
    root["days_filed_anew"] = changed.blocks_recut;
    root["dry_run"] = dry_run;
    return root;
}

Exit run(const SetOptions& options, cli::Context& context) {
    app::MeterChange change;
    change.meter = options.meter->text();
    change.timezone = options.timezone;
    change.provider_of_record = options.provider_of_record;
    change.account = options.account;
    if (options.multiplier != 0)
        change.multiplier = options.multiplier;
    change.meter_number = options.meter_number;
    change.dry_run = context.globals.dry_run;
    const bool nothing = !change.timezone && !change.provider_of_record && !change.account &&
                         !change.multiplier && !change.meter_number;
    if (nothing) {
        context.fail({
            Exit::usage,
            "nothing_to_set",
            "no property is named",
            "name --timezone, --provider-of-record, --account, --multiplier or --meter-number",
        });
    }
    auto& store = context.store();
    const cli::Keyed keyed(context, request_of(change));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    change.changed = [&](const app::MeterChanged& changed) { keyed.keep(to_json(changed, false)); };
    const auto changed = context.must(app::set_meter(
        store, change, context.settings.text("timezone"), cli::actor_of(context), context.clock
    ));
    auto root = to_json(changed, context.globals.dry_run);
    context.print(std::move(root), {});
    return Exit::done;
}

}  // namespace

cli::Command meter_set_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"meter", "set"};
    spec.summary = "set a meter's zone, provider, account, multiplier";
    spec.description =
        "Creates the meter when it is new. An empty value clears a property. A change of the time "
        "zone files every stored interval under the new zone's days; the history keeps the old.";
    spec.words = {
        words::meter(&SetOptions::meter),
        bind(
            {.name = "--timezone",
             .value = "ZONE",
             .help = "IANA name of the zone that decides its days",
             .complete = cli::Complete::timezone},
            &SetOptions::timezone
        ),
        bind(
            {.name = "--provider-of-record",
             .value = "NAME",
             .help = "the retail provider that may ask for the gap"},
            &SetOptions::provider_of_record
        ),
        bind(
            {.name = "--account", .value = "ID", .help = "the account it belongs to"},
            &SetOptions::account
        ),
        cli::bind_between(
            {.name = "--multiplier", .value = "N", .help = "register multiplier, 1 to 1000000"},
            &SetOptions::multiplier,
            1,
            1'000'000
        ),
        bind(
            {.name = "--meter-number",
             .value = "N",
             .help = "number on the meter's plate; some markets ask for it"},
            &SetOptions::meter_number
        ),
    };
    spec.fields = {
        {"meter", "string", "the identifier"},
        {"timezone", "string", "the zone that decides its days"},
        {"provider_of_record", "string", "the retail provider that may ask", true},
        {"account", "string", "the account it belongs to", true},
        {"multiplier", "integer", "register multiplier"},
        {"meter_number", "string", "on the meter's plate", true},
        {"known_since", "instant", "when the store first heard of it"},
        {"created", "boolean", "true when the meter was new"},
        {"days_filed_anew", "integer", "stored days cut anew for another zone"},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
    spec.examples = {
        {"usagectl meter set 10443720000000001 --provider-of-record REP1", "who may ask"},
        {"usagectl meter set 10443720000000001 --timezone America/Denver", "El Paso's time"},
    };
    spec.exits = {{Exit::usage, "the time zone is unknown"}};
    spec.changes = true;
    return cli::command<SetOptions>(std::move(spec), run);
}

}  // namespace usagectl
