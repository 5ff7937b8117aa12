// SPDX-License-Identifier: MIT
#include "app/power.hpp"

#include "app/meters.hpp"
#include "app/usage.hpp"

namespace usagectl::app {

namespace {

Result<void> begin(MarketLink& link, const PowerQuestion& question, PowerAnswer& answer) {
    auto known = link.store.meters().find(question.meter);
    if (!known)
        return tl::unexpected(unknown_meter(question.meter));
    if (auto allowed = check_provider(*known, question.asker); !allowed)
        return allowed;
    answer.meter = std::move(*known);
    if (!question.resume) {
        auto claimed =
            claim_request(link, question.meter, RequestKind::power_status, link.clock.now());
        if (!claimed)
            return tl::unexpected(std::move(claimed.error()));
        answer.request = std::move(claimed->request);
        answer.shared = !claimed->ours;
        return {};
    }
    auto request = link.store.market().find(*question.resume);
    if (!request || request->kind != RequestKind::power_status ||
        request->meter != question.meter) {
        return refuse(
            Exit::not_found,
            "request_unknown",
            "there is no power status request " + *question.resume + " for meter " + question.meter
        );
    }
    answer.request = std::move(*request);
    return {};
}

// The same question under the same reference until there is an answer: the market has no other way
// of asking how it went.
Result<Progress> poll(MarketLink& link, const PowerAnswer& answer, const MarketRequest& open) {
    const market::Subject subject{answer.meter.id, answer.meter.meter_number.value_or("")};
    auto status = link.market.power_status(subject, open.id);
    Progress progress;
    progress.state = RequestState::pending;
    if (!status) {
        if (status.error().done)
            return tl::unexpected(std::move(status.error().error));
        const bool refused = status.error().error.exit == Exit::refused;
        progress.state = refused ? RequestState::refused : RequestState::withdrawn;
        progress.message = status.error().error.message;
        return progress;
    }
    progress.word = status->word;
    progress.message = status->message;
    progress.read_at = status->seen_at;
    switch (status->state) {
    case market::ReadState::completed:
        progress.state = RequestState::completed;
        progress.word = to_string(status->power);
        break;
    case market::ReadState::failed:
    case market::ReadState::technical_failure:
        progress.state = RequestState::failed;
        break;
    case market::ReadState::too_many:
        progress.state = RequestState::refused;
        break;
    case market::ReadState::pending:
    case market::ReadState::unknown:
        break;
    }
    return progress;
}

}  // namespace

Result<PowerAnswer> power_status(MarketLink& link, const PowerQuestion& question) {
    PowerAnswer answer;
    Result<void> begun;
    persist(link, [&] {
        begun = begin(link, question, answer);
        if (begun && !answer.shared && !question.resume) {
            // Unlike a read it may be answered at once: the first poll is the question itself.
            answer.request.poll_after_ms = link.pace.now_ms();
            link.store.market().update(answer.request);
        }
    });
    if (!begun)
        return tl::unexpected(std::move(begun.error()));
    if (answer.request.open()) {
        auto awaited =
            await_outcome(link, answer.request.id, question.wait, [&](const MarketRequest& open) {
                return poll(link, answer, open);
            });
        answer.request = std::move(awaited.request);
        answer.interrupted = awaited.interrupted;
        answer.ended = std::move(awaited.error);
    }
    link.store.read([&] {
        answer.quota = quota_of(
            link.store, link.terms, question.meter, RequestKind::power_status, link.clock.now()
        );
    });
    const bool waited = question.wait.count() > 0 || question.resume;
    if (!answer.ended && !answer.interrupted && (waited || !answer.request.open()))
        answer.ended = ending(answer.request, link.terms);
    return answer;
}

}  // namespace usagectl::app
