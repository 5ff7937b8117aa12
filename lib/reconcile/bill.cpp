// SPDX-License-Identifier: MIT
#include "reconcile/bill.hpp"

namespace usagectl::reconcile {

namespace {

constexpr std::int64_t wh_per_kwh = 1000;
constexpr std::int64_t most_reading_wh = 1'000'000'000'000;  // nine digits of kWh

tl::unexpected<Error> reject(std::string_view code, std::string message, std::string hint = {}) {
    return refuse(Exit::rejected, code, std::move(message), std::move(hint));
}

bool fits(std::int64_t used_wh, std::int64_t wh, std::int64_t multiplier) {
    const auto apart = used_wh > wh ? used_wh - wh : wh - used_wh;
    return apart < wh_per_kwh * multiplier;
}

// A register has 4 to 9 digits before the point; which, its reading does not tell.
bool fits_after_overflow(const Bill& bill, std::int64_t multiplier) {
    for (std::int64_t round = 10'000'000; round <= 1'000'000'000'000; round *= 10) {
        if (*bill.begin_wh < round &&
            fits((round - *bill.begin_wh + *bill.end_wh) * multiplier, bill.wh, multiplier))
            return true;
    }
    return false;
}

Result<void> check_readings(const Bill& bill, std::int64_t multiplier) {
    if (!bill.begin_wh || !bill.end_wh)
        return {};
    if (*bill.begin_wh > most_reading_wh || *bill.end_wh > most_reading_wh) {
        return reject(
            "kwh_out_of_range",
            "a register does not go beyond " + kwh_text(most_reading_wh) + " kWh"
        );
    }
    const auto used = (*bill.end_wh - *bill.begin_wh) * multiplier;
    if (fits(used, bill.wh, multiplier))
        return {};
    if (used < 0 && fits_after_overflow(bill, multiplier))
        return {};
    return reject(
        "readings_differ",
        "the readings make " + kwh_text(used) + " kWh, the bill says " + kwh_text(bill.wh),
        "usagectl meter set --multiplier, if the meter's multiplier is not " +
            std::to_string(multiplier)
    );
}

}  // namespace

std::string kwh_text(std::int64_t wh) {
    const bool negative = wh < 0;
    const auto size = negative ? -wh : wh;
    auto text = std::to_string(size / wh_per_kwh);
    if (const auto rest = size % wh_per_kwh; rest != 0) {
        auto digits = std::to_string(wh_per_kwh + rest).substr(1);
        digits.erase(digits.find_last_not_of('0') + 1);
        text += '.' + digits;
    }
    return negative ? '-' + text : text;
}

Result<void> check_bill(const Bill& bill, LocalDay cycle_end, std::int64_t multiplier) {
    if (bill.last != cycle_end) {
        return reject(
            "cycle_end_differs",
            "the bill is of the cycle that ends on " + format_day(bill.last) + ", not on " +
                format_day(cycle_end)
        );
    }
    const auto days = (bill.last - bill.first).count() + 1;
    if (days < 1 || days > most_days) {
        return reject(
            "cycle_malformed",
            "a cycle from " + format_day(bill.first) + " to " + format_day(bill.last) + " cannot be"
        );
    }
    if (days != bill.days) {
        return reject(
            "days_differ",
            "from " + format_day(bill.first) + " to " + format_day(bill.last) + " are " +
                std::to_string(days) + " days, the bill says " + std::to_string(bill.days)
        );
    }
    if (bill.wh < 0 || bill.wh > most_wh)
        return reject("kwh_out_of_range", kwh_text(bill.wh) + " kWh cannot be a cycle's usage");
    if (auto sound = check_readings(bill, multiplier); !sound)
        return sound;
    if (bill.total && *bill.total != bill.amounts.total()) {
        return reject(
            "total_differs",
            "the parts of the bill make " + format_money(bill.amounts.total()) + ", its total is " +
                format_money(*bill.total)
        );
    }
    return {};
}

}  // namespace usagectl::reconcile
