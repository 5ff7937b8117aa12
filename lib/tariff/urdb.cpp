// SPDX-License-Identifier: MIT
#include "tariff/urdb.hpp"

#include <algorithm>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "base/number.hpp"
#include "tariff/urdb_parts.hpp"

namespace usagectl::tariff {

namespace {

struct Refused {
    std::string message;
};

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (const char c : text.substr(0, 80)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f)
            out += c == '"' || c == '\\' ? '\'' : c;
    }
    return out + "\"";
}

std::string word_of(std::string_view name) {
    std::string word;
    for (const char c : name) {
        const bool digit = c >= '0' && c <= '9';
        const bool upper = c >= 'A' && c <= 'Z';
        if (digit || upper || (c >= 'a' && c <= 'z'))
            word += upper ? static_cast<char>(c - 'A' + 'a') : c;
        else if (!word.empty() && word.back() != '-')
            word += '-';
    }
    word.resize(std::min<std::size_t>(word.size(), 64));
    while (!word.empty() && word.back() == '-')
        word.pop_back();
    return word.empty() ? "urdb" : word;
}

class Conversion {
public:
    explicit Conversion(const UrdbRate& rate)
        : rate_(rate) {}

    UrdbTariff run() {
        if (rate_.energy.empty())
            throw Refused{"the rate has no energyratestructure"};
        find_used();
        write_head();
        if (periods_.size() > 1)
            write_schedules(*rate_.weekday, *rate_.weekend, out_.toml);
        for (const auto period : periods_)
            write_energy(period);
        write_fixed();
        write_minimum();
        return std::move(out_);
    }

private:
    void line(const std::string& text) { out_.toml += text + "\n"; }
    void leave_out(std::string field, std::string reason) {
        out_.left_out.push_back({std::move(field), std::move(reason)});
    }
    static std::string field_of(std::size_t period, std::size_t tier) {
        return "energyratestructure[" + std::to_string(period) + "][" + std::to_string(tier) + "]";
    }

    // Which periods any hour uses, in the order of the rate.
    void find_used() {
        if (rate_.weekday.has_value() != rate_.weekend.has_value())
            throw Refused{"the rate has hours for weekdays or for weekends alone"};
        if (!rate_.weekday) {
            if (rate_.energy.size() > 1)
                throw Refused{"the rate has several periods and no hours for them"};
            periods_ = {0};
            return;
        }
        for (const auto* hours : {&*rate_.weekday, &*rate_.weekend}) {
            for (const auto& month : *hours)
                periods_.insert(periods_.end(), month.begin(), month.end());
        }
        std::sort(periods_.begin(), periods_.end());
        periods_.erase(std::unique(periods_.begin(), periods_.end()), periods_.end());
        if (periods_.back() >= rate_.energy.size()) {
            throw Refused{
                "an hour has period " + std::to_string(periods_.back()) + ", and there are " +
                std::to_string(rate_.energy.size())};
        }
        for (std::size_t at = 0; at < rate_.energy.size(); ++at) {
            if (!std::binary_search(periods_.begin(), periods_.end(), at))
                leave_out("energyratestructure[" + std::to_string(at) + "]", "no hour uses it");
        }
    }

    void write_head() {
        line(
            "# From the U.S. Utility Rate Database" +
            (rate_.label.empty() ? std::string() : ", label " + word_of(rate_.label)) + "."
        );
        const auto title = rate_.name.empty() ? "urdb" : rate_.name;
        line("name = \"" + word_of(rate_.utility + " " + title) + "\"");
        const auto shown = in_quotes(title);
        line("title = " + (shown.size() > 2 ? shown : in_quotes("urdb")));
        LocalDay effective{};
        if (rate_.startdate && *rate_.startdate >= 0 && *rate_.startdate < 4'000'000'000) {
            const auto day = std::chrono::floor<std::chrono::days>(instant(*rate_.startdate));
            effective = LocalDay(day.time_since_epoch());
        } else {
            leave_out("startdate", "there is none: effective is 1970-01-01, correct it");
        }
        line("effective = " + format_day(effective));
        line("currency = \"USD\"");
    }

    // A decimal of the file as a price, exact to nine decimals.
    Rate price(const std::optional<std::string>& text, const std::string& field) {
        if (!text)
            return {};
        const auto plain = plain_decimal(*text);
        const auto scaled = plain ? parse_scaled(*plain, 9) : std::nullopt;
        if (!scaled || scaled->value >= 1'000'000'000'000'000 ||
            scaled->value <= -1'000'000'000'000'000)
            throw Refused{field + " is no price: " + *text};
        if (scaled->inexact)
            leave_out(field, *text + " was rounded to nine decimals");
        return Rate::from_nano(scaled->value);
    }

    Rate energy_price(const UrdbTier& tier, const std::string& field) {
        const auto sum =
            price(tier.rate, field + ".rate").nano() + price(tier.adj, field + ".adj").nano();
        if (sum < 0) {
            leave_out(
                field,
                "rate and adj come to " + format_rate(Rate::from_nano(sum)) +
                    ", below zero: 0.00 stands instead"
            );
            return {};
        }
        return Rate::from_nano(sum);
    }

    void write_energy(std::size_t period) {
        const auto& tiers = rate_.energy[period];
        if (tiers.empty())
            throw Refused{"energyratestructure[" + std::to_string(period) + "] is empty"};
        const bool named = periods_.size() > 1;
        line("\n[[energy]]");
        line("name = \"Energy" + (named ? " " + urdb_period(period) : "") + "\"");
        if (named)
            line("periods = \"" + urdb_period(period) + "\"");
        write_tiers(period, tiers);
        const auto sell = price(tiers[0].sell, field_of(period, 0) + ".sell");
        for (std::size_t at = 1; at < tiers.size(); ++at) {
            if (tiers[at].sell && tiers[at].sell != tiers[0].sell)
                leave_out(field_of(period, at) + ".sell", "a credit has no tiers here");
        }
        if (sell.nano() > 0) {
            line("\n[[generation]]");
            line("name = \"Credit" + (named ? " " + urdb_period(period) : "") + "\"");
            if (named)
                line("periods = \"" + urdb_period(period) + "\"");
            line("per_kwh = \"" + format_rate(sell) + "\"");
        }
    }

    // The limits of tiers in Wh, ascending; as many as have one that means usage of the cycle.
    std::vector<std::int64_t> limits_of(std::size_t period, const std::vector<UrdbTier>& tiers) {
        std::vector<std::int64_t> limits;
        for (std::size_t at = 0; at + 1 < tiers.size(); ++at) {
            const auto field = field_of(period, at);
            const auto plain = tiers[at].max ? plain_decimal(*tiers[at].max) : std::nullopt;
            const auto wh = plain ? parse_scaled(*plain, 3) : std::nullopt;
            const bool usage = tiers[at].unit.empty() || tiers[at].unit == "kWh";
            if (!usage || !wh || wh->inexact || wh->value >= 1'000'000'000'000 ||
                wh->value <= (limits.empty() ? 0 : limits.back())) {
                leave_out(
                    field,
                    usage ? "its limit is none: the tiers after it are left out"
                          : "a limit in " + tiers[at].unit +
                                " is not one of the cycle's usage: "
                                "the tiers after it are left out"
                );
                break;
            }
            limits.push_back(wh->value);
        }
        return limits;
    }

    void write_tiers(std::size_t period, const std::vector<UrdbTier>& tiers) {
        const auto limits = limits_of(period, tiers);
        if (limits.empty()) {
            line("per_kwh = \"" + format_rate(energy_price(tiers[0], field_of(period, 0))) + "\"");
            return;
        }
        if (tiers[limits.size()].max)
            leave_out(field_of(period, limits.size()) + ".max", "the last tier has no limit here");
        if (periods_.size() > 1) {
            leave_out(
                "energyratestructure[" + std::to_string(period) + "]",
                "its tiers count the usage of all periods of the cycle here"
            );
        }
        line("tiers = [");
        for (std::size_t at = 0; at <= limits.size(); ++at) {
            const auto limit = at < limits.size()
                                   ? "up_to_kwh = \"" + std::to_string(limits[at] / 1000) + "." +
                                         std::to_string(1000 + limits[at] % 1000).substr(1) + "\", "
                                   : std::string();
            line(
                "    { " + limit + "per_kwh = \"" +
                format_rate(energy_price(tiers[at], field_of(period, at))) + "\" },"
            );
        }
        line("]");
    }

    // A charge by the month or year, spread over days of equal weight.
    void write_fixed() {
        const std::string field = "fixedchargefirstmeter";
        const auto amount = price(rate_.fixed, field);
        if (amount.nano() == 0)
            return;
        const auto& unit = rate_.fixed_unit;
        auto per_day = amount;
        if (unit != "$/day") {
            const bool month = unit.empty() || unit == "$/month";
            if ((!month && unit != "$/year") || amount.nano() < 0) {
                leave_out(field, *rate_.fixed + " " + unit + " has no place in a tariff here");
                return;
            }
            per_day = Rate::from_nano(static_cast<std::int64_t>(
                divide(Int128{amount.nano()} * (month ? 12 : 1), 365, Rounding::half_even)
            ));
            leave_out(
                field,
                *rate_.fixed + (month ? " a month" : " a year") + " became " +
                    format_rate(per_day) + " a day" +
                    (month ? ", twelve months over 365 days" : ", a year over 365 days")
            );
        }
        line("\n[[fixed]]");
        line("name = \"Fixed charge\"");
        line("per_day = \"" + format_rate(per_day) + "\"");
    }

    void write_minimum() {
        const auto least = price(rate_.minimum, "mincharge");
        if (least.nano() == 0)
            return;
        const bool cents = least.nano() > 0 && least.nano() % 10'000'000 == 0;
        if (rate_.minimum_unit != "$/day" || !cents) {
            leave_out(
                "mincharge",
                *rate_.minimum + " " +
                    (rate_.minimum_unit.empty() ? "$/month" : rate_.minimum_unit) +
                    ": the least charge here is one for a day, in whole cents"
            );
            return;
        }
        line("\n[minimum]");
        line("name = \"Minimum charge\"");
        line("per_day = \"" + format_rate(least) + "\"");
    }

    const UrdbRate& rate_;
    UrdbTariff out_;
    std::vector<std::size_t> periods_;
};

}  // namespace

Result<UrdbTariff> convert_urdb(const UrdbRate& rate) {
    try {
        return Conversion(rate).run();
    } catch (const Refused& refused) {
        return refuse(Exit::rejected, "urdb_malformed", refused.message);
    }
}

}  // namespace usagectl::tariff
