// SPDX-License-Identifier: MIT
// usagectl order confirm: what the field system says became of its orders, line by line.
#include "account/prepay_settings.hpp"
#include "app/line_file.hpp"
#include "app/order_confirm.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/rejected_lines.hpp"
#include "cli/spill.hpp"
#include "cli/values.hpp"
#include "order/commands.hpp"
#include "order/confirmation_json.hpp"

namespace usagectl {

namespace {

struct ConfirmOptions {
    std::string input;
    std::string format = "csv";
    std::optional<std::string> rejects;
};

template <class T>
cli::Json or_null(const std::optional<app::OrderDecided>& decided, const T& value) {
    return decided ? cli::Json(value(*decided)) : cli::Json(nullptr);
}

cli::Json item_of(const app::ConfirmedLine& line) {
    using Decided = app::OrderDecided;
    const auto& decided = line.decided;
    cli::Json item;
    item["line"] = line.line;
    item["status"] = app::to_string(line.state);
    item["order"] = cli::text_json(line.order);
    item["state"] =
        or_null(decided, [](const Decided& it) { return to_string(it.shown.order.state); });
    item["account"] = or_null(decided, [](const Decided& it) { return it.shown.account; });
    item["account_status"] =
        or_null(decided, [](const Decided& it) { return to_string(it.status); });
    item["code"] = line.error ? cli::Json(line.error->code) : cli::Json(nullptr);
    item["reason"] = line.error ? cli::Json(line.error->message) : cli::Json(nullptr);
    return item;
}

cli::Json root_of(const ConfirmOptions& options, const app::OrdersConfirmed& done, bool dry_run) {
    cli::Json root;
    root["file"] = options.input;
    root["lines"] = done.lines;
    root["accepted"] = done.accepted;
    root["unchanged"] = done.unchanged;
    root["rejected"] = done.rejected;
    root["dry_run"] = dry_run;
    return root;
}

std::string sentence(const cli::Json& root) {
    return root.at("lines").dump() + " lines: " + root.at("accepted").dump() + " accepted, " +
           root.at("unchanged").dump() + " unchanged, " + root.at("rejected").dump() + " rejected";
}

std::vector<cli::Column> columns() {
    return {
        {"line", "LINE", true},
        {"status", "STATUS"},
        {"order", "ORDER"},
        {"state", "STATE"},
        {"account_status", "ACCOUNT"},
        {"code", "CODE"},
        {"reason", "REASON"},
    };
}

Exit exit_of(const cli::Json& root) {
    return root.at("rejected") == 0 ? Exit::done : Exit::rejected;
}

app::OrdersConfirmed
confirm(const ConfirmOptions& options, cli::Context& context, cli::Spill& items) {
    cli::RejectedLines rejects(options.rejects, options.input);
    app::ConfirmOrders request;
    request.path = options.input;
    if (options.format == "jsonl")
        request.read = read_confirmation_json;
    request.dry_run = context.globals.dry_run;
    request.interrupted = context.interrupted;
    request.line = [&](const app::ConfirmedLine& line) {
        if (line.error)
            rejects.add(line.line, *line.error, line.text);
        items.add(item_of(line));
    };
    const auto done = context.must(app::confirm_orders(
        context.store(), request, prepay_of(context.settings), cli::actor_of(context), context.clock
    ));
    rejects.finish();
    return done;
}

// The key stands for the whole run: it is kept once the run has come to its end.
void keep(const cli::Keyed& keyed, cli::Json root, cli::Spill& items, cli::Context& context) {
    root["items"] = cli::Json::array();
    items.each([&](const cli::Json& item) { root["items"].push_back(item); });
    context.store().write([&] { keyed.keep(root); });
}

Exit run(const ConfirmOptions& options, cli::Context& context) {
    static_cast<void>(context.store());
    const bool has_key = context.globals.idempotency_key.has_value();
    const cli::Keyed keyed(
        context, has_key ? context.must(app::hash_line_file(options.input)) : std::string()
    );
    if (auto before = keyed.before()) {
        const auto exit = exit_of(*before);
        context.note(sentence(*before));
        context.print(std::move(*before), {columns()});
        return exit;
    }
    context.must(app::check_line_file(options.input));
    cli::Spill items;
    const auto done = confirm(options, context, items);
    const auto root = root_of(options, done, context.globals.dry_run);
    if (has_key && !context.globals.dry_run && !done.interrupted)
        keep(keyed, root, items, context);
    context.stream(root, {columns()}, [&](const cli::Context::Emit& emit) { items.each(emit); });
    context.note(sentence(root));
    return done.interrupted ? Exit::interrupted : exit_of(root);
}

}  // namespace

cli::Command order_confirm_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"order", "confirm"};
    spec.summary = "take in a file of the field's confirmations";
    spec.description =
        "Decides line by line what the field system says became of the orders it was handed. What "
        "is in force already is left as it is: the same file again changes nothing.";
    spec.words = {
        bind(
            {.name = "--input",
             .letter = 'i',
             .value = "FILE",
             .help = "the confirmations; may be compressed; - reads standard input",
             .complete = cli::Complete::file,
             .required = true},
            &ConfirmOptions::input
        ),
        bind(
            {.name = "--format-in",
             .value = "FORMAT",
             .help = "how the file is written",
             .choices = {"csv", "jsonl"},
             .default_text = "csv"},
            &ConfirmOptions::format
        ),
        bind(
            {.name = "--rejects",
             .value = "FILE",
             .help = "write the lines that were not taken there, as JSON",
             .complete = cli::Complete::file},
            &ConfirmOptions::rejects
        ),
    };
    spec.fields = {
        {"file", "string", "as it was named"},
        {"lines", "integer", "accepted, unchanged and rejected together"},
        {"accepted", "integer", "lines that moved an order on"},
        {"unchanged", "integer", "lines that say what was in force already"},
        {"rejected", "integer", "lines that were not taken"},
        {"dry_run", "boolean", "true when nothing was kept"},
        {"items[].line", "integer", "in the file, from 1"},
        {"items[].status", "string", "accepted, unchanged or rejected"},
        {"items[].order", "string", "null: the line could not be read", true},
        {"items[].state", "string", "of the order, afterwards; null when rejected", true},
        {"items[].account", "string", "whose order it is; null when rejected", true},
        {"items[].account_status", "string", "of the account, afterwards", true},
        {"items[].code", "string", "why it was rejected; null otherwise", true},
        {"items[].reason", "string", "the same in a sentence", true},
    };
    spec.examples = {
        {"usagectl order confirm --input confirmed.csv", "a day's work of the field"},
        {"usagectl order confirm --input - --format-in jsonl --rejects rejected.jsonl < done.jsonl",
         "for a script: what is left over is in a file"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file"},
        {Exit::rejected, "lines were rejected; the others are kept"},
    };
    spec.changes = true;
    return cli::command<ConfirmOptions>(std::move(spec), run);
}

}  // namespace usagectl
