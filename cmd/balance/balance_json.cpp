// SPDX-License-Identifier: MIT
#include "app/names.hpp"
#include "balance/balance_answer.hpp"
#include "cli/json_values.hpp"

namespace usagectl {

namespace {

using cli::Json;

Json parts_json(const app::BalanceParts& parts) {
    return {
        {"posted", format_money(parts.posted)},
        {"vee_uncharged", format_money(parts.uncharged)},
        {"gap_estimate", format_money(parts.gap_estimate)},
    };
}

Json quality_json(const app::BalanceAnswer& answer) {
    const auto& sum = answer.uncharged;
    return {
        {"posted",
         {{"vee_wh", answer.charged.vee_wh},
          {"raw_wh", answer.charged.raw_wh},
          {"estimated_wh", answer.charged.estimated_wh}}},
        {"vee_uncharged",
         {{"actual_wh", sum.vee_actual_wh}, {"estimated_wh", sum.vee_estimated_wh}}},
        {"gap_estimate",
         {{"raw_wh", sum.raw_wh},
          {"estimated_wh", sum.estimated_wh},
          {"estimated_intervals", sum.estimated_intervals}}},
    };
}

Json forecast_json(const std::optional<account::Forecast>& forecast) {
    if (!forecast) {
        return {
            {"per_day", nullptr},
            {"days_left", nullptr},
            {"days_left_low", nullptr},
            {"days_left_high", nullptr},
            {"depletes_on", nullptr},
        };
    }
    return {
        {"per_day", format_money(forecast->per_day)},
        {"days_left", forecast->days_left},
        {"days_left_low", forecast->days_left_low},
        {"days_left_high", forecast->days_left_high},
        {"depletes_on", cli::day_json(forecast->depletes_on)},
    };
}

Json payments_json(const std::string& id, const std::vector<app::Recent::Paid>& payments) {
    auto list = Json::array();
    for (const auto& [payment, reversed] : payments) {
        list.push_back({
            {"payment", app::name_of(app::Named::payment, id, payment.id)},
            {"at", format_instant(payment.at)},
            {"method", account::to_string(payment.method)},
            {"amount", format_money(payment.amount)},
            {"reversed", reversed},
        });
    }
    return list;
}

Json open_orders_json(const std::string& id, const std::vector<app::ServiceOrder>& orders) {
    auto list = Json::array();
    for (const auto& order : orders) {
        list.push_back({
            {"order", app::name_of(app::Named::order, id, order.id)},
            {"kind", account::to_string(order.kind)},
            {"created_at", format_instant(order.created_at)},
            {"due_at", cli::instant_json(order.due_at)},
        });
    }
    return list;
}

Json notices_json(const std::string& id, const std::vector<app::Notice>& notices) {
    auto list = Json::array();
    for (const auto& notice : notices) {
        list.push_back({
            {"notice", app::name_of(app::Named::notice, id, notice.id)},
            {"type", account::to_string(notice.type)},
            {"created_at", format_instant(notice.created_at)},
        });
    }
    return list;
}

app::BalanceLine line_of(const app::BalanceAnswer& answer) {
    const auto& then = answer.then;
    app::BalanceLine line{then.status, then.posted, then.charged_through, std::nullopt};
    if (answer.forecast)
        line.days_left = answer.forecast->days_left;
    return line;
}

}  // namespace

Json balance_json(const BalanceShown& shown, const std::string& currency) {
    const auto& answer = shown.answer;
    const auto& then = answer.then;
    const auto& id = then.known.account.id;
    Json root;
    root["account"] = id;
    root["status"] = account::to_string(then.status);
    root["currency"] = currency;
    root["balance"] = format_money(answer.parts.balance());
    root["parts"] = parts_json(answer.parts);
    root["as_of"] = format_instant(then.moment.as_of);
    root["known_at"] = format_instant(then.moment.known_at);
    root["data_through"] = {
        {"vee", cli::instant_json(answer.uncharged.vee_through)},
        {"raw", cli::instant_json(answer.uncharged.raw_through)},
    };
    root["forecast"] = forecast_json(answer.forecast);
    root["quality"] = quality_json(answer);
    root["payments"] = payments_json(id, shown.recent.payments);
    root["orders"] = open_orders_json(id, shown.recent.orders);
    root["notices"] = notices_json(id, shown.recent.notices);
    root["quoted_id"] = cli::text_json(shown.quoted_id);
    root["items"] = Json::array({line_json(then.known, line_of(answer))});
    return root;
}

Json no_balance_json(const std::string& currency) {
    Json root;
    root["account"] = nullptr;
    root["status"] = nullptr;
    root["currency"] = currency;
    root["balance"] = nullptr;
    root["parts"] = {{"posted", nullptr}, {"vee_uncharged", nullptr}, {"gap_estimate", nullptr}};
    root["as_of"] = nullptr;
    root["known_at"] = nullptr;
    root["data_through"] = {{"vee", nullptr}, {"raw", nullptr}};
    root["forecast"] = forecast_json(std::nullopt);
    root["quality"] = {
        {"posted", {{"vee_wh", nullptr}, {"raw_wh", nullptr}, {"estimated_wh", nullptr}}},
        {"vee_uncharged", {{"actual_wh", nullptr}, {"estimated_wh", nullptr}}},
        {"gap_estimate",
         {{"raw_wh", nullptr}, {"estimated_wh", nullptr}, {"estimated_intervals", nullptr}}},
    };
    root["payments"] = Json::array();
    root["orders"] = Json::array();
    root["notices"] = Json::array();
    root["quoted_id"] = nullptr;
    return root;
}

Json line_json(const app::KnownAccount& known, const app::BalanceLine& line) {
    Json item;
    item["account"] = known.account.id;
    item["name"] = known.account.name;
    item["status"] = account::to_string(line.status);
    item["posted"] = format_money(line.posted);
    item["charged_through"] = cli::day_json(line.charged_through);
    item["days_left"] = line.days_left ? Json(*line.days_left) : Json(nullptr);
    return item;
}

std::vector<cli::Field> balance_fields() {
    return {
        {"account", "string", "the account's number; null with --all, as all below to items", true},
        {"status", "string", "pending, paid, active, past_due, suspended or closed", true},
        {"currency", "string", "ISO 4217 code of every amount"},
        {"balance", "money", "posted less vee_uncharged less gap_estimate", true},
        {"parts.posted", "money", "payments, charges and all other entries", true},
        {"parts.vee_uncharged", "money", "settled usage behind the last charge", true},
        {"parts.gap_estimate", "money", "the hours without settled readings", true},
        {"as_of", "instant", "the time the balance is of", true},
        {"known_at", "instant", "what was known by then counts", true},
        {"data_through.vee", "instant", "end of the last settled reading", true},
        {"data_through.raw", "instant", "end of the last on-demand reading", true},
        {"forecast.per_day", "money", "expected cost of a day; null: too little is known", true},
        {"forecast.days_left", "integer", "ends of days with money left; at most 365", true},
        {"forecast.days_left_low", "integer", "the same if every day is dear", true},
        {"forecast.days_left_high", "integer", "the same if every day is cheap", true},
        {"forecast.depletes_on", "date", "the day the money ends", true},
        {"quality.posted.vee_wh", "integer", "charged in this cycle by settled readings", true},
        {"quality.posted.raw_wh", "integer", "by on-demand readings", true},
        {"quality.posted.estimated_wh", "integer", "by estimates", true},
        {"quality.vee_uncharged.actual_wh", "integer", "settled, as measured", true},
        {"quality.vee_uncharged.estimated_wh", "integer", "settled, estimated there", true},
        {"quality.gap_estimate.raw_wh", "integer", "read on demand", true},
        {"quality.gap_estimate.estimated_wh", "integer", "estimated here", true},
        {"quality.gap_estimate.estimated_intervals", "integer", "how many intervals of it", true},
        {"payments[].payment", "string", "one of the last three payments, newest first"},
        {"payments[].at", "instant", "when it was received"},
        {"payments[].method", "string", "how it was paid"},
        {"payments[].amount", "money", "what was paid"},
        {"payments[].reversed", "boolean", "true: it was taken back"},
        {"orders[].order", "string", "an order that is not decided"},
        {"orders[].kind", "string", "activate, suspend, reconnect, change or recharge"},
        {"orders[].created_at", "instant", "when it was made"},
        {"orders[].due_at", "instant", "to be done by then", true},
        {"notices[].notice", "string", "one of the last three notices, newest first"},
        {"notices[].type", "string", "low_balance, daily, suspend, recharge or limit"},
        {"notices[].created_at", "instant", "when it was made"},
        {"quoted_id", "string", "the name this answer is kept under; null: it is not", true},
        {"items[].account", "string", "the account's number"},
        {"items[].name", "string", "the customer's name"},
        {"items[].status", "string", "as above"},
        {"items[].posted", "money", "posted balance"},
        {"items[].charged_through", "date", "the last day that is charged", true},
        {"items[].days_left", "integer", "that the balance will last", true},
    };
}

}  // namespace usagectl
