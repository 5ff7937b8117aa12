// SPDX-License-Identifier: MIT
#include "app/gap_fetch.hpp"

#include <algorithm>

#include "app/market_intervals.hpp"

namespace usagectl::app {

namespace {

class Fetch {
public:
    Fetch(MarketLink& link, const GapFetch& fetch)
        : link_(link)
        , fetch_(fetch) {}

    Result<GapFetched> run() {
        if (auto begun = begin(); !begun)
            return tl::unexpected(std::move(begun.error()));
        if (answer_.request) {
            if (to_be_sent_)
                send();
            if (answer_.request->open() && !answer_.ended)
                await();
        }
        return finish();
    }

private:
    // Most inquiries find an answer or a question under way: the turn to write is taken only by
    // those that have to ask.
    Result<void> begin() {
        Result<bool> found;
        link_.store.read([&] { found = fetch_.resume ? resume() : look(); });
        if (!found)
            return tl::unexpected(std::move(found.error()));
        if (*found)
            return {};
        Result<void> asked;
        persist(link_, [&] { asked = ask(); });
        return asked;
    }

    Result<bool> resume() {
        auto gap = usage_gap(link_.store, fetch_.question);
        if (!gap)
            return tl::unexpected(std::move(gap.error()));
        answer_.gap = std::move(*gap);
        auto request = link_.store.market().find(*fetch_.resume);
        if (!request || request->kind != RequestKind::read ||
            request->meter != answer_.gap.meter.id) {
            return refuse(
                Exit::not_found,
                "request_unknown",
                "there is no read request " + *fetch_.resume + " for meter " + answer_.gap.meter.id
            );
        }
        answer_.request = std::move(*request);
        return true;
    }

    // False when the market has to be asked.
    Result<bool> look() {
        auto gap = usage_gap(link_.store, fetch_.question);
        if (!gap)
            return tl::unexpected(std::move(gap.error()));
        answer_.gap = std::move(*gap);
        if (answer_.gap.missing == 0)
            return true;
        const auto& meter = answer_.gap.meter.id;
        auto found = open_request(link_, meter, RequestKind::read, link_.clock.now());
        // A read taken after the last whole interval of the gap has brought all there was to bring.
        if (!found) {
            found = link_.store.market().last_completed(meter, RequestKind::read);
            if (found && std::max(found->read_at.value_or(found->asked_at), found->asked_at) <
                             answer_.gap.gap.to)
                found.reset();
        }
        answer_.shared = found.has_value();
        answer_.request = std::move(found);
        return answer_.shared;
    }

    // Looks again, now that nobody else can write. When this runs again after a commit nobody saw
    // succeed, the question it finds counts as another's: better never sent than sent twice.
    Result<void> ask() {
        to_be_sent_ = false;
        auto found = look();
        if (!found)
            return tl::unexpected(std::move(found.error()));
        if (*found)
            return {};
        auto claimed =
            claim_request(link_, answer_.gap.meter.id, RequestKind::read, link_.clock.now());
        if (!claimed)
            return tl::unexpected(std::move(claimed.error()));
        answer_.request = std::move(claimed->request);
        answer_.shared = !claimed->ours;
        to_be_sent_ = claimed->ours;
        return {};
    }

    [[nodiscard]] market::Subject subject() const {
        return {answer_.gap.meter.id, answer_.gap.meter.meter_number.value_or("")};
    }

    void send() {
        auto& request = *answer_.request;
        auto ticket = link_.market.request_read(subject(), request.id);
        Progress progress;
        if (ticket) {
            progress.ticket = std::move(*ticket);
            request = record(link_, request.id, progress);
            return;
        }
        answer_.ended = ticket.error().error;
        progress.message = ticket.error().error.message;
        if (ticket.error().done) {
            // Nobody knows. It stays claimed, and the next poll finds out.
            answer_.ended->hint = "it may have been asked: usagectl usage gap " + request.meter +
                                  " --resume " + request.id + "; " +
                                  given_up_text(request, link_.terms);
            progress.state = RequestState::claimed;
        } else {
            const bool refused = ticket.error().error.exit == Exit::refused;
            progress.state = refused ? RequestState::refused : RequestState::withdrawn;
        }
        request = record(link_, request.id, progress);
    }

    void await() {
        auto awaited = await_outcome(
            link_,
            answer_.request->id,
            fetch_.wait,
            [this](const MarketRequest& open) { return poll(open); }
        );
        answer_.request = std::move(awaited.request);
        answer_.interrupted = awaited.interrupted;
        if (awaited.error)
            answer_.ended = std::move(awaited.error);
    }

    Result<Progress> poll(const MarketRequest& open) {
        auto status = link_.market.read_status(subject(), open.ticket, open.id);
        if (!status)
            return tl::unexpected(std::move(status.error().error));
        Progress progress;
        progress.state = open.state;
        progress.word = status->word;
        progress.message = status->message;
        if (market::is_stale(*status, open.asked_at)) {
            progress.message = "the newest read the market shows is the previous one, of " +
                               format_instant(*status->read_at);
            return progress;
        }
        switch (status->state) {
        case market::ReadState::completed:
            progress.read_at = status->read_at;
            progress.register_wh = status->register_wh;
            return complete(open, std::move(progress));
        case market::ReadState::failed:
        case market::ReadState::technical_failure:
            progress.state = RequestState::failed;
            return progress;
        case market::ReadState::too_many:
            progress.state = RequestState::refused;
            progress.message = "its own limit of reads is used up";
            return progress;
        case market::ReadState::pending:
        case market::ReadState::unknown:
            return progress;
        }
        return progress;
    }

    // The read is there; the intervals up to it are fetched, and filed with the outcome.
    Result<Progress> complete(const MarketRequest& open, Progress progress) {
        const auto& zone = *link_.terms.zone;
        const auto now = link_.clock.now();
        const auto from = answer_.gap.gap.from;
        const std::vector<std::string> meters{open.meter};
        auto reads = link_.market.intervals(meters, zone.day_of(from), zone.day_of(now));
        if (!reads)
            return tl::unexpected(std::move(reads.error().error));
        progress.state = RequestState::completed;
        progress.file = [this, open, from, now, reads = std::move(*reads)](
                        ) -> std::optional<meter::SourceNumber> {
            const MarketOrigin origin{
                link_.terms.name + " request " + open.id,
                link_.terms.name,
                meter::Layer::raw,
                now,
                answer_.gap.zone,
            };
            // Hours that have been settled meanwhile are filed as well: drift is told from them.
            return file_intervals(link_.store, reads, origin, from, now).number;
        };
        return progress;
    }

    Result<GapFetched> finish() {
        Result<void> done;
        link_.store.read([&] {
            auto gap = usage_gap(link_.store, fetch_.question);
            if (!gap) {
                done = tl::unexpected(std::move(gap.error()));
                return;
            }
            answer_.gap = std::move(*gap);
            answer_.quota = quota_of(
                link_.store, link_.terms, answer_.gap.meter.id, RequestKind::read, link_.clock.now()
            );
        });
        if (!done)
            return tl::unexpected(std::move(done.error()));
        const bool waited = fetch_.wait.count() > 0 || fetch_.resume;
        if (answer_.request && !answer_.ended && !answer_.interrupted &&
            (waited || !answer_.request->open())) {
            answer_.ended = ending(*answer_.request, link_.terms);
        }
        return std::move(answer_);
    }

    MarketLink& link_;
    const GapFetch& fetch_;
    GapFetched answer_;
    bool to_be_sent_ = false;
};

}  // namespace

Result<GapFetched> fetch_gap(MarketLink& link, const GapFetch& fetch) {
    return Fetch(link, fetch).run();
}

}  // namespace usagectl::app
