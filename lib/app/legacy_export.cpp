// SPDX-License-Identifier: MIT
#include "app/legacy_export.hpp"

#include <map>
#include <vector>

#include "app/accounts.hpp"
#include "base/csv.hpp"
#include "base/zone.hpp"
#include "legacy/layouts.hpp"
#include "reconcile/figures.hpp"

namespace usagectl::app {

namespace {

std::string header_of(const legacy::Layout& layout) {
    std::vector<std::string> names;
    for (const auto& column : layout.columns)
        names.emplace_back(column.name);
    return csv_row(names);
}

bool all_prepay(ledger::Kind kind) {
    return kind == ledger::Kind::setup || kind == ledger::Kind::fee;
}

// "option" of "income:option:Surge", "tax" of "liability:tax:city:City_tax".
std::string kind_of(std::string_view code) {
    const auto begin = code.find(':') + 1;
    return std::string(code.substr(begin, code.find(':', begin) - begin));
}

class Charges {
public:
    Charges(Store& store, const Prepay& prepay, const LegacySink& sink)
        : store_(store)
        , prepay_(prepay)
        , sink_(sink) {
        sink_(header_of(legacy::charges_layout()));
    }

    void take(const ledger::Entry& entry) {
        if (entry.kind != ledger::Kind::charge && entry.kind != ledger::Kind::correction &&
            !all_prepay(entry.kind))
            return;
        // Entries come by day and account; what belongs together comes together.
        if (entry.id.account != account_ || entry.id.day != day_)
            flush();
        account_ = entry.id.account;
        day_ = entry.id.day;
        for (const auto& posting : entry.postings) {
            auto code = store_.ledger().code_name(posting.code);
            const bool tax = all_prepay(entry.kind) && code.starts_with("liability:tax:");
            if (!reconcile::prepay_only(code) && !tax)
                continue;
            auto& line = lines_[std::move(code)];
            line.amount = line.amount - posting.amount;
            // A posting without detail is one piece.
            line.quantity += posting.component < 0 ? 1 : posting.quantity;
        }
    }

    LegacyExported finish() {
        flush();
        return exported_;
    }

private:
    struct Line {
        Money amount;
        std::int64_t quantity = 0;
    };

    void flush() {
        if (lines_.empty())
            return;
        const auto known = store_.accounts().find(account_);
        const std::string id = known ? known->account.id : "";
        for (const auto& [code, line] : lines_) {
            if (line.amount == Money() && line.quantity == 0)
                continue;
            sink_(csv_row({
                id,
                format_day(day_),
                code,
                kind_of(code),
                std::to_string(line.quantity),
                format_money(line.amount),
                prepay_.currency,
            }));
            ++exported_.rows;
            exported_.amount = exported_.amount + line.amount;
        }
        lines_.clear();
    }

    Store& store_;
    const Prepay& prepay_;
    const LegacySink& sink_;
    ledger::AccountNumber account_ = 0;
    LocalDay day_{};
    std::map<std::string, Line> lines_;  // by name of the chart
    LegacyExported exported_;
};

std::string joined(const account::Account& account, account::ContactKind kind) {
    std::string text;
    for (const auto& contact : account.contacts) {
        if (contact.kind == kind)
            text += (text.empty() ? "" : ";") + contact.value;
    }
    return text;
}

std::string account_row(
    const account::Account& account,
    const account::Standing& standing,
    LocalDay created_on,
    const std::string& tariff
) {
    return csv_row({
        account.id,
        format_day(created_on),
        account.flags.existing_customer ? "1" : "0",
        account.name,
        account.address.street,
        account.address.city,
        account.address.state,
        account.address.county,
        account.address.postal_code,
        joined(account, account::ContactKind::phone),
        joined(account, account::ContactKind::email),
        account.language,
        standing.meter_id,
        tariff,
        std::to_string(standing.cycle_day),
    });
}

}  // namespace

LegacyExported
export_prepay_charges(Store& store, LocalDay day, const Prepay& prepay, const LegacySink& sink) {
    return export_prepay_charges(store, DaySpan{day, day}, prepay, sink);
}

LegacyExported export_prepay_charges(
    Store& store, const DaySpan& days, const Prepay& prepay, const LegacySink& sink
) {
    Charges charges(store, prepay, sink);
    store.ledger().each(days, [&](const ledger::Entry& entry) { charges.take(entry); });
    return charges.finish();
}

LegacyExported export_new_accounts(
    Store& store, const DaySpan& days, const Prepay& prepay, const LegacySink& sink
) {
    const auto zone = Zone::find(prepay.timezone);
    if (!zone)
        throw Failure(zone.error());
    LegacyExported exported;
    sink(header_of(legacy::accounts_layout()));
    store.accounts().each({}, [&](const KnownAccount& known, const account::Standing& standing) {
        const auto on = (*zone)->day_of(known.account.created_at);
        if (on < days.first || on > days.last)
            return true;
        const auto profile = store.accounts().profile(standing.profile);
        sink(account_row(known.account, standing, on, profile ? profile->tariff : ""));
        ++exported.rows;
        return true;
    });
    return exported;
}

}  // namespace usagectl::app
