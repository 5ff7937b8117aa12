// SPDX-License-Identifier: MIT
// usagectl usage backfill: history from the market, within what it allows a day.
#include "app/backfill.hpp"

#include <algorithm>

#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "usage/commands.hpp"
#include "usage/market_line.hpp"

namespace usagectl {

namespace {

struct BackfillOptions {
    std::vector<meter::MeterId> meters;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
    meter::Layer layer = meter::Layer::raw;
    std::int64_t password_fd = -1;
};

cli::Json to_json(const std::vector<app::BackfillRequest>& requests, bool dry_run) {
    cli::Json root;
    std::int64_t intervals = 0;
    std::int64_t open = 0;
    root["items"] = cli::Json::array();
    for (const auto& request : requests) {
        cli::Json item;
        item["plan"] = request.plan;
        item["number"] = request.number;
        item["send_on"] = format_day(request.send_on);
        item["from"] = format_day(request.first);
        item["to"] = format_day(request.last);
        item["meters"] = request.meters.size();
        item["first_meter"] = request.meters.front();
        item["state"] = to_string(request.state);
        item["intervals"] = request.intervals;
        item["message"] = cli::name_json(request.message);
        root["items"].push_back(std::move(item));
        intervals += request.intervals;
        open += request.decided_at ? 0 : 1;
    }
    root["requests"] = requests.size();
    root["open"] = open;
    root["intervals"] = intervals;
    root["last_day"] =
        requests.empty() ? cli::Json(nullptr) : cli::Json(format_day(requests.back().send_on));
    root["dry_run"] = dry_run;
    return root;
}

cli::Context::View view_of(const cli::Json& root) {
    cli::Context::View view;
    view.columns = {
        {"send_on", "SEND ON"},
        {"from", "FROM"},
        {"to", "TO"},
        {"meters", "METERS", true},
        {"first_meter", "FIRST METER"},
        {"state", "STATE"},
        {"intervals", "INTERVALS", true},
    };
    view.footing = {
        std::to_string(root["requests"].get<std::size_t>()) + " requests, " +
        std::to_string(root["open"].get<std::int64_t>()) + " still to be sent, " +
        std::to_string(root["intervals"].get<std::int64_t>()) + " intervals"};
    if (root["dry_run"].get<bool>())
        view.footing.emplace_back("dry run: nothing was planned or sent");
    return view;
}

app::BackfillWish wish_of(const BackfillOptions& options, cli::Context& context) {
    app::BackfillWish wish;
    for (const auto& meter : options.meters)
        wish.meters.push_back(meter.text());
    std::sort(wish.meters.begin(), wish.meters.end());
    wish.meters.erase(std::unique(wish.meters.begin(), wish.meters.end()), wish.meters.end());
    wish.asker = context.settings.text("identity.provider_of_record");
    wish.dry_run = context.globals.dry_run;
    if (wish.meters.empty() != (!options.from && !options.to) ||
        bool(options.from) != bool(options.to)) {
        context.fail({
            Exit::usage,
            "backfill_incomplete",
            "a new back-fill needs meters, --from and --to; going on with one needs none of them",
        });
    }
    if (options.from) {
        wish.from = *options.from;
        wish.to = *options.to;
    }
    return wish;
}

std::string request_of(const BackfillOptions& options, const app::BackfillWish& wish) {
    cli::Json body;
    body["meters"] = wish.meters;
    body["from"] = options.from ? cli::Json(format_day(wish.from)) : cli::Json(nullptr);
    body["to"] = options.to ? cli::Json(format_day(wish.to)) : cli::Json(nullptr);
    body["layer"] = to_string(options.layer);
    return cli::body_text(body);
}

Exit run(const BackfillOptions& options, cli::Context& context) {
    const auto terms = known_market_terms(context);
    auto& store = context.store();
    const auto wish = wish_of(options, context);
    const cli::Keyed keyed(context, request_of(options, wish));
    if (auto before = keyed.before()) {
        const auto view = view_of(*before);
        context.print(std::move(*before), view);
        return Exit::done;
    }
    const auto actor = cli::actor_of(context);
    auto progress = context.progress("back-fill", 0);
    progress.count(cli::Progress::Unit::items);
    std::uint64_t sent = 0;
    app::BackfillLink link{
        store,
        terms.name,
        terms.zone,
        options.layer,
        actor,
        context.clock,
        context.interrupted,
        {}};
    link.sending = [&](const app::BackfillRequest&) { progress.update(++sent); };
    auto planned = context.must(app::plan_backfill(link, wish));
    app::BackfillAnswer answer;
    answer.requests = std::move(planned);
    if (!wish.dry_run) {
        MarketLine line(context, static_cast<int>(options.password_fd));
        progress.expect(answer.requests.size());
        answer = app::send_backfill(link, line.market(), std::move(answer.requests));
    }
    progress.finish();
    auto root = to_json(answer.requests, wish.dry_run);
    if (context.globals.idempotency_key && !wish.dry_run)
        store.write([&] { keyed.keep(root); });
    const auto view = view_of(root);
    context.print(std::move(root), view);
    if (answer.interrupted) {
        context.note("interrupted; usagectl usage backfill goes on");
        return Exit::interrupted;
    }
    if (answer.ended) {
        answer.ended->hint = "the rest stays planned; usagectl usage backfill goes on";
        context.fail(std::move(*answer.ended));
    }
    return Exit::done;
}

}  // namespace

cli::Command usage_backfill_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"usage", "backfill"};
    spec.summary = "fetch history from the market within its sizes";
    spec.description =
        "Plans requests for the days of the meters so that no day asks for more than the market's "
        "table of sizes allows, keeps the plan, and sends what is due today. Run it again on the "
        "following days, without meters, until nothing is open.";
    spec.words = {
        bind(
            {.name = "METER",
             .help = "meters to fetch; none: go on with what is planned",
             .complete = cli::Complete::meter,
             .repeatable = true},
            &BackfillOptions::meters
        ),
        bind(
            {.name = "--from", .value = "DATE", .help = "first local day"}, &BackfillOptions::from
        ),
        bind(
            {.name = "--to", .value = "DATE", .help = "last local day, inclusive; before today"},
            &BackfillOptions::to
        ),
        bind(
            {.name = "--layer",
             .value = "LAYER",
             .help =
                 "where the values go: on-demand (raw), or settled (vee) where the market's are",
             .choices = {"raw", "vee"},
             .default_text = "raw"},
            &BackfillOptions::layer
        ),
        words::market_password(&BackfillOptions::password_fd),
    };
    spec.fields = {
        {"requests", "integer", "requests of the plan"},
        {"open", "integer", "of these, not decided yet"},
        {"intervals", "integer", "intervals that came"},
        {"last_day", "date", "day of the last request", true},
        {"dry_run", "boolean", "true when nothing was planned or sent"},
        {"items[].plan", "string", "the plan it belongs to"},
        {"items[].number", "integer", "its number; 0 in a dry run"},
        {"items[].send_on", "date", "the market's day it is, or was, sent on"},
        {"items[].from", "date", "first day asked for"},
        {"items[].to", "date", "last day asked for"},
        {"items[].meters", "integer", "how many meters it asks for"},
        {"items[].first_meter", "string", "the first of them"},
        {"items[].state", "string", "planned, claimed, stored, empty or failed"},
        {"items[].intervals", "integer", "intervals that came"},
        {"items[].message", "string", "what went wrong", true},
    };
    spec.examples = {
        {"usagectl usage backfill --from 2026-08-01 --to 2026-10-31 10443720000000001 --dry-run",
         "the plan"},
        {"usagectl usage backfill", "go on with what is planned"},
    };
    spec.exits = {
        {Exit::not_found, "a meter is unknown, or nothing is planned"},
        {Exit::refused, "the asker is not the provider of record"},
        {Exit::unavailable, "no market is configured, or it does not answer"},
        {Exit::interrupted, "stopped; what was not sent stays planned"},
    };
    spec.changes = true;
    return cli::command<BackfillOptions>(std::move(spec), run);
}

}  // namespace usagectl
