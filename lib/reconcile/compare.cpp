// SPDX-License-Identifier: MIT
#include "reconcile/compare.hpp"

#include <charconv>

#include "base/words.hpp"

namespace usagectl::reconcile {

namespace {

constexpr Words<Reason::unbilled> reasons{
    "reading_changed",
    "not_charged",
    "estimated",
    "not_settled",
    "register_differs",
    "rate",
    "tax",
    "not_in_bill",
    "additional",
    "unbilled",
};

// Where usage differs, by day.
struct UsagePiece {
    Reason reason = Reason::register_differs;
    std::optional<LocalDay> day = {};
    std::int64_t wh = 0;
};

// Shares out `wh` over the days in proportion to their weight, to the last Wh. False when no day
// weighs anything.
template <class Weight>
bool share_out(
    std::int64_t wh,
    Reason reason,
    const std::vector<ChargedDay>& days,
    const Weight& weight,
    std::vector<UsagePiece>& pieces
) {
    Int128 total = 0;
    for (const auto& day : days)
        total += weight(day);
    if (total <= 0)
        return false;
    Int128 before = 0;
    Int128 given = 0;
    for (const auto& day : days) {
        before += weight(day);
        const auto upto = divide(Int128{wh} * before, total, Rounding::half_even);
        if (upto != given)
            pieces.push_back({reason, day.day, static_cast<std::int64_t>(upto - given)});
        given = upto;
    }
    return true;
}

std::vector<UsagePiece> usage_pieces(const Bill& bill, const std::vector<ChargedDay>& days) {
    std::vector<UsagePiece> pieces;
    std::int64_t left = bill.wh;
    for (const auto& day : days)
        left -= day.wh();
    if (left == 0)
        return pieces;
    for (const auto& day : days) {
        if (!day.known_wh || *day.known_wh == day.wh())
            continue;
        const auto wh = *day.known_wh - day.wh();
        pieces.push_back({day.charged ? Reason::reading_changed : Reason::not_charged, day.day, wh}
        );
        left -= wh;
    }
    if (left == 0)
        return pieces;
    const auto guessed = [](const ChargedDay& day) { return day.known_wh ? 0 : day.estimated_wh; };
    const auto unsettled = [](const ChargedDay& day) { return day.raw_wh; };
    if (!share_out(left, Reason::estimated, days, guessed, pieces) &&
        !share_out(left, Reason::not_settled, days, unsettled, pieces))
        pieces.push_back({Reason::register_differs, std::nullopt, left});
    return pieces;
}

Money cents(Int128 micro) {
    const auto whole = divide(micro, Money::micro_per_cent, Rounding::half_even);
    return Money::from_micro(static_cast<std::int64_t>(whole) * Money::micro_per_cent);
}

class Comparing {
public:
    Comparing(const Bill& bill, const std::vector<ChargedDay>& days)
        : bill_(bill)
        , days_(days) {
        made_.actual = bill.amounts;
        made_.actual_wh = bill.wh;
        for (const auto& day : days) {
            made_.estimated.add(day.amounts);
            made_.charged_wh += day.wh();
        }
    }

    Comparison run() {
        const auto pieces = usage_pieces(bill_, days_);
        for (const auto part : {Part::energy, Part::delivery, Part::pca})
            explain_usage(part, pieces);
        explain_base();
        if (difference(Part::taxes) != Money())
            add(Part::taxes, Reason::tax, {}, 0, difference(Part::taxes));
        explain_own(Part::additional, Reason::not_in_bill);
        explain_own(Part::unbilled, Reason::unbilled);
        return std::move(made_);
    }

private:
    [[nodiscard]] Money difference(Part part) const {
        return made_.actual[part] - made_.estimated[part];
    }
    void add(Part part, Reason reason, std::optional<LocalDay> day, std::int64_t wh, Money amount) {
        made_.explained.push_back({part, reason, day, wh, amount});
    }

    // Usage by usage at the price it was charged at, then what the price makes.
    void explain_usage(Part part, const std::vector<UsagePiece>& pieces) {
        // A price from next to no usage says nothing about a difference a thousand times as big.
        constexpr Int128 most_times = 1000;
        const Int128 charged = made_.charged_wh;
        Int128 before = 0;
        Money given;
        for (const auto& piece : pieces) {
            before += piece.wh;
            const auto apart = before < 0 ? -before : before;
            Money upto = given;
            if (charged > 0 && apart <= most_times * charged) {
                upto = cents(divide(
                    Int128{made_.estimated[part].micro()} * before, charged, Rounding::half_even
                ));
            }
            if (upto != given || part == Part::energy)
                add(part, piece.reason, piece.day, piece.wh, upto - given);
            given = upto;
        }
        if (const auto rest = difference(part) - given; rest != Money())
            add(part, Reason::rate, {}, 0, rest);
    }

    // Days that were not charged at what the others were, then what the price makes.
    void explain_base() {
        if (difference(Part::base) == Money())
            return;
        std::int64_t charged = 0;
        for (const auto& day : days_)
            charged += day.charged ? 1 : 0;
        Money given;
        std::int64_t skipped = 0;
        for (const auto& day : days_) {
            if (day.charged || charged == 0)
                continue;
            ++skipped;
            const auto upto = cents(divide(
                Int128{made_.estimated[Part::base].micro()} * skipped, charged, Rounding::half_even
            ));
            if (upto != given)
                add(Part::base, Reason::not_charged, day.day, 0, upto - given);
            given = upto;
        }
        if (const auto rest = difference(Part::base) - given; rest != Money())
            add(Part::base, Reason::rate, {}, 0, rest);
    }

    // Each day's own charges taken back, then what the bill has in their place.
    void explain_own(Part part, Reason reason) {
        if (difference(part) == Money())
            return;
        for (const auto& day : days_) {
            if (day.amounts[part] != Money())
                add(part, reason, day.day, 0, -day.amounts[part]);
        }
        if (made_.actual[part] != Money())
            add(part, Reason::additional, {}, 0, made_.actual[part]);
    }

    const Bill& bill_;
    const std::vector<ChargedDay>& days_;
    Comparison made_;
};

std::string more(std::int64_t wh) {
    return kwh_text(wh < 0 ? -wh : wh) + (wh < 0 ? " kWh less" : " kWh more");
}

// Takes the number before the next blank or the end.
template <class Number>
bool take(std::string_view& text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc())
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (text.starts_with(' '))
        text.remove_prefix(1);
    return true;
}

}  // namespace

std::string_view to_string(Reason reason) {
    return reasons.word(reason);
}

Comparison compare(const Bill& bill, const std::vector<ChargedDay>& days) {
    return Comparing(bill, days).run();
}

std::string sentence(const Explained& explained) {
    switch (explained.reason) {
    case Reason::reading_changed:
        return "readings have changed since the day was charged: " + more(explained.wh);
    case Reason::not_charged:
        return explained.wh == 0 ? "the day was not charged"
                                 : "the day was not charged: " + more(explained.wh);
    case Reason::estimated:
        return "charged by estimate: " + more(explained.wh);
    case Reason::not_settled:
        return "charged by readings without VEE: " + more(explained.wh);
    case Reason::register_differs:
        return "the register disagrees with the sum of the intervals: " + more(explained.wh);
    case Reason::rate:
        return "another price than was charged";
    case Reason::tax:
        return "taxes";
    case Reason::not_in_bill:
        return "a charge of the prepay system";
    case Reason::additional:
        return "additional charges of the bill";
    case Reason::unbilled:
        return "charged when prepay began, billed now";
    }
    return {};
}

std::string write_explained(const std::vector<Explained>& explained) {
    std::string text;
    for (const auto& each : explained) {
        text += std::to_string(static_cast<int>(each.part)) + ' ' +
                std::to_string(static_cast<int>(each.reason)) + ' ' +
                std::to_string(each.day ? day_number(*each.day) : -1) + ' ' +
                std::to_string(each.wh) + ' ' + std::to_string(each.amount.micro()) + '\n';
    }
    return text;
}

std::optional<std::vector<Explained>> read_explained(std::string_view text) {
    std::vector<Explained> explained;
    while (!text.empty()) {
        std::size_t part = 0;
        std::size_t reason = 0;
        std::int32_t day = 0;
        std::int64_t wh = 0;
        std::int64_t micro = 0;
        if (!take(text, part) || !take(text, reason) || !take(text, day) || !take(text, wh) ||
            !take(text, micro) || part >= parts || reason >= reasons.size ||
            !text.starts_with('\n'))
            return std::nullopt;
        text.remove_prefix(1);
        explained.push_back(
            {static_cast<Part>(part),
             static_cast<Reason>(reason),
             day < 0 ? std::nullopt : std::optional(local_day(day)),
             wh,
             Money::from_micro(micro)}
        );
    }
    return explained;
}

}  // namespace usagectl::reconcile
