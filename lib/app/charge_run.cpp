// SPDX-License-Identifier: MIT
#include "app/charge_run.hpp"

#include <algorithm>

#include "app/notices.hpp"
#include "app/tariff_quote.hpp"
#include "base/assert.hpp"
#include "ledger/posting_text.hpp"

namespace usagectl::app {

namespace {

// Of a charge, how much is of one kind; a charge's lines are what the customer pays.
void count_kinds(const RateBook::Page& page, const tariff::DayCharge& charge, ChargeTally& tally) {
    Money options;
    Money taxes;
    for (const auto& line : charge.lines) {
        const auto kind = page.rates->plan.components()[line.component].kind;
        if (kind == tariff::Kind::option)
            options = options + line.amount;
        if (kind == tariff::Kind::tax)
            taxes = taxes + line.amount;
    }
    tally.with_options += options == Money() ? 0 : 1;
    tally.options = tally.options + options;
    tally.with_taxes += taxes == Money() ? 0 : 1;
    tally.taxes = tally.taxes + taxes;
}

std::string daily_figures(const ChargeRow& row, Money balance) {
    return R"({"date":")" + format_day(row.id.day) + R"(","wh":)" + std::to_string(row.basis.wh()) +
           R"(,"amount":")" + format_money(-row.amount) + R"(","balance":")" +
           format_money(balance) + R"("})";
}

}  // namespace

// Accounts on their way from the store and back, ascending by meter.
struct ChargeRun::Chunk {
    std::vector<ChargedStanding> standings;
    std::vector<const RateBook::Page*> pages;  // null: cannot be charged
    std::vector<bool> done;
    std::vector<std::size_t> slow;  // needs more than its day's blocks
    std::vector<ChargeRow> rows;
    std::vector<std::size_t> text_ends;  // of each row's postings
    std::vector<std::size_t> charged;    // index of the standing of each row
    std::string text;
};

void ChargeTally::add(const ChargeTally& part) {
    accounts += part.accounts;
    charged += part.charged;
    estimated += part.estimated;
    amount = amount + part.amount;
    with_options += part.with_options;
    options = options + part.options;
    with_taxes += part.with_taxes;
    taxes = taxes + part.taxes;
    problems.insert(problems.end(), part.problems.begin(), part.problems.end());
}

ChargeRun::ChargeRun(Store& store, const Prepay& prepay, Options options)
    : store_(store)
    , prepay_(prepay)
    , options_(std::move(options))
    , book_(store) {}

void ChargeRun::day(LocalDay day, ChargeTally& tally) {
    after_meter_ = 0;
    bool more = true;
    while (more) {
        try {
            options_.transact([&] { more = charge_next(day, tally); });
        } catch (...) {
            book_.forget();
            throw;
        }
    }
}

bool ChargeRun::charge_next(LocalDay day, ChargeTally& tally) {
    Chunk chunk;
    chunk.standings = store_.nightly().to_charge(day, after_meter_, options_.accounts_at_once);
    if (chunk.standings.empty())
        return false;
    ChargeTally part;
    find_pages(day, chunk, part);
    charge_fast(day, chunk, part);
    charge_slowly(day, chunk, part);
    const auto looked_at = chunk.standings.size();
    part.accounts += static_cast<std::int64_t>(looked_at);
    after_meter_ = chunk.standings.back().meter;
    write(day, chunk);
    if (options_.within)
        options_.within(part);
    tally.add(part);
    if (options_.progress)
        options_.progress(static_cast<std::int64_t>(looked_at));
    return looked_at == options_.accounts_at_once;
}

void ChargeRun::find_pages(LocalDay day, Chunk& chunk, ChargeTally& tally) {
    chunk.pages.resize(chunk.standings.size());
    chunk.done.resize(chunk.standings.size());
    const std::string* timezone = nullptr;
    std::int64_t profile = -1;
    const RateBook::Page* page = nullptr;
    for (std::size_t at = 0; at < chunk.standings.size(); ++at) {
        const auto& standing = chunk.standings[at];
        auto wanted = standing.profile;
        if (standing.changing) {
            const auto periods = store_.accounts().service(standing.account);
            if (const auto* period = service_on(periods, day))
                wanted = period->profile;
            chunk.slow.push_back(at);
        }
        if (standing.timezone != timezone || wanted != profile) {
            const auto zone = Zone::find(*standing.timezone);
            const auto found = book_.page(wanted, day, **zone);
            if (!found) {
                tally.problems.push_back({standing.account, found.error()});
                chunk.done[at] = true;
                continue;
            }
            page = *found;
            timezone = standing.timezone;
            profile = wanted;
        }
        chunk.pages[at] = page;
        // Where the meter's clock is behind the configured zone's, its day ends later: it is
        // charged by the next night.
        chunk.done[at] = page->end > options_.now;
    }
}

// Blocks and standings ascend by meter alike: one walk along both.
void ChargeRun::charge_fast(LocalDay day, Chunk& chunk, ChargeTally& tally) {
    DayBlocks blocks;
    std::size_t at = 0;
    const auto settle = [&] {
        const auto& standing = chunk.standings[at];
        const bool needs_more = chunk.done[at] || standing.changing;
        if (!needs_more && take_usage(*chunk.pages[at], blocks, usage_) == 0)
            finish(chunk, at, usage_, tally);
        else if (!needs_more)
            chunk.slow.push_back(at);
        blocks.present = {};
        ++at;
    };
    store_.nightly().each_block(
        day,
        chunk.standings.front().meter,
        chunk.standings.back().meter,
        [&](std::int64_t meter, meter::Channel channel, meter::Layer layer, std::string_view data) {
            while (at < chunk.standings.size() && chunk.standings[at].meter < meter)
                settle();
            if (at == chunk.standings.size() || chunk.standings[at].meter != meter)
                return;
            blocks.take(day, meter, channel, layer, data);
        }
    );
    blocks.check();
    while (at < chunk.standings.size())
        settle();
}

void ChargeRun::charge_slowly(LocalDay day, Chunk& chunk, ChargeTally& tally) {
    for (const auto at : chunk.slow) {
        if (chunk.done[at])
            continue;
        auto& standing = chunk.standings[at];
        MeterLine meters(standing.meter);
        if (standing.changing)
            meters =
                MeterLine::of(store_.accounts().service(standing.account), day).value_or(meters);
        const auto blocks = read_day(store_, day, meters);
        const auto missing = take_usage(*chunk.pages[at], blocks, usage_);
        // Nobody is charged by guess for power that is switched off.
        if (missing != 0 && standing.status != account::Status::suspended)
            estimate_usage(store_, *chunk.pages[at], meters, usage_);
        finish(chunk, at, usage_, tally);
    }
}

void ChargeRun::finish(Chunk& chunk, std::size_t at, const DayUsage& usage, ChargeTally& tally) {
    auto& standing = chunk.standings[at];
    const auto& page = *chunk.pages[at];
    const auto first = cycle_start(page.day.day, standing.cycle_day);
    if (first != standing.cycle_start) {
        standing.cycle_start = first;
        standing.cycle_wh = 0;
    }
    const auto used = usage.vee_wh + usage.raw_wh + usage.estimated_wh;
    if (standing.status == account::Status::suspended && used == 0) {
        standing.charged_through = page.day.day;
        chunk.done[at] = true;
        return;
    }
    auto rated = rate_usage(page, usage, standing.cycle_wh, rated_);
    const auto balance = rated ? add(standing.balance, rated_.amount) : std::nullopt;
    if (!balance) {
        tally.problems.push_back(
            {standing.account,
             rated ? Error{Exit::refused, "balance_out_of_range", "the balance would not fit"}
                   : rated.error()}
        );
        return;
    }
    ChargeRow row;
    row.id = {standing.account, page.day.day, ledger::charge_place};
    row.at = page.end;
    row.known_at = std::max(options_.now, standing.moved_at);
    row.amount = rated_.amount;
    row.basis = rated_.basis;
    ledger::write_postings(rated_.postings, chunk.text);
    chunk.rows.push_back(row);
    chunk.text_ends.push_back(chunk.text.size());
    chunk.charged.push_back(at);
    standing.balance = *balance;
    standing.moved_at = row.known_at;
    standing.cycle_wh += rated_.charge.consumption_wh;
    standing.charged_through = page.day.day;
    chunk.done[at] = true;
    ++tally.charged;
    tally.estimated += usage.estimated ? 1 : 0;
    tally.amount = tally.amount + rated_.charge.total;
    count_kinds(page, rated_.charge, tally);
}

void ChargeRun::write(LocalDay day, Chunk& chunk) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < chunk.rows.size(); ++at) {
        const auto end = chunk.text_ends[at];
        chunk.rows[at].postings = std::string_view(chunk.text).substr(begin, end - begin);
        begin = end;
    }
    for (std::size_t at = 0; at < chunk.rows.size(); ++at) {
        const auto& standing = chunk.standings[chunk.charged[at]];
        if (!standing.wants_daily)
            continue;
        Notice notice;
        notice.id = {standing.account, day, place_of(account::NoticeType::daily)};
        notice.type = account::NoticeType::daily;
        notice.created_at = options_.now;
        const auto due = notice_due(
            store_, standing.account, notice.type, options_.now, **Zone::find(*standing.timezone)
        );
        notice.due_from = due.from;
        notice.due_to = due.to;
        notice.figures = daily_figures(chunk.rows[at], standing.balance);
        static_cast<void>(store_.service().add_notice(std::move(notice)));
    }
    // Entries go in by account, which is the order of their keys.
    std::sort(chunk.rows.begin(), chunk.rows.end(), [](const auto& left, const auto& right) {
        return left.id < right.id;
    });
    store_.nightly().append(chunk.rows);
    std::erase_if(chunk.standings, [day](const ChargedStanding& standing) {
        return standing.charged_through != day;
    });
    store_.nightly().save(chunk.standings);
}

}  // namespace usagectl::app
