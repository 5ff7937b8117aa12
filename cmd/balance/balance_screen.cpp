// SPDX-License-Identifier: MIT
#include "app/names.hpp"
#include "balance/balance_answer.hpp"

namespace usagectl {

namespace {

// Wall-clock time where the customer lives: "2026-11-20 08:00".
std::string local_text(Instant at, const Zone& zone) {
    const auto local = zone.local(at);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto minutes = std::chrono::floor<std::chrono::minutes>(local - day).count();
    const auto two = [](std::int64_t number) { return std::to_string(100 + number).substr(1); };
    return format_day(day) + " " + two(minutes / 60) + ":" + two(minutes % 60);
}

std::string local_text(const std::optional<Instant>& at, const Zone& zone) {
    return at ? local_text(*at, zone) : "never";
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

std::string right(const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string days_text(const account::Forecast& forecast) {
    const auto count = [](std::int64_t days) {
        return std::to_string(days) + (days == account::most_days_left ? " or more" : "");
    };
    std::string text = count(forecast.days_left) + (forecast.days_left == 1 ? " day" : " days");
    text += " left";
    if (forecast.days_left_low != forecast.days_left_high)
        text +=
            " (" + count(forecast.days_left_low) + " to " + count(forecast.days_left_high) + ")";
    return text;
}

void add_parts(const app::BalanceAnswer& answer, std::vector<std::string>& lines) {
    constexpr std::size_t width = 12;
    const auto& parts = answer.parts;
    const auto line = [&](std::string_view name, Money amount, const std::string& from) {
        lines.push_back(
            "  " + padded(std::string(name), 22) + right(format_money(amount), width) + "  " + from
        );
    };
    const auto& zone = *answer.then.zone;
    const auto& through = answer.then.charged_through;
    line(
        "posted",
        parts.posted,
        through ? "charged through " + format_day(*through) : std::string("nothing is charged yet")
    );
    line(
        "settled, not charged",
        -parts.uncharged,
        "read through " + local_text(answer.uncharged.vee_through, zone)
    );
    line(
        "estimate for the gap",
        -parts.gap_estimate,
        "on demand through " + local_text(answer.uncharged.raw_through, zone)
    );
}

void add_payments(const BalanceShown& shown, std::vector<std::string>& lines) {
    const auto& then = shown.answer.then;
    lines.emplace_back("last payments");
    for (const auto& [payment, reversed] : shown.recent.payments) {
        lines.push_back(
            "  " + local_text(payment.at, *then.zone) + right(format_money(payment.amount), 12) +
            "  " + std::string(account::to_string(payment.method)) + "  " +
            app::name_of(app::Named::payment, then.known.account.id, payment.id) +
            (reversed ? "  taken back" : "")
        );
    }
    if (shown.recent.payments.empty())
        lines.emplace_back("  none");
}

void add_orders(const BalanceShown& shown, std::vector<std::string>& lines) {
    const auto& then = shown.answer.then;
    lines.emplace_back("open orders");
    for (const auto& order : shown.recent.orders) {
        lines.push_back(
            "  " + local_text(order.created_at, *then.zone) + "  " +
            std::string(account::to_string(order.kind)) +
            (order.due_at ? ", due " + local_text(*order.due_at, *then.zone) : "") + "  " +
            app::name_of(app::Named::order, then.known.account.id, order.id)
        );
    }
    if (shown.recent.orders.empty())
        lines.emplace_back("  none");
}

void add_notices(const BalanceShown& shown, std::vector<std::string>& lines) {
    const auto& then = shown.answer.then;
    lines.emplace_back("last notices");
    for (const auto& notice : shown.recent.notices) {
        lines.push_back(
            "  " + local_text(notice.created_at, *then.zone) + "  " +
            std::string(account::to_string(notice.type)) + "  " +
            app::name_of(app::Named::notice, then.known.account.id, notice.id)
        );
    }
    if (shown.recent.notices.empty())
        lines.emplace_back("  none");
}

}  // namespace

std::string balance_sentence(const BalanceShown& shown, const std::string& currency) {
    const auto& answer = shown.answer;
    std::string text = local_text(answer.then.moment.as_of, *answer.then.zone) + "  " +
                       std::string(account::to_string(answer.then.status)) + "  " +
                       format_money(answer.parts.balance()) + " " + currency;
    if (answer.forecast)
        text += ", " + days_text(*answer.forecast);
    return text;
}

std::vector<std::string> balance_screen(const BalanceShown& shown, const std::string& currency) {
    const auto& answer = shown.answer;
    const auto& then = answer.then;
    std::vector<std::string> lines;
    lines.push_back(
        then.known.account.id + "  " + then.known.account.name + "  " +
        std::string(account::to_string(then.status))
    );
    std::string balance = "balance " + format_money(answer.parts.balance()) + " " + currency;
    if (const auto& forecast = answer.forecast) {
        balance +=
            ", " + days_text(*forecast) + " at " + format_money(forecast->per_day) + " a day";
        if (forecast->depletes_on)
            balance += ", until " + format_day(*forecast->depletes_on);
    }
    lines.push_back(balance);
    add_parts(answer, lines);
    std::string when = "as of " + local_text(then.moment.as_of, *then.zone);
    if (then.moment.as_of != then.moment.known_at || answer.reproduced)
        when += ", known at " + local_text(then.moment.known_at, *then.zone);
    lines.push_back(when + (shown.quoted_id ? ", kept as " + *shown.quoted_id : ""));
    add_payments(shown, lines);
    add_orders(shown, lines);
    add_notices(shown, lines);
    return lines;
}

}  // namespace usagectl
