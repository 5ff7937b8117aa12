// SPDX-License-Identifier: MIT
#include "app/statement.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "ledger/chart.hpp"

namespace usagectl::app {

namespace {

using ledger::Kind;
using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr int most_months = 12;
constexpr LocalDay far_day = local_day(131'071);

year_month month_of(LocalDay day) {
    const year_month_day date(day);
    return date.year() / date.month();
}

LocalDay first_of(year_month month) {
    return LocalDay(month / std::chrono::day(1));
}

bool is_usage(Kind kind) {
    return kind == Kind::charge || kind == Kind::correction;
}

// "City tax" of "liability:tax:city:City_tax": the chart has no blanks.
std::string last_part(std::string_view code) {
    std::string name(code.substr(code.rfind(':') + 1));
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

// Kinds in the order in which people read a bill.
constexpr std::array<std::string_view, 10> kinds{
    "energy",
    "delivery",
    "pca",
    "generation",
    "fixed",
    "option",
    "minimum",
    "fee",
    "tax",
    "legacy"};

std::size_t rank_of(std::string_view kind) {
    const auto* found = std::find(kinds.begin(), kinds.end(), kind);
    return static_cast<std::size_t>(found - kinds.begin());
}

// The names of components as the versions that were charged by have them.
class Components {
public:
    explicit Components(Store& store)
        : store_(store) {}

    StatementLine line_of(const ledger::Entry& entry, const ledger::Posting& posting) {
        if (posting.component >= 0 && is_usage(entry.kind)) {
            const auto& known = of(entry.basis);
            const auto at = static_cast<std::size_t>(posting.component);
            if (at < known.size()) {
                const bool energy = known[at].basis == tariff::Basis::per_kwh;
                return {
                    std::string(tariff::to_string(known[at].kind)),
                    known[at].name,
                    energy ? posting.quantity : 0,
                    -posting.amount};
            }
        }
        const auto code = store_.ledger().code_name(posting.code);
        const bool tax = code.starts_with("liability:tax:");
        if (code == ledger::legacy_receivable)
            return {"legacy", "legacy", 0, -posting.amount};
        return {tax ? "tax" : "fee", last_part(code), 0, -posting.amount};
    }

private:
    const std::vector<tariff::Component>& of(const ledger::Basis& basis) {
        auto& known = components_[{basis.profile, basis.version}];
        if (!known.empty())
            return known;
        const auto profile = store_.accounts().profile(basis.profile);
        const auto versions =
            profile ? store_.tariffs().versions(profile->tariff) : std::vector<TariffVersion>();
        for (const auto& version : versions) {
            if (version.version == basis.version)
                known = read_stored(version).components;
        }
        return known;
    }

    Store& store_;
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<tariff::Component>> components_;
};

Money debt_part(Store& store, const ledger::Entry& entry) {
    Money part;
    for (const auto& posting : entry.postings) {
        if (store.ledger().code_name(posting.code) == ledger::debt)
            part = part - posting.amount;
    }
    return part;
}

class Summing {
public:
    Summing(Store& store, Statement& statement)
        : store_(store)
        , statement_(statement)
        , components_(store) {}

    void add(const ledger::Entry& entry, StatementFigures& figures) {
        switch (entry.kind) {
        case Kind::charge:
        case Kind::correction:
        case Kind::setup:
        case Kind::fee:
            figures.charges = figures.charges - entry.amount;
            add_lines(entry);
            break;
        case Kind::payment:
        case Kind::deposit:
            figures.paid = figures.paid + entry.amount + debt_part(store_, entry);
            figures.to_debt = figures.to_debt + debt_part(store_, entry);
            break;
        case Kind::reversal:
            figures.reversed = figures.reversed - entry.amount - debt_part(store_, entry);
            figures.to_debt = figures.to_debt + debt_part(store_, entry);
            break;
        case Kind::adjustment:
        case Kind::settlement:
        case Kind::transfer:
            figures.adjustments = figures.adjustments + entry.amount;
            break;
        }
        figures.closing = figures.closing + entry.amount;
        // The newest charge or correction of a day tells its whole usage.
        if (!is_usage(entry.kind))
            return;
        auto& wh = wh_of_day_[entry.id.day];
        figures.wh += entry.basis.wh() - wh;
        wh = entry.basis.wh();
    }

    void finish() {
        for (auto& [key, line] : lines_) {
            if (line.amount != Money() || line.wh != 0)
                statement_.lines.push_back(std::move(line));
        }
    }

private:
    void add_lines(const ledger::Entry& entry) {
        for (const auto& posting : entry.postings) {
            auto line = components_.line_of(entry, posting);
            auto& kept = lines_[{rank_of(line.kind), line.name}];
            line.wh += kept.wh;
            line.amount = line.amount + kept.amount;
            kept = std::move(line);
        }
    }

    Store& store_;
    Statement& statement_;
    Components components_;
    std::map<std::pair<std::size_t, std::string>, StatementLine> lines_;  // by rank and name
    std::map<LocalDay, std::int64_t> wh_of_day_;
};

Result<void> choose_span(const StatementAsked& asked, const Zone& zone, Statement& statement) {
    statement.to = asked.to.value_or(zone.day_of(asked.now));
    statement.from =
        asked.from.value_or(first_of(month_of(statement.to) - months(most_months - 1)));
    if (statement.from > statement.to) {
        return refuse(
            Exit::usage,
            "range_reversed",
            format_day(statement.from) + " is later than " + format_day(statement.to)
        );
    }
    if (month_of(statement.to) - month_of(statement.from) >= months(most_months)) {
        return refuse(
            Exit::usage,
            "range_too_long",
            "a statement is about twelve calendar months at most",
            "ask for the years one by one"
        );
    }
    return {};
}

void add_figures(StatementFigures& total, const StatementFigures& month) {
    total.closing = month.closing;
    total.wh += month.wh;
    total.charges = total.charges + month.charges;
    total.paid = total.paid + month.paid;
    total.reversed = total.reversed + month.reversed;
    total.to_debt = total.to_debt + month.to_debt;
    total.adjustments = total.adjustments + month.adjustments;
}

}  // namespace

std::optional<Money> StatementFigures::average() const {
    if (wh <= 0)
        return std::nullopt;
    const auto micro = divide(Int128{charges.micro()} * 1000, wh, Rounding::half_even);
    return Money::from_micro(static_cast<std::int64_t>(micro));
}

Result<Statement>
account_statement(Store& store, const StatementAsked& asked, const Prepay& prepay) {
    auto shown = show_account(store, asked.account);
    if (!shown)
        return tl::unexpected(shown.error());
    Statement statement;
    statement.shown = std::move(*shown);
    const auto& zone = zone_of(statement.shown.standing, prepay);
    if (auto chosen = choose_span(asked, zone, statement); !chosen)
        return tl::unexpected(chosen.error());

    // Backwards from what there is now: the balance is the fold of all entries.
    const auto entries =
        store.ledger().entries(statement.shown.known.number, {statement.from, far_day});
    auto balance = statement.shown.standing.balance;
    for (const auto& entry : entries)
        balance = balance - entry.amount;
    statement.total.opening = balance;

    Summing summing(store, statement);
    auto entry = entries.begin();
    for (auto month = month_of(statement.from); month <= month_of(statement.to);
         month += months(1)) {
        StatementMonth made;
        made.first = std::max(statement.from, first_of(month));
        made.last = std::min(statement.to, first_of(month + months(1)) - days(1));
        made.figures.opening = balance;
        made.figures.closing = balance;
        for (; entry != entries.end() && entry->id.day <= made.last; ++entry)
            summing.add(*entry, made.figures);
        balance = made.figures.closing;
        add_figures(statement.total, made.figures);
        statement.months.push_back(made);
    }
    summing.finish();
    return statement;
}

}  // namespace usagectl::app
