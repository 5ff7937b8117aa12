// SPDX-License-Identifier: MIT
#include "app/backfill.hpp"

#include <algorithm>

#include "app/market_intervals.hpp"
#include "app/meters.hpp"
#include "app/usage.hpp"
#include "base/assert.hpp"
#include "market/sizing.hpp"

namespace usagectl::app {

namespace {

market::RequestSize size_of(const BackfillRequest& request) {
    return {
        request.meters.size(),
        static_cast<std::size_t>((request.last - request.first).count() + 1)};
}

LocalDay today(const BackfillLink& link) {
    return link.zone->day_of(link.clock.now());
}

Result<void> check(const BackfillLink& link, const BackfillWish& wish) {
    if (wish.from > wish.to) {
        return refuse(
            Exit::usage,
            "range_reversed",
            "the range begins on " + format_day(wish.from) + ", after its end on " +
                format_day(wish.to)
        );
    }
    if (wish.to >= today(link)) {
        return refuse(
            Exit::usage,
            "day_not_over",
            format_day(wish.to) + " is not over at the market",
            "history ends yesterday; usagectl usage gap --fetch asks for today"
        );
    }
    for (const auto& meter : wish.meters) {
        const auto known = link.store.meters().find(meter);
        if (!known)
            return tl::unexpected(unknown_meter(meter));
        if (auto allowed = check_provider(*known, wish.asker); !allowed)
            return allowed;
    }
    return {};
}

// A new plan begins where the plans there are leave room: today, or the last day one of them uses.
std::vector<BackfillRequest> make_plan(const BackfillLink& link, const BackfillWish& wish) {
    LocalDay start = today(link);
    for (const auto& open : link.store.backfill().open(std::nullopt))
        start = std::max(start, open.send_on);
    std::vector<market::RequestSize> sent;
    for (const auto& other : link.store.backfill().of_day(start))
        sent.push_back(size_of(other));
    std::vector<BackfillRequest> requests;
    const auto plan = "b" + std::to_string(unix_seconds(link.clock.now()));
    for (const auto& part :
         market::plan_backfill(wish.meters.size(), wish.from, wish.to, start, sent)) {
        BackfillRequest request;
        request.plan = plan;
        request.send_on = part.send_on;
        request.first = part.from;
        request.last = part.to;
        const auto first = wish.meters.begin() + static_cast<std::ptrdiff_t>(part.first_meter);
        request.meters.assign(first, first + static_cast<std::ptrdiff_t>(part.meters));
        requests.push_back(std::move(request));
    }
    return requests;
}

}  // namespace

Result<std::vector<BackfillRequest>>
plan_backfill(const BackfillLink& link, const BackfillWish& wish) {
    Result<std::vector<BackfillRequest>> planned;
    const auto work = [&] {
        if (wish.meters.empty()) {
            planned = link.store.backfill().open(std::nullopt);
            if (planned->empty())
                planned = refuse(Exit::not_found, "nothing_planned", "no back-fill is planned");
            return;
        }
        if (auto checked = check(link, wish); !checked) {
            planned = tl::unexpected(std::move(checked.error()));
            return;
        }
        planned = make_plan(link, wish);
        if (wish.dry_run)
            return;
        for (auto& request : *planned)
            link.store.backfill().add(request);
        link.store.audit().append(link.actor.record(
            link.clock.now(), "back-fill planned: " + std::to_string(planned->size()) + " requests"
        ));
    };
    if (wish.dry_run)
        link.store.read(work);
    else
        link.store.write([&] {
            link.store.lock_ingest();
            work();
        });
    return planned;
}

namespace {

class Sending {
public:
    Sending(const BackfillLink& link, market::Market& market)
        : link_(link)
        , market_(market) {
        for (const auto& other : link_.store.backfill().of_day(today(link_))) {
            if (other.state != BackfillState::planned)
                sent_.push_back(size_of(other));
        }
    }

    // Whether it may be sent today, beside what was sent today already.
    [[nodiscard]] bool fits(const BackfillRequest& request) const {
        auto all = sent_;
        all.push_back(size_of(request));
        return market::fits_one_day(all);
    }

    // None: it has been decided. Asking twice does no harm, so a request that a killed run left
    // claimed is simply sent again.
    std::optional<Error> send(BackfillRequest& request) {
        request.send_on = today(link_);
        request.state = BackfillState::claimed;
        link_.store.write([&] { link_.store.backfill().update(request); });
        sent_.push_back(size_of(request));
        auto reads = market_.intervals(request.meters, request.first, request.last);
        if (!reads)
            return refused(request, reads.error().error);
        link_.store.write([&] {
            link_.store.lock_ingest();
            file(request, *reads);
            decide(request);
        });
        return std::nullopt;
    }

private:
    std::optional<Error> refused(BackfillRequest& request, const Error& error) {
        request.message = error.message;
        if (error.exit == Exit::unavailable || error.retryable) {
            request.state = BackfillState::planned;
            link_.store.write([&] { link_.store.backfill().update(request); });
        } else {
            request.state = BackfillState::failed;
            link_.store.write([&] { decide(request); });
        }
        return error;
    }

    void file(BackfillRequest& request, const std::vector<market::MeterReads>& reads) {
        const auto now = link_.clock.now();
        const MarketOrigin origin{
            link_.name + " back-fill " + request.plan + "/" + std::to_string(request.number),
            link_.name,
            link_.layer,
            now,
            link_.zone,
        };
        const auto source = file_intervals(
            link_.store,
            reads,
            origin,
            link_.zone->day_start(request.first),
            link_.zone->day_start(request.last + std::chrono::days(1))
        );
        request.intervals = static_cast<std::int64_t>(source.tally.intervals);
        request.state = request.intervals == 0 ? BackfillState::empty : BackfillState::stored;
        request.message = source.counts.rejected == 0
                              ? ""
                              : std::to_string(source.counts.rejected) + " intervals rejected";
    }

    void decide(BackfillRequest& request) {
        request.decided_at = link_.clock.now();
        link_.store.backfill().update(request);
        link_.store.audit().append(link_.actor.record(
            *request.decided_at,
            "back-fill " + request.plan + "/" + std::to_string(request.number) + " " +
                std::string(to_string(request.state)) + ": " + std::to_string(request.intervals) +
                " intervals"
        ));
    }

    const BackfillLink& link_;
    market::Market& market_;
    std::vector<market::RequestSize> sent_;
};

}  // namespace

BackfillAnswer send_backfill(
    const BackfillLink& link, market::Market& market, std::vector<BackfillRequest> requests
) {
    BackfillAnswer answer;
    answer.requests = std::move(requests);
    Sending sending(link, market);
    const auto day = today(link);
    for (auto& request : answer.requests) {
        if (request.decided_at || request.send_on > day || !sending.fits(request))
            continue;
        if (link.interrupted && link.interrupted()) {
            answer.interrupted = true;
            break;
        }
        if (link.sending)
            link.sending(request);
        answer.ended = sending.send(request);
        if (answer.ended)
            break;
    }
    return answer;
}

}  // namespace usagectl::app
