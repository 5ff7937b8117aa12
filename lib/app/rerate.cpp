// SPDX-License-Identifier: MIT
#include "app/rerate.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "app/tariff_quote.hpp"
#include "reconcile/figures.hpp"

namespace usagectl::app {

namespace {

using std::chrono::days;

// What has been posted for a day so far: the sum of its charge and corrections, line by line.
struct PostedDay {
    using LineKey = std::tuple<ledger::CodeNumber, int, int>;  // code, component, tier
    std::map<LineKey, ledger::Posting> lines;
    ledger::Basis basis;
    bool any = false;

    void add(const ledger::Entry& entry) {
        if (entry.kind != ledger::Kind::charge && entry.kind != ledger::Kind::correction)
            return;
        any = true;
        basis = entry.basis;
        for (const auto& posting : entry.postings)
            add(posting, false);
    }
    void add(const ledger::Posting& posting, bool taken_off) {
        auto& line = lines[{posting.code, posting.component, posting.tier}];
        const auto amount = taken_off ? line.amount - posting.amount : line.amount + posting.amount;
        const auto quantity = line.quantity + (taken_off ? -posting.quantity : posting.quantity);
        line = posting;
        line.amount = amount;
        line.quantity = quantity;
    }
};

PostedDay posted_on(Store& store, ledger::AccountNumber account, LocalDay day) {
    PostedDay posted;
    for (const auto& entry : store.ledger().entries(account, {day, day}))
        posted.add(entry);
    return posted;
}

// The lines by which the day's charge differs from what was posted.
std::vector<ledger::Posting> difference(const PostedDay& posted, const RatedDay& rated) {
    PostedDay delta;
    for (const auto& posting : rated.postings)
        delta.add(posting, false);
    for (const auto& [key, posting] : posted.lines)
        delta.add(posting, true);
    std::vector<ledger::Posting> postings;
    for (const auto& [key, posting] : delta.lines) {
        if (posting.amount != Money() || posting.quantity != 0)
            postings.push_back(posting);
    }
    return postings;
}

class Rerating {
public:
    Rerating(Store& store, AccountChange& change, RateBook& book)
        : store_(store)
        , change_(change)
        , book_(book)
        , periods_(store.accounts().service(change.known().number)) {}

    Rerated run(LocalDay first);

private:
    Result<void> walk(LocalDay first);
    Result<const RateBook::Page*> page_of(LocalDay day, const PostedDay& posted) const;
    void read_usage(const RateBook::Page& page, const MeterLine& meters);
    [[nodiscard]] std::int64_t used_before_day(LocalDay day, const PostedDay& posted) const;
    Result<void> correct(const RateBook::Page& page, const PostedDay& posted);

    Store& store_;
    AccountChange& change_;
    RateBook& book_;
    std::vector<ServicePeriod> periods_;
    DayUsage usage_;
    RatedDay rated_;
    Rerated done_;
};

Result<const RateBook::Page*> Rerating::page_of(LocalDay day, const PostedDay& posted) const {
    if (posted.any)
        return book_.page(posted.basis.profile, day, change_.zone(), posted.basis.version);
    const auto* period = service_on(periods_, day);
    return book_.page(
        period == nullptr ? change_.standing().profile : period->profile, day, change_.zone()
    );
}

void Rerating::read_usage(const RateBook::Page& page, const MeterLine& meters) {
    const auto blocks = read_day(store_, page.day.day, meters);
    if (take_usage(page, blocks, usage_) == 0)
        return;
    if (change_.standing().status == account::Status::suspended)
        return;
    estimate_usage(store_, page, meters, usage_);
}

// What the billing cycle had used before the day. A day that was not charged is asked of the last
// one before it that was.
std::int64_t Rerating::used_before_day(LocalDay day, const PostedDay& posted) const {
    if (posted.any)
        return posted.basis.cycle_wh;
    const auto first = cycle_start(day, change_.standing().cycle_day);
    for (auto before = day - days(1); before >= first; before -= days(1)) {
        const auto charged = posted_on(store_, change_.known().number, before);
        if (charged.any)
            return charged.basis.cycle_wh + charged.basis.wh();
    }
    return 0;
}

Result<void> Rerating::correct(const RateBook::Page& page, const PostedDay& posted) {
    auto postings = difference(posted, rated_);
    const bool same_basis = posted.any && posted.basis == rated_.basis;
    if (postings.empty() && same_basis)
        return {};
    const bool to_export = std::any_of(postings.begin(), postings.end(), [&](const auto& posting) {
        return reconcile::prepay_only(store_.ledger().code_name(posting.code));
    });
    const auto before = change_.standing().balance;
    const auto entry = change_.post({
        ledger::Kind::correction,
        page.end,
        "better readings",
        std::move(postings),
        rated_.basis,
        page.day.day,
    });
    if (!entry)
        return tl::unexpected(entry.error());
    ++done_.days;
    if (to_export)
        done_.to_export.push_back(page.day.day);
    done_.amount = done_.amount + (before - change_.standing().balance);
    return {};
}

Rerated Rerating::run(LocalDay first) {
    if (auto walked = walk(first); !walked)
        done_.ended = walked.error();
    return std::move(done_);
}

Result<void> Rerating::walk(LocalDay first) {
    auto& standing = change_.standing();
    std::optional<std::int64_t> cycle_wh;  // before the day; none: as it was charged
    for (auto day = first; standing.charged_through && day <= *standing.charged_through;
         day += days(1)) {
        if (day != first && cycle_start(day, standing.cycle_day) == day)
            break;
        if (store_.reconcile().posted(change_.known().number, {day, day})) {
            done_.settled = true;
            break;
        }
        const auto posted = posted_on(store_, change_.known().number, day);
        const auto meters = MeterLine::of(periods_, day);
        if (!meters)
            break;
        const auto page = page_of(day, posted);
        if (!page)
            return tl::unexpected(page.error());
        if (day != first && !(*page)->rates->plan.has_tiers())
            break;
        read_usage(**page, *meters);
        const auto used_before = cycle_wh.value_or(used_before_day(day, posted));
        // A day without power in between is not charged and does not end the cycle.
        if (!posted.any && usage_.vee_wh + usage_.raw_wh + usage_.estimated_wh == 0) {
            cycle_wh = used_before;
            continue;
        }
        if (auto rated = rate_usage(**page, usage_, used_before, rated_); !rated)
            return tl::unexpected(rated.error());
        if (auto corrected = correct(**page, posted); !corrected)
            return tl::unexpected(corrected.error());
        const auto more_wh = rated_.basis.wh() - posted.basis.wh();
        // Of a day behind the first, too: its own readings may have become better as well.
        if (cycle_start(day, standing.cycle_day) == standing.cycle_start)
            standing.cycle_wh += more_wh;
        if (day == first && more_wh == 0)
            break;
        cycle_wh = used_before + rated_.basis.wh();
    }
    return {};
}

}  // namespace

Rerated rerate(Store& store, AccountChange& change, RateBook& book, LocalDay first) {
    return Rerating(store, change, book).run(first);
}

}  // namespace usagectl::app
