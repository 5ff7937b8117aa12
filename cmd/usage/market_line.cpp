// SPDX-License-Identifier: MIT
#include "usage/market_line.hpp"

#include "cli/actor.hpp"
#include "cli/commands.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"

namespace usagectl {

namespace {

market::QuotaRule
rule(const cli::Context& context, std::string_view limit, std::string_view window) {
    market::QuotaRule rule;
    rule.limit = context.settings.integer(limit);
    rule.window = context.must(market::parse_quota_window(context.settings.text(window)));
    rule.zone = context.settings.text("market.timezone");
    return rule;
}

cli::NetworkUse network_use(cli::Context& context, int password_descriptor) {
    cli::NetworkUse use{
        context.settings,
        context.environment,
        context.clock,
        context.interrupted,
        {},
        password_descriptor};
    if (context.globals.verbose)
        use.log = [&context](const std::string& line) { context.note(line); };
    return use;
}

}  // namespace

std::optional<app::MarketTerms> market_terms(const cli::Context& context) {
    const auto& settings = context.settings;
    if (settings.text("market.kind").empty())
        return std::nullopt;
    app::MarketTerms terms;
    terms.name = settings.text("market.kind");
    terms.read_quota = rule(context, "market.read_limit", "market.read_window");
    terms.power_quota = rule(context, "market.power_limit", "market.power_window");
    terms.zone = context.must(Zone::find(settings.text("market.timezone")));
    terms.rhythm.first = std::chrono::seconds(settings.integer("market.poll_first_seconds"));
    terms.rhythm.interval = std::chrono::seconds(settings.integer("market.poll_seconds"));
    terms.rhythm.cap = std::chrono::seconds(settings.integer("market.poll_cap_seconds"));
    terms.rhythm.total = std::chrono::hours(24);
    terms.give_up = std::chrono::minutes(settings.integer("market.give_up_minutes"));
    return terms;
}

app::MarketTerms known_market_terms(const cli::Context& context) {
    if (auto terms = market_terms(context))
        return std::move(*terms);
    context.fail({
        Exit::unavailable,
        "market_not_configured",
        "no market is configured to ask",
        "usagectl config set market.kind smt-portal, then market.user and market.password_file",
    });
}

MarketLine::MarketLine(cli::Context& context, int password_descriptor)
    : context_(context)
    , use_(network_use(context, password_descriptor))
    , terms_(known_market_terms(context))
    , actor_(cli::actor_of(context))
    , progress_(context.progress("market", 0)) {
    market_ = context.network.market(*terms_.zone, use_);
    pace_ = context.network.pace(context.interrupted, [this](std::string_view what) {
        progress_.label(std::string(what));
        progress_.update(0);
    });
}

app::MarketLink MarketLine::link(app::Store& store) {
    return {store, *market_, terms_, actor_, context_.clock, *pace_};
}

Exit ask_market(
    cli::Context& context,
    const QuestionOptions& options,
    const meter::MeterId& meter,
    const cli::Json& body,
    const AskMarket& ask
) {
    auto& store = context.store();
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    MarketLine line(context, static_cast<int>(options.password_fd));
    auto link = line.link(store);
    const auto wait =
        options.wait >= 0 ? options.wait : context.settings.integer("market.wait_seconds");
    auto answer = ask(link, std::chrono::seconds(wait));
    if (!answer.ended && !answer.interrupted && context.globals.idempotency_key)
        store.write([&] { keyed.keep(answer.root); });
    context.print(std::move(answer.root), answer.view);
    if (answer.interrupted) {
        context.note(
            "interrupted; go on with usagectl " + cli::path_text(context.spec) + " " +
            meter.text() + " --resume " + answer.request
        );
        return Exit::interrupted;
    }
    if (answer.ended)
        context.fail(std::move(*answer.ended));
    return Exit::done;
}

cli::Json quota_json(const std::optional<market::Quota>& quota) {
    cli::Json json;
    json["limit"] = quota ? cli::Json(quota->limit) : cli::Json(nullptr);
    json["used"] = quota ? cli::Json(quota->used) : cli::Json(nullptr);
    json["resets_at"] = quota ? cli::Json(format_instant(quota->resets_at)) : cli::Json(nullptr);
    return json;
}

cli::Json request_json(const std::optional<app::MarketRequest>& request) {
    cli::Json json;
    json["status"] = request ? cli::Json(to_string(request->state)) : cli::Json(nullptr);
    json["id"] = request ? cli::Json(request->id) : cli::Json(nullptr);
    json["asked_at"] = request ? cli::Json(format_instant(request->asked_at)) : cli::Json(nullptr);
    json["read_at"] = request ? cli::instant_json(request->read_at) : cli::Json(nullptr);
    const bool told = request && !request->message.empty();
    json["message"] = told ? cli::Json(request->message) : cli::Json(nullptr);
    return json;
}

void add_market_fields(std::vector<cli::Field>& fields) {
    const std::vector<cli::Field> own{
        {"quota.limit", "integer", "successful requests a window allows", true},
        {"quota.used", "integer", "of these, used", true},
        {"quota.resets_at", "instant", "when another is allowed, or the window ends", true},
        {"request.status",
         "string",
         "claimed, pending, completed, failed, refused, withdrawn or expired",
         true},
        {"request.id", "string", "to continue it with --resume", true},
        {"request.asked_at", "instant", "when it was made", true},
        {"request.read_at", "instant", "when the meter was read", true},
        {"request.message", "string", "what the market said", true},
    };
    fields.insert(fields.end(), own.begin(), own.end());
}

}  // namespace usagectl
