// SPDX-License-Identifier: MIT
// usagectl audit log: who changed what, newest first.
#include "audit/commands.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

struct LogOptions {
    std::optional<Instant> from;
    std::optional<Instant> to;
    std::int64_t limit = 100;
};

cli::Json to_json(const audit::Record& record) {
    cli::Json item;
    item["number"] = record.number;
    item["at"] = format_instant(record.at);
    item["actor"] = record.actor;
    item["os_user"] = record.os_user;
    item["command"] = record.command;
    item["arguments"] = cli::Json::parse(record.arguments);
    item["outcome"] = record.outcome;
    return item;
}

Exit run(const LogOptions& options, cli::Context& context) {
    auto& store = context.store();
    cli::Context::StreamView view;
    view.columns = {
        {"number", "NUMBER", true},
        {"at", "AT"},
        {"actor", "ACTOR"},
        {"os_user", "OS USER"},
        {"command", "COMMAND"},
        {"outcome", "OUTCOME"},
    };
    context.stream(cli::Json::object(), view, [&](const cli::Context::Emit& emit) {
        store.read([&] {
            store.audit().each(
                options.from,
                options.to,
                static_cast<std::size_t>(options.limit),
                [&](const audit::Record& record) {
                    emit(to_json(record));
                    return true;
                }
            );
        });
    });
    return Exit::done;
}

}  // namespace

cli::Command audit_log_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"audit", "log"};
    spec.summary = "list what was changed, by whom, newest first";
    spec.description =
        "Every command that changes something leaves a record in the same transaction as the "
        "change. Records are never altered or removed: the datastore itself refuses it.";
    spec.words = {
        bind(
            {.name = "--from", .value = "INSTANT", .help = "only records at or after this time"},
            &LogOptions::from
        ),
        bind(
            {.name = "--to", .value = "INSTANT", .help = "only records before this time"},
            &LogOptions::to
        ),
        cli::bind_between(
            {.name = "--limit", .value = "N", .help = "at most N records", .default_text = "100"},
            &LogOptions::limit,
            1,
            1'000'000'000
        ),
    };
    spec.fields = {
        {"items[].number", "integer", "ascending in order of change"},
        {"items[].at", "instant", "when"},
        {"items[].actor", "string", "--actor, or the OS user"},
        {"items[].os_user", "string", "the OS user"},
        {"items[].command", "string", "the command"},
        {"items[].arguments", "array", "its words, secrets masked"},
        {"items[].outcome", "string", "what came of it"},
    };
    spec.examples = {
        {"usagectl audit log --limit 10", "the last ten changes"},
        {"usagectl audit log --from 2026-11-01T00:00:00Z --json", "since the first of the month"},
    };
    return cli::command<LogOptions>(std::move(spec), run);
}

}  // namespace usagectl
