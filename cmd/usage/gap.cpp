// SPDX-License-Identifier: MIT
// usagectl usage gap: the hours since the last settled posting, and what is known of them.
#include "app/gap_cost.hpp"
#include "app/gap_fetch.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "meter/kwh.hpp"
#include "meter/words.hpp"
#include "usage/answer.hpp"
#include "usage/commands.hpp"
#include "usage/market_line.hpp"

namespace usagectl {

namespace {

struct GapOptions : QuestionOptions {
    std::optional<meter::MeterId> meter;
    std::optional<Instant> at;
    bool fetch = false;
};

cli::Json to_json(
    const app::GapFetched& fetched,
    const std::optional<market::Quota>& quota,
    const std::optional<Money>& cost
) {
    const auto& answer = fetched.gap;
    cli::Json root;
    root["meter"] = answer.meter.id;
    root["provider_of_record"] = cli::text_json(answer.meter.provider_of_record);
    root["last_vee_end"] = cli::instant_json(answer.last_vee_end);
    root["asked_at"] = format_instant(answer.asked_at);
    root["gap_from"] = format_instant(answer.gap.from);
    root["gap_to"] = format_instant(answer.gap.to);
    root["capped"] = answer.gap.capped;
    root["gap_intervals"] = answer.intervals.size();
    root["covered_intervals"] = answer.covered;
    root["missing_intervals"] = answer.missing;
    root["total_wh"] = answer.total_wh;
    root["estimated_cost"] = cost ? cli::Json(format_money(*cost)) : cli::Json(nullptr);
    root["quota"] = quota_json(quota);
    root["request"] = request_json(fetched.request);
    root["request"]["shared"] = fetched.request ? cli::Json(fetched.shared) : cli::Json(nullptr);
    root["items"] = cli::Json::array();
    for (const auto& interval : answer.intervals) {
        root["items"].push_back(interval_json(
            interval.start, interval.end, interval.wh, interval.quality, interval.layer
        ));
    }
    return root;
}

std::vector<std::string> heading(const app::GapAnswer& answer) {
    const auto& zone = *answer.zone;
    std::vector<std::string> lines;
    lines.push_back(
        "meter " + answer.meter.id + ", settled through " +
        (answer.last_vee_end ? local_text(*answer.last_vee_end, zone) : std::string("never"))
    );
    if (answer.gap.from == answer.gap.to) {
        lines.emplace_back("no gap");
        return lines;
    }
    lines.push_back(
        "gap " + local_text(answer.gap.from, zone) + " to " + local_text(answer.gap.to, zone) +
        (answer.gap.capped ? ", capped at 48 h" : "")
    );
    return lines;
}

cli::Context::View view_of(
    const app::GapFetched& fetched, const std::optional<Money>& cost, const std::string& currency
) {
    const auto& answer = fetched.gap;
    cli::Context::View view;
    view.columns = {
        {"start", "START"},
        {"end", "END"},
        {"wh", "WH", true},
        {"quality", "QUALITY"},
    };
    view.heading = heading(answer);
    view.footing = {
        std::to_string(answer.covered) + " of " + std::to_string(answer.intervals.size()) +
        " intervals covered by on-demand reads, " + meter::kwh_text(answer.total_wh) + " kWh" +
        (cost ? ", " + format_money(*cost) + ' ' + currency : "")};
    if (const auto& request = fetched.request) {
        view.footing.push_back(
            "request " + request->id + ": " + std::string(to_string(request->state)) +
            (fetched.shared ? ", shared with another inquiry" : "") +
            (request->message.empty() ? "" : "; " + request->message)
        );
    }
    return view;
}

std::string currency_of(const cli::Context& context) {
    return context.settings.text("prepay.currency");
}

app::GapQuestion question_of(const GapOptions& options, const cli::Context& context) {
    app::GapQuestion question;
    question.meter = options.meter->text();
    question.at = options.at.value_or(context.clock.now());
    question.asker = context.settings.text("identity.provider_of_record");
    return question;
}

Exit look(const GapOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto question = question_of(options, context);
    const auto terms = market_terms(context);
    app::GapFetched seen;
    std::optional<market::Quota> quota;
    std::optional<Money> cost;
    store.read([&] {
        seen.gap = context.must(app::usage_gap(store, question));
        cost = app::gap_cost(store, seen.gap);
        if (terms) {
            quota = app::quota_of(
                store, *terms, question.meter, app::RequestKind::read, context.clock.now()
            );
        }
    });
    context.print(to_json(seen, quota, cost), view_of(seen, cost, currency_of(context)));
    return Exit::done;
}

Exit fetch(const GapOptions& options, cli::Context& context) {
    cli::Json body;
    body["meter"] = options.meter->text();
    body["at"] = cli::instant_json(options.at);
    body["resume"] = cli::text_json(options.resume);
    const auto ask = [&](app::MarketLink& link, std::chrono::seconds wait) {
        const app::GapFetch fetch{question_of(options, context), options.resume, wait};
        auto fetched = context.must(app::fetch_gap(link, fetch));
        std::optional<Money> cost;
        context.store().read([&] { cost = app::gap_cost(context.store(), fetched.gap); });
        return QuestionAnswer{
            .root = to_json(fetched, fetched.quota, cost),
            .view = view_of(fetched, cost, currency_of(context)),
            .request = fetched.request ? fetched.request->id : "",
            .interrupted = fetched.interrupted,
            .ended = std::move(fetched.ended)};
    };
    return ask_market(context, options, *options.meter, body, ask);
}

Exit run(const GapOptions& options, cli::Context& context) {
    const bool ask = options.fetch || options.resume;
    return ask && !context.globals.dry_run ? fetch(options, context) : look(options, context);
}

}  // namespace

cli::Command usage_gap_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"usage", "gap"};
    spec.summary = "show the non-VEE hours since the last settlement";
    spec.description =
        "Shows the time between the last settled (VEE) interval and a customer's question, at most "
        "48 hours, and what on-demand reads cover of it. Only the provider of record may ask. With "
        "--fetch the market is asked for what is missing, within its quota of reads.";
    spec.words = {
        words::meter(&GapOptions::meter),
        bind(
            {.name = "--at", .value = "INSTANT", .help = "time of the question; default now"},
            &GapOptions::at
        ),
        bind(
            {.name = "--fetch", .help = "ask the market for the missing hours"}, &GapOptions::fetch
        ),
    };
    words::add_question<GapOptions>(spec.words);
    spec.fields = {
        {"meter", "string", "the meter"},
        {"provider_of_record", "string", "who may ask", true},
        {"last_vee_end", "instant", "end of the last settled interval", true},
        {"asked_at", "instant", "time of the question"},
        {"gap_from", "instant", "beginning of the gap"},
        {"gap_to", "instant", "its end, cut to a whole interval"},
        {"capped", "boolean", "true when the gap is longer than 48 h"},
        {"gap_intervals", "integer", "intervals in the gap"},
        {"covered_intervals", "integer", "of these, with an on-demand value"},
        {"missing_intervals", "integer", "of these, without"},
        {"total_wh", "integer", "energy of the covered intervals"},
        {"estimated_cost",
         "money",
         "of that energy, at the account's tariff; null without one",
         true},
        {"items[].start", "instant", "beginning of the interval"},
        {"items[].end", "instant", "its end"},
        {"items[].wh", "integer", "energy; null when missing", true},
        {"items[].quality", "string", "raw or missing"},
        {"items[].layer", "string", "raw; null when missing", true},
    };
    add_market_fields(spec.fields);
    spec.fields.push_back(
        {"request.shared", "boolean", "true when another inquiry had made the request", true}
    );
    spec.examples = {
        {"usagectl usage gap 10443720000000001", "what is known since the last posting"},
        {"usagectl usage gap 10443720000000001 --at 2026-11-20T14:00:00Z", "as of a call"},
        {"usagectl usage gap 10443720000000001 --fetch", "ask the market for the hours since then"},
    };
    spec.exits = {
        {Exit::not_found, "the meter is unknown"},
        {Exit::refused, "the asker is not the provider of record, or the quota is used"},
        {Exit::unavailable, "no market is configured, or it does not answer, or not yet"},
        {Exit::interrupted, "stopped while waiting; --resume goes on"},
    };
    spec.changes = true;
    return cli::command<GapOptions>(std::move(spec), run);
}

}  // namespace usagectl
