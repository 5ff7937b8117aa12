// SPDX-License-Identifier: MIT
#include "app/market_request.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace usagectl::app {

namespace {

// Sharers look at the store this often; the one whose turn it is asks the market.
constexpr std::chrono::milliseconds look_again{250};
// Whoever dies while polling has given the turn away when the next poll would be due, at the
// earliest after this. Two polls at once do no harm.
constexpr std::chrono::milliseconds least_turn{2000};

std::string base36(std::int64_t value) {
    static constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::string text;
    for (; value > 0; value /= 36)
        text.insert(text.begin(), digits[static_cast<std::size_t>(value % 36)]);
    return text;
}

// Says whom and when; unique, since a meter has one open question of a kind. At most 32 characters.
std::string reference(const std::string& meter, RequestKind kind, Instant now, int attempt) {
    std::string text;
    for (const char c : meter.substr(meter.size() - std::min<std::size_t>(meter.size(), 22))) {
        const bool plain =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        text += plain ? c : '-';
    }
    text += kind == RequestKind::read ? "-r" : "-p";
    text += base36(unix_seconds(now));
    if (attempt > 0)
        text += static_cast<char>('a' + attempt - 1);
    return text;
}

Error quota_used(
    const std::string& meter, RequestKind kind, const market::Quota& quota, std::string_view window
) {
    const std::string what = kind == RequestKind::read ? "on-demand read" : "power status request";
    return {
        Exit::refused,
        "read_quota_used",
        "meter " + meter + " has had " + std::to_string(quota.used) + " of " +
            std::to_string(quota.limit) + " successful " + what + (quota.limit == 1 ? "" : "s") +
            " this " + std::string(window == "half_hour" ? "half hour" : window) +
            "; the next is allowed at " + format_instant(quota.resets_at),
        "ask without --fetch for what the store already covers",
    };
}

std::string told(const MarketRequest& request) {
    std::string text = request.word;
    if (!request.message.empty())
        text += (text.empty() ? "" : ": ") + request.message;
    return text.empty() ? "no reason given" : text;
}

}  // namespace

const market::QuotaRule& quota_rule(const MarketTerms& terms, RequestKind kind) {
    return kind == RequestKind::read ? terms.read_quota : terms.power_quota;
}

market::Quota quota_of(
    Store& store, const MarketTerms& terms, std::string_view meter, RequestKind kind, Instant now
) {
    const auto& rule = quota_rule(terms, kind);
    const auto span = market::window_of(now, rule, *terms.zone);
    const auto counted = store.market().completed_since(meter, kind, span.from);
    return market::decide(rule, *terms.zone, now, counted);
}

std::optional<MarketRequest>
open_request(MarketLink& link, const std::string& meter, RequestKind kind, Instant now) {
    auto open = link.store.market().find_open(meter, kind);
    if (open && now - open->asked_at >= link.terms.give_up)
        open.reset();
    return open;
}

Result<Claimed>
claim_request(MarketLink& link, const std::string& meter, RequestKind kind, Instant now) {
    auto& requests = link.store.market();
    if (auto open = open_request(link, meter, kind, now))
        return Claimed{std::move(*open), false};
    if (auto open = requests.find_open(meter, kind)) {
        open->state = RequestState::expired;
        open->decided_at = now;
        requests.update(*open);
    }
    const auto quota = quota_of(link.store, link.terms, meter, kind, now);
    if (!quota.allowed()) {
        const auto window = to_string(quota_rule(link.terms, kind).window);
        return tl::unexpected(quota_used(meter, kind, quota, window));
    }
    MarketRequest request;
    request.kind = kind;
    request.meter = meter;
    request.asked_at = now;
    request.asked_by = link.actor.name;
    request.poll_after_ms =
        link.pace.now_ms() + std::chrono::milliseconds(link.terms.rhythm.first).count();
    for (int attempt = 0; attempt < 26; ++attempt) {
        request.id = reference(meter, kind, now, attempt);
        if (requests.claim(request)) {
            link.store.audit().append(
                link.actor.record(now, "market request " + request.id + " claimed")
            );
            return Claimed{std::move(request), true};
        }
        // Someone was faster, or this very second has had a question that is over.
        if (auto open = requests.find_open(meter, kind))
            return Claimed{std::move(*open), false};
    }
    throw Failure("store_conflict", "no reference is free", "repeat the command", true);
}

void persist(MarketLink& link, const std::function<void()>& work) {
    constexpr int most_tries = 6;
    for (int tries = 1;; ++tries) {
        try {
            link.store.write(work);
            return;
        } catch (const Failure& failure) {
            if (!failure.error().retryable || tries == most_tries || !link.pace.wait(look_again))
                throw;
        }
    }
}

MarketRequest record(MarketLink& link, const std::string& id, const Progress& progress) {
    MarketRequest request;
    persist(link, [&] {
        const bool files = progress.file != nullptr;
        if (files)
            link.store.lock_ingest();
        auto known = link.store.market().find(id);
        USAGECTL_ASSERT(known.has_value());
        request = std::move(*known);
        if (!request.open())
            return;
        request.state = progress.state;
        request.word = progress.word;
        request.message = progress.message;
        request.read_at = progress.read_at;
        if (progress.ticket)
            request.ticket = *progress.ticket;
        request.register_wh = progress.register_wh;
        if (files)
            request.source = progress.file();
        if (!request.open()) {
            request.decided_at = link.clock.now();
            link.store.audit().append(link.actor.record(
                *request.decided_at,
                "market request " + request.id + " " + std::string(to_string(request.state))
            ));
        }
        link.store.market().update(request);
    });
    return request;
}

namespace {

MarketRequest look(MarketLink& link, const std::string& id) {
    std::optional<MarketRequest> found;
    link.store.read([&] { found = link.store.market().find(id); });
    USAGECTL_ASSERT(found.has_value());
    return std::move(*found);
}

bool take_turn(MarketLink& link, const std::string& id) {
    const auto now = link.pace.now_ms();
    const auto until =
        now + std::max<std::chrono::milliseconds>(link.terms.rhythm.interval, least_turn).count();
    bool taken = false;
    persist(link, [&] { taken = link.store.market().take_turn(id, now, until); });
    return taken;
}

// Notes when the next poll is due and gives the turn away.
void end_turn(MarketLink& link, const std::string& id) {
    persist(link, [&] {
        auto request = link.store.market().find(id);
        if (!request || !request->open())
            return;
        // The rhythm's bound is for one waiting; a question taken up again later goes on at its
        // cap.
        const auto attempt =
            static_cast<std::int32_t>(std::min<std::int64_t>(++request->polls, 1000));
        const auto pause = market::next_poll(link.terms.rhythm, attempt, std::chrono::seconds(0));
        request->poll_after_ms =
            link.pace.now_ms() +
            std::chrono::milliseconds(pause.value_or(link.terms.rhythm.cap)).count();
        link.store.market().update(*request);
    });
}

}  // namespace

Awaited await_outcome(
    MarketLink& link,
    const std::string& id,
    std::chrono::seconds wait,
    const std::function<Result<Progress>(const MarketRequest&)>& poll
) {
    const auto started = link.pace.now_ms();
    const auto until = started + std::chrono::milliseconds(wait).count();
    for (;;) {
        Awaited awaited{look(link, id), false, std::nullopt};
        if (!awaited.request.open())
            return awaited;
        if (awaited.request.poll_after_ms <= link.pace.now_ms() && take_turn(link, id)) {
            auto progress = poll(awaited.request);
            if (progress)
                awaited.request = record(link, id, *progress);
            else
                awaited.error = std::move(progress.error());
            end_turn(link, id);
            if (awaited.error) {
                auto& hint = awaited.error->hint;
                hint += (hint.empty() ? "" : "; ") + given_up_text(awaited.request, link.terms);
            }
            if (awaited.error || !awaited.request.open())
                return awaited;
        }
        const auto now = link.pace.now_ms();
        if (now >= until)
            return awaited;
        const auto due = std::max(awaited.request.poll_after_ms - now, std::int64_t{1});
        link.pace.tell("request " + id + " is " + std::string(to_string(awaited.request.state)));
        const auto pause = std::min(
            {std::chrono::milliseconds(due), std::chrono::milliseconds(until - now), look_again}
        );
        if (!link.pace.wait(pause)) {
            awaited.interrupted = true;
            return awaited;
        }
    }
}

std::string given_up_text(const MarketRequest& request, const MarketTerms& terms) {
    return "request " + request.id + " is given up at " +
           format_instant(request.asked_at + terms.give_up);
}

std::optional<Error> ending(const MarketRequest& request, const MarketTerms& terms) {
    const std::string resume =
        request.kind == RequestKind::read
            ? "usagectl usage gap " + request.meter + " --resume " + request.id
            : "usagectl meter power-status " + request.meter + " --resume " + request.id;
    switch (request.state) {
    case RequestState::completed:
        return std::nullopt;
    case RequestState::claimed:
    case RequestState::pending: {
        const bool sent = request.state == RequestState::pending;
        return Error{
            Exit::unavailable,
            "read_pending",
            terms.name + (sent ? " has not finished" : " may never have had") + " request " +
                request.id + (request.word.empty() ? "" : " (" + told(request) + ")"),
            resume + "; " + given_up_text(request, terms),
            true,
        };
    }
    case RequestState::failed:
        return Error{
            Exit::unavailable,
            "read_failed_at_meter",
            terms.name + " could not read meter " + request.meter + ": " + told(request),
            "it does not count against the quota; ask again",
            true,
        };
    case RequestState::refused:
        return Error{
            Exit::refused,
            "market_refused",
            terms.name + " refused request " + request.id + ": " + told(request),
            "it does not count against the quota",
        };
    case RequestState::withdrawn:
        return Error{
            Exit::unavailable,
            "market_unavailable",
            "request " + request.id + " never reached " + terms.name + ": " + told(request),
            "nothing was asked and nothing counts; ask again",
            true,
        };
    case RequestState::expired:
        return Error{
            Exit::unavailable,
            "read_expired",
            terms.name + " never told how request " + request.id + " ended",
            "ask again",
            true,
        };
    }
    return std::nullopt;
}

}  // namespace usagectl::app
