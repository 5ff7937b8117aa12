// SPDX-License-Identifier: MIT
// usagectl payment import: a file of payments, line by line.
#include <algorithm>
#include <array>

#include "account/account_json.hpp"
#include "account/prepay_settings.hpp"
#include "app/line_file.hpp"
#include "app/payment_import.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/rejected_lines.hpp"
#include "cli/values.hpp"
#include "payment/commands.hpp"

namespace usagectl {

namespace {

struct ImportOptions {
    std::string file;
    std::string format = "csv";
    std::optional<std::string> rejects;
};

Error line_malformed(std::string what) {
    return {Exit::rejected, "line_malformed", std::move(what), "one JSON object a line"};
}

// A JSON object whose members are strings; an amount is never a number, which would not be exact.
Result<app::PaymentAsked> read_json_line(std::string_view line) {
    const auto object = cli::Json::parse(line, nullptr, false);
    if (!object.is_object())
        return tl::unexpected(line_malformed("the line is no JSON object"));
    std::array<std::string, app::payment_columns.size()> values;
    for (const auto& [key, value] : object.items()) {
        const auto& columns = app::payment_columns;
        const auto* known = std::find(columns.begin(), columns.end(), key);
        if (known == columns.end())
            return tl::unexpected(line_malformed("there is no member '" + key + "'"));
        if (value.is_null())
            continue;
        if (!value.is_string())
            return tl::unexpected(line_malformed(key + " must be a string"));
        values.at(static_cast<std::size_t>(known - columns.begin())) = value;
    }
    return app::read_payment({values[0], values[1], values[2], values[3], values[4], values[5]});
}

cli::Json item_of(const app::PaymentLine& line) {
    const auto& posted = line.posted;
    cli::Json item;
    item["line"] = line.line;
    item["status"] = app::to_string(line.state);
    item["account"] = line.asked ? cli::Json(line.asked->account) : cli::Json(nullptr);
    item["amount"] = line.asked ? cli::Json(format_money(line.asked->amount)) : cli::Json(nullptr);
    item["payment"] = posted ? cli::Json(posted->payment) : cli::Json(nullptr);
    item["balance"] = posted ? cli::Json(format_money(posted->balance)) : cli::Json(nullptr);
    item["account_status"] =
        posted ? cli::Json(account::to_string(posted->status)) : cli::Json(nullptr);
    item["code"] = line.error ? cli::Json(line.error->code) : cli::Json(nullptr);
    item["reason"] = line.error ? cli::Json(line.error->message) : cli::Json(nullptr);
    return item;
}

std::string sentence(const app::PaymentsImported& done) {
    return std::to_string(done.lines) + " lines: " + std::to_string(done.posted) + " posted (" +
           format_money(done.amount) + "), " + std::to_string(done.unchanged) + " unchanged, " +
           std::to_string(done.rejected) + " rejected";
}

const cli::Context::StreamView& columns() {
    static const cli::Context::StreamView view{
        {
            {"line", "LINE", true},
            {"status", "STATUS"},
            {"account", "ACCOUNT"},
            {"amount", "AMOUNT", true},
            {"payment", "PAYMENT"},
            {"balance", "BALANCE", true},
            {"code", "CODE"},
        },
        {},
        {},
    };
    return view;
}

cli::Json root_of(const ImportOptions& options, const cli::Context& context) {
    cli::Json root;
    root["file"] = options.file;
    root["currency"] = context.settings.text("prepay.currency");
    root["dry_run"] = context.globals.dry_run;
    return root;
}

// The key stands for the whole run: it is kept once the run has come to its end.
void keep(const cli::Keyed& keyed, const app::PaymentsImported& done, cli::Context& context) {
    if (!context.globals.idempotency_key || context.globals.dry_run || done.interrupted)
        return;
    context.store().write([&] {
        keyed.keep(cli::Json{{"done", sentence(done)}, {"rejected", done.rejected}});
    });
}

Exit run(const ImportOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    const bool has_key = context.globals.idempotency_key.has_value();
    const cli::Keyed keyed(
        context, has_key ? context.must(app::hash_line_file(options.file)) : std::string()
    );
    if (const auto before = keyed.before()) {
        context.note(before->at("done").get<std::string>());
        context.stream(root_of(options, context), columns(), [](const cli::Context::Emit&) {});
        return before->at("rejected") == 0 ? Exit::done : Exit::rejected;
    }
    context.must(app::check_line_file(options.file));
    cli::RejectedLines rejects(options.rejects, options.file);
    app::PaymentsImported done;
    context.stream(root_of(options, context), columns(), [&](const cli::Context::Emit& emit) {
        app::ImportPayments request;
        request.path = options.file;
        if (options.format == "jsonl")
            request.read = read_json_line;
        request.dry_run = context.globals.dry_run;
        request.interrupted = context.interrupted;
        request.line = [&](const app::PaymentLine& line) {
            if (line.error)
                rejects.add(line.line, *line.error, line.text);
            emit(item_of(line));
        };
        done = context.must(
            app::import_payments(store, request, prepay, cli::actor_of(context), context.clock)
        );
    });
    rejects.finish();
    keep(keyed, done, context);
    context.note(sentence(done));
    if (done.interrupted)
        return Exit::interrupted;
    return done.rejected == 0 ? Exit::done : Exit::rejected;
}

}  // namespace

cli::Command payment_import_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"payment", "import"};
    spec.summary = "post a file of payments";
    spec.description =
        "Posts line by line what agents, banks and money transfer services hand in. Every line has "
        "a reference and is posted once: the same file again posts nothing.";
    spec.words = {
        bind(
            {.name = "FILE",
             .help = "the payments; may be compressed; - reads standard input",
             .complete = cli::Complete::file,
             .required = true},
            &ImportOptions::file
        ),
        bind(
            {.name = "--format-in",
             .value = "FORMAT",
             .help = "how the file is written",
             .choices = {"csv", "jsonl"},
             .default_text = "csv"},
            &ImportOptions::format
        ),
        bind(
            {.name = "--rejects",
             .value = "FILE",
             .help = "write the lines that were not taken there, as JSON",
             .complete = cli::Complete::file},
            &ImportOptions::rejects
        ),
    };
    spec.fields = {
        {"file", "string", "as it was named"},
        {"currency", "string", "ISO 4217 code of every amount"},
        {"dry_run", "boolean", "true when nothing was kept"},
        {"items[].line", "integer", "in the file, from 1"},
        {"items[].status", "string", "posted, unchanged (posted before) or rejected"},
        {"items[].account", "string", "null: the line could not be read", true},
        {"items[].amount", "money", "null: the line could not be read", true},
        {"items[].payment", "string", "the payment's name; null when rejected", true},
        {"items[].balance", "money", "posted balance afterwards; null when rejected", true},
        {"items[].account_status", "string", "of the account, afterwards", true},
        {"items[].code", "string", "why it was rejected; null otherwise", true},
        {"items[].reason", "string", "the same in a sentence", true},
    };
    spec.examples = {
        {"usagectl payment import payments.csv", "an agent's day"},
        {"usagectl payment import payments.csv --rejects rejected.jsonl --format jsonl",
         "for a script: results and what is left over"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file"},
        {Exit::rejected, "lines were rejected; the others are posted"},
    };
    spec.changes = true;
    return cli::command<ImportOptions>(std::move(spec), run);
}

}  // namespace usagectl
