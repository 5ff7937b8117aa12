// SPDX-License-Identifier: MIT
// usagectl meter list: every meter of the store, one a line, however many.
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "meter/commands.hpp"
#include "meter/meter_json.hpp"

namespace usagectl {

namespace {

struct ListOptions {
    std::string prefix;
};

Exit run(const ListOptions& options, cli::Context& context) {
    auto& store = context.store();
    cli::Context::StreamView view;
    view.columns = {
        {"meter", "METER"},
        {"timezone", "TIMEZONE"},
        {"provider_of_record", "PROVIDER OF RECORD"},
        {"account", "ACCOUNT"},
        {"multiplier", "MULTIPLIER", true},
        {"known_since", "KNOWN SINCE"},
    };
    context.stream(cli::Json::object(), view, [&](const cli::Context::Emit& emit) {
        store.read([&] {
            store.meters().each(options.prefix, [&](const meter::Meter& meter) {
                if (!meter.id.starts_with(options.prefix))
                    return false;
                emit(meter_json(meter));
                return true;
            });
        });
    });
    return Exit::done;
}

}  // namespace

cli::Command meter_list_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"meter", "list"};
    spec.summary = "list the meters of the store";
    spec.words = {
        bind(
            {.name = "--prefix",
             .value = "TEXT",
             .help = "only meters whose identifier begins with TEXT",
             .complete = cli::Complete::meter},
            &ListOptions::prefix
        ),
    };
    spec.fields = {
        {"items[].meter", "string", "the identifier, as stored"},
        {"items[].timezone", "string", "the zone that decides its days"},
        {"items[].provider_of_record", "string", "the retail provider that may ask", true},
        {"items[].account", "string", "the account it belongs to", true},
        {"items[].multiplier", "integer", "register multiplier"},
        {"items[].meter_number", "string", "on the meter's plate", true},
        {"items[].known_since", "instant", "when the store first heard of it"},
    };
    spec.examples = {
        {"usagectl meter list --prefix 1044372", "the meters of one TDSP"},
        {"usagectl meter list --format jsonl", "one JSON object a line, in constant memory"},
    };
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
