// SPDX-License-Identifier: MIT
// usagectl tariff quote: what a tariff would charge a meter for its usage, line by line.
#include "app/tariff_quote.hpp"
#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "meter/kwh.hpp"
#include "meter/words.hpp"
#include "tariff/commands.hpp"
#include "tariff/quote_text.hpp"
#include "tariff/words.hpp"
#include "usage/answer.hpp"

namespace usagectl {

// EVENT[:METHOD][=COUNT]
template <>
struct cli::Parse<app::QuotedEvent> {
    static Result<app::QuotedEvent> from(std::string_view text) {
        app::QuotedEvent asked;
        const auto equals = text.find('=');
        if (equals != std::string_view::npos) {
            const auto count = cli::parse_between(text.substr(equals + 1), 1, 1'000'000);
            if (!count)
                return tl::unexpected(count.error());
            asked.count = *count;
        }
        const auto name = text.substr(0, equals);
        const auto colon = name.find(':');
        asked.event = name.substr(0, colon);
        if (colon != std::string_view::npos)
            asked.method = name.substr(colon + 1);
        if (asked.event.empty() || (colon != std::string_view::npos && asked.method.empty())) {
            return refuse(
                Exit::usage,
                "malformed_fee",
                quoted(text) + " is no event",
                "write setup, reconnect, notification or notification:sms, then =COUNT for several"
            );
        }
        return asked;
    }
};

namespace {

struct QuoteOptions {
    std::string tariff;
    std::optional<meter::MeterId> meter;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
    std::vector<std::string> options;
    std::vector<std::string> exemptions;
    std::vector<app::QuotedEvent> fees;
    std::optional<std::string> pca;
    std::int64_t cycle_day = 1;
    bool explain = false;
};

app::QuoteQuestion make_question(const QuoteOptions& options, cli::Context& context) {
    app::QuoteQuestion question;
    question.tariff = options.tariff;
    question.meter = options.meter->text();
    question.from = options.from;
    question.to = options.to;
    question.options = options.options;
    question.exemptions = options.exemptions;
    question.fees = options.fees;
    if (options.pca)
        question.pca = context.must(parse_rate(*options.pca, Sign::allowed));
    question.cycle_day = options.cycle_day;
    question.explain = options.explain;
    return question;
}

cli::Json line_json(const app::QuotedLine& quoted, const Zone& zone) {
    const auto& line = quoted.line;
    const auto& component = quoted.component();
    const bool energy = component.basis == tariff::Basis::per_kwh;
    const bool counts_lines =
        component.kind == tariff::Kind::minimum || component.basis == tariff::Basis::percent;
    cli::Json json;
    json["date"] = format_day(quoted.day);
    json["version"] = quoted.version->number;
    json["component"] = component.name;
    json["kind"] = to_string(component.kind);
    json["jurisdiction"] = cli::name_json(component.jurisdiction);
    json["tier"] = component.tiers.size() > 1 ? cli::Json(line.tier + 1) : cli::Json(nullptr);
    json["wh"] = energy ? cli::Json(line.wh) : cli::Json(nullptr);
    json["quantity"] = line.quantity > 0 ? cli::Json(line.quantity) : cli::Json(nullptr);
    json["base"] = counts_lines ? cli::Json(format_money(line.base)) : cli::Json(nullptr);
    json["unit"] = to_string(component.basis);
    json["rate"] = format_rate(line.rate);
    json["rounding"] = to_string(quoted.version->plan.tariff().rounding);
    json["amount"] = format_money(line.amount);
    json["missing_intervals"] = line.missing;
    json["intervals"] = cli::Json::array();
    for (const auto& part : quoted.parts) {
        json["intervals"].push_back({
            {"start", format_instant(part.start)},
            {"local", local_text(part.start, zone)},
            {"period", cli::name_json(part.period)},
            {"wh", part.wh},
        });
    }
    return json;
}

cli::Json to_json(const app::Quote& quote, const QuoteOptions& options) {
    cli::Json root;
    root["tariff"] = options.tariff;
    root["meter"] = quote.meter.id;
    root["timezone"] = quote.meter.timezone;
    root["from"] = format_day(quote.from);
    root["to"] = format_day(quote.to);
    root["cycle_day"] = options.cycle_day;
    root["currency"] = quote.currency;
    root["total"] = format_money(quote.total);
    root["total_wh"] = quote.total_wh;
    root["missing_intervals"] = quote.missing_intervals;
    root["missing_before"] = quote.missing_before;
    root["lines"] = cli::Json::array();
    for (const auto& line : quote.lines)
        root["lines"].push_back(line_json(line, *quote.zone));
    return root;
}

std::vector<std::string> footing(const app::Quote& quote) {
    std::vector<std::string> lines{
        "total " + format_money(quote.total) + " " + quote.currency + " for " +
        meter::kwh_text(quote.total_wh) + " kWh"};
    if (quote.missing_intervals > 0) {
        lines.push_back(
            std::to_string(quote.missing_intervals) +
            " intervals have no value and are not charged: the total is incomplete"
        );
    }
    if (quote.missing_before > 0) {
        lines.push_back(
            std::to_string(quote.missing_before) +
            " intervals earlier in the billing cycle have no value: tiers count the rest"
        );
    }
    return lines;
}

Exit run(const QuoteOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto question = make_question(options, context);
    app::Quote quote;
    store.read([&] { quote = context.must(app::quote_tariff(store, question)); });
    cli::Context::View view;
    view.heading = {
        "tariff " + options.tariff + ", meter " + quote.meter.id + ", " + format_day(quote.from) +
        " to " + format_day(quote.to) + ", " + quote.meter.timezone};
    if (options.explain) {
        const auto lines = derivation(quote);
        view.heading.insert(view.heading.end(), lines.begin(), lines.end());
    } else {
        view.columns = {
            {"date", "DATE"},
            {"component", "COMPONENT"},
            {"tier", "TIER", true},
            {"wh", "WH", true},
            {"base", "BASE", true},
            {"rate", "RATE", true},
            {"unit", "PER"},
            {"amount", "AMOUNT", true},
            {"missing_intervals", "MISSING", true},
        };
    }
    view.footing = footing(quote);
    context.print(to_json(quote, options), view);
    return Exit::done;
}

std::vector<cli::Word> quote_words() {
    using cli::bind;
    return {
        words::tariff(&QuoteOptions::tariff),
        words::meter(&QuoteOptions::meter),
        words::from_day(&QuoteOptions::from),
        words::to_day(&QuoteOptions::to),
        bind(
            {.name = "--option",
             .value = "NAME",
             .help = "an option held on every day",
             .repeatable = true},
            &QuoteOptions::options
        ),
        bind(
            {.name = "--exemption",
             .value = "NAME",
             .help = "an exemption held on every day",
             .repeatable = true},
            &QuoteOptions::exemptions
        ),
        bind(
            {.name = "--fee",
             .value = "EVENT[:METHOD][=COUNT]",
             .help = "an event of the first day that costs a fee: reconnect, notification:sms=2",
             .repeatable = true},
            &QuoteOptions::fees
        ),
        bind(
            {.name = "--pca",
             .value = "RATE",
             .help = "actual power cost adjustment per kWh; default the tariff's estimate"},
            &QuoteOptions::pca
        ),
        cli::bind_between(
            {.name = "--cycle-day",
             .value = "N",
             .help = "day of the month on which a billing cycle begins, 1 to 28",
             .default_text = "1"},
            &QuoteOptions::cycle_day,
            1,
            28
        ),
        bind(
            {.name = "--explain", .help = "derive each line, down to the intervals"},
            &QuoteOptions::explain
        ),
    };
}

std::vector<cli::Field> quote_fields() {
    return {
        {"tariff", "string", "the tariff's name"},
        {"meter", "string", "the meter"},
        {"timezone", "string", "the zone that decides its days"},
        {"from", "date", "first local day"},
        {"to", "date", "last local day"},
        {"cycle_day", "integer", "day of the month on which a billing cycle begins"},
        {"currency", "string", "ISO 4217 code of every amount"},
        {"total", "money", "the exact sum of the lines"},
        {"total_wh", "integer", "consumption that is charged"},
        {"missing_intervals", "integer", "intervals without a value: charged in no line"},
        {"missing_before",
         "integer",
         "the same earlier in the billing cycle, where a tier depends on it"},
        {"lines[].date", "date", "the local day"},
        {"lines[].version", "integer", "version of the tariff that holds on it"},
        {"lines[].component", "string", "what is charged for"},
        {"lines[].kind",
         "string",
         "energy, delivery, pca, fixed, option, generation, minimum, fee or tax"},
        {"lines[].jurisdiction", "string", "who imposes or regulates it", true},
        {"lines[].tier", "integer", "from 1, where there are tiers", true},
        {"lines[].wh", "integer", "energy charged, where the rate is per kWh", true},
        {"lines[].quantity", "integer", "days or events, where the rate is for those", true},
        {"lines[].base", "money", "what a tax or a minimum counts", true},
        {"lines[].unit", "string", "what the rate is per: kWh, day, each or percent"},
        {"lines[].rate", "money", "the price, or the percentage"},
        {"lines[].rounding", "string", "how the line was rounded to the cent"},
        {"lines[].amount", "money", "negative for a credit"},
        {"lines[].missing_intervals",
         "integer",
         "intervals without a value in its hours, or in the lines it counts"},
        {"lines[].intervals[].start", "instant", "beginning of an interval; with --explain"},
        {"lines[].intervals[].local", "string", "the same on the meter's wall clock"},
        {"lines[].intervals[].period", "string", "period of the day it begins in", true},
        {"lines[].intervals[].wh", "integer", "its energy in this line"},
    };
}

}  // namespace

cli::Command tariff_quote_command() {
    cli::Spec spec;
    spec.path = {"tariff", "quote"};
    spec.summary = "show what a tariff charges for a meter's usage";
    spec.description =
        "Charges the best known value of every interval, day by day, each day by the version that "
        "holds on it, as the nightly charge does. An interval without a value is charged in no "
        "line and counted. Nothing is stored.";
    spec.words = quote_words();
    spec.fields = quote_fields();
    spec.item_list = "lines";
    spec.examples = {
        {"usagectl tariff quote home-flat 10443720000000001 --from 2026-11-01 --to 2026-11-02",
         "two days"},
        {"usagectl tariff quote home-flat 10443720000000001 --fee reconnect --fee "
         "notification:sms=2",
         "with a reconnection and two text messages"},
        {"usagectl tariff quote home-flat 10443720000000001 --from 2026-11-01 --to 2026-11-01 "
         "--explain",
         "where each line comes from"},
    };
    spec.exits = {
        {Exit::usage, "the tariff has no such option, exemption or fee"},
        {Exit::not_found, "the tariff or the meter is unknown, or the meter has no usage"},
        {Exit::refused, "the tariff does not hold on one of the days"},
    };
    return cli::command<QuoteOptions>(std::move(spec), run);
}

}  // namespace usagectl
