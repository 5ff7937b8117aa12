// SPDX-License-Identifier: MIT
// usagectl reconcile show: account by account, what was charged, what was billed, and why they
// differ.
#include "app/names.hpp"
#include "app/reconcile.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "reconcile/commands.hpp"
#include "reconcile/run_json.hpp"

namespace usagectl {

namespace {

constexpr std::size_t page_items = 512;

struct ShowOptions {
    std::optional<RunName> run;
    std::optional<account::AccountId> account;
    bool differing = false;
};

cli::Json parts_of(const reconcile::Comparison& figures) {
    auto list = cli::Json::array();
    for (const auto part : reconcile::all_parts) {
        const auto estimated = figures.estimated[part];
        const auto actual = figures.actual[part];
        if (estimated == Money() && actual == Money())
            continue;
        list.push_back({
            {"part", reconcile::to_string(part)},
            {"estimated", format_money(estimated)},
            {"actual", format_money(actual)},
            {"adjustment", format_money(actual - estimated)},
        });
    }
    return list;
}

cli::Json explained_of(const reconcile::Comparison& figures) {
    auto list = cli::Json::array();
    for (const auto& piece : figures.explained) {
        list.push_back({
            {"part", reconcile::to_string(piece.part)},
            {"reason", reconcile::to_string(piece.reason)},
            {"day", cli::day_json(piece.day)},
            {"wh", piece.wh},
            {"amount", format_money(piece.amount)},
            {"text", reconcile::sentence(piece)},
        });
    }
    return list;
}

std::string_view status_of(const app::ReconcileItem& item) {
    if (!item.code.empty())
        return "rejected";
    if (!item.posted_at)
        return "open";
    return item.entry ? "posted" : "settled";
}

cli::Json item_of(const app::ReconcileItem& item) {
    const bool rejected = !item.code.empty();
    cli::Json json;
    json["line"] = item.line;
    json["account"] = cli::name_json(item.account);
    json["status"] = status_of(item);
    json["code"] = rejected ? cli::Json(item.code) : cli::Json(nullptr);
    json["message"] = rejected ? cli::Json(item.message) : cli::Json(nullptr);
    json["cycle_start"] = rejected ? cli::Json(nullptr) : cli::Json(format_day(item.cycle_start));
    json["charged_wh"] = item.figures.charged_wh;
    json["actual_wh"] = item.figures.actual_wh;
    json["estimated"] = format_money(item.figures.estimated.total());
    json["actual"] = format_money(item.figures.actual.total());
    json["adjustment"] = format_money(item.adjustment);
    json["pca_adjustment"] = format_money(item.figures.pca_adjustment());
    json["payments"] = format_money(item.payments);
    json["parts"] = parts_of(item.figures);
    json["explained"] = explained_of(item.figures);
    json["entry"] = item.entry
                        ? cli::Json(app::name_of(app::Named::entry, item.account, *item.entry))
                        : cli::Json(nullptr);
    json["posted_at"] = cli::instant_json(item.posted_at);
    return json;
}

app::ReconcileRun find(const ShowOptions& options, cli::Context& context) {
    auto& store = context.store();
    if (options.run)
        return context.must(app::find_run(store, options.run->id));
    std::optional<app::ReconcileRun> newest;
    store.reconcile().each([&](const app::ReconcileRun& run) {
        newest = run;
        return false;
    });
    if (!newest) {
        context.fail(
            {Exit::not_found,
             "run_unknown",
             "nothing was ever reconciled",
             "usagectl reconcile start compares the bills of a cycle"}
        );
    }
    return *newest;
}

bool wanted(const ShowOptions& options, const app::ReconcileItem& item) {
    if (options.account && options.account->text() != item.account)
        return false;
    return !options.differing || !item.code.empty() || item.adjustment != Money() ||
           !item.figures.explained.empty();
}

void emit_items(
    const ShowOptions& options,
    app::Store& store,
    const app::RunId& id,
    const cli::Context::Emit& emit
) {
    std::int64_t after = -1;
    while (true) {
        const auto page = store.reconcile().items(id, after, page_items);
        for (const auto& item : page) {
            if (wanted(options, item))
                emit(item_of(item));
        }
        if (page.size() < page_items)
            return;
        after = page.back().line;
    }
}

Exit run(const ShowOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto made = find(options, context);
    auto root = run_json(made);
    root["currency"] = context.settings.text("prepay.currency");
    cli::Context::StreamView view;
    view.columns = {
        {"account", "ACCOUNT"},
        {"status", "STATUS"},
        {"estimated", "CHARGED", true},
        {"actual", "BILLED", true},
        {"adjustment", "ADJUSTMENT", true},
        {"code", "CODE"},
    };
    view.heading = {
        app::run_name(made.id) + ": " + std::string(reconcile::to_string(made.state)) + ", " +
        std::to_string(made.lines) + " bills, " + std::to_string(made.rejected) + " rejected"};
    // One account is shown to the last line.
    std::vector<std::string> pieces;
    if (options.account) {
        view.footing = [&pieces] { return pieces; };
    }
    context.stream(root, view, [&](const cli::Context::Emit& emit) {
        emit_items(options, store, made.id, [&](const cli::Json& item) {
            emit(item);
            if (!options.account)
                return;
            for (const auto& piece : item.at("explained")) {
                pieces.push_back(
                    "  " +
                    (piece.at("day").is_null() ? std::string("the cycle ")
                                               : piece.at("day").get<std::string>()) +
                    "  " + piece.at("part").get<std::string>() + "  " +
                    piece.at("amount").get<std::string>() + "  " +
                    piece.at("text").get<std::string>()
                );
            }
        });
    });
    return Exit::done;
}

std::vector<cli::Field> item_fields() {
    return {
        {"items[].line", "integer", "of the bills, the header row is 1"},
        {"items[].account", "string", "the account's number", true},
        {"items[].status", "string", "open, posted, settled (no entry was needed) or rejected"},
        {"items[].code", "string", "why it was rejected", true},
        {"items[].message", "string", "the same in words", true},
        {"items[].cycle_start", "date", "first local day of the cycle", true},
        {"items[].charged_wh", "integer", "what was charged for"},
        {"items[].actual_wh", "integer", "what was billed"},
        {"items[].estimated", "money", "charged in the cycle"},
        {"items[].actual", "money", "billed for it"},
        {"items[].adjustment", "money", "actual less estimated: what the customer still pays"},
        {"items[].pca_adjustment", "money", "of that, actual less estimated PCA"},
        {"items[].payments", "money", "received in the cycle"},
        {"items[].parts",
         "array",
         "part (energy, delivery, pca, base, taxes, additional, unbilled), estimated, actual, "
         "adjustment"},
        {"items[].explained",
         "array",
         "part, reason, day, wh, amount, text: the amounts of a part add up to its adjustment"},
        {"items[].entry", "string", "the entry that settled it", true},
        {"items[].posted_at", "instant", "when it was settled", true},
    };
}

}  // namespace

cli::Command reconcile_show_command() {
    cli::Spec spec;
    spec.path = {"reconcile", "show"};
    spec.summary = "show what was charged, what billed, and why";
    spec.words = {
        run_word(&ShowOptions::run, false),
        cli::bind(
            {.name = "--account",
             .value = "ACCOUNT",
             .help = "this one only, its differences line by line",
             .complete = cli::Complete::account},
            &ShowOptions::account
        ),
        cli::bind(
            {.name = "--differing", .help = "only where bill and ledger differ"},
            &ShowOptions::differing
        ),
    };
    spec.fields = run_fields(false);
    spec.fields.push_back({"currency", "string", "ISO 4217 code of every amount"});
    for (const auto& field : item_fields())
        spec.fields.push_back(field);
    spec.examples = {
        {"usagectl reconcile show 2026-10-31 --differing", "what there is to accept"},
        {"usagectl reconcile show 2026-10-31.1 --account A-1001", "one account, line by line"},
    };
    spec.exits = {{Exit::not_found, "there is no such run"}};
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
