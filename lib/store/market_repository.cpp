// SPDX-License-Identifier: MIT
#include "store/market_repository.hpp"

#include "base/assert.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {
namespace {

using app::MarketRequest;
using app::RequestKind;
using app::RequestState;

RequestState parse_state(std::string_view text) {
    if (const auto state = app::request_states.parse(text))
        return *state;
    throw Failure("store_damaged", "a market request has the unknown state " + std::string(text));
}

MarketRequest read_request(const Row& row) {
    MarketRequest request;
    request.id = row.text(0);
    request.kind =
        row.text(1) == to_string(RequestKind::read) ? RequestKind::read : RequestKind::power_status;
    request.meter = row.text(2);
    request.state = parse_state(row.text(3));
    request.asked_at = instant(row.integer(4));
    request.asked_by = row.text(5);
    request.ticket = {std::string(row.text(6)), std::string(row.text(7))};
    request.poll_after_ms = row.integer(8);
    request.polls = row.integer(9);
    request.decided_at = optional_instant(row, 10);
    request.read_at = optional_instant(row, 11);
    if (!row.is_null(12))
        request.register_wh = row.integer(12);
    request.word = row.text(13);
    request.message = row.text(14);
    if (!row.is_null(15))
        request.source = row.integer(15);
    return request;
}

std::optional<MarketRequest> find_one(Session& session, std::string_view where, Values values) {
    std::optional<MarketRequest> found;
    const std::string sql =
        "select id, kind, meter, state, asked_at, asked_by, trans_id, correlation_id,"
        " poll_after_ms, polls, decided_at, read_at, register_wh, word, message, source"
        " from market_request where " +
        std::string(where);
    each_row(session, sql, values, [&](const Row& row) { found = read_request(row); });
    return found;
}

}  // namespace

std::optional<MarketRequest> MarketRepository::find(std::string_view id) {
    const std::string sound = sound_text(id);
    return find_one(session_, "id = $1", {std::string_view(sound)});
}

std::optional<MarketRequest> MarketRepository::find_open(std::string_view meter, RequestKind kind) {
    return find_one(
        session_, "meter = $1 and kind = $2 and decided_at is null", {meter, to_string(kind)}
    );
}

std::optional<MarketRequest>
MarketRepository::last_completed(std::string_view meter, RequestKind kind) {
    return find_one(
        session_,
        "meter = $1 and kind = $2 and state = 'completed' order by asked_at desc, id desc limit 1",
        {meter, to_string(kind)}
    );
}

std::vector<Instant>
MarketRepository::completed_since(std::string_view meter, RequestKind kind, Instant from) {
    std::vector<Instant> found;
    each_row(
        session_,
        "select asked_at from market_request where meter = $1 and kind = $2 and asked_at >= $3"
        " and state = 'completed' order by asked_at",
        {meter, to_string(kind), unix_seconds(from)},
        [&](const Row& row) { found.push_back(instant(row.integer(0))); }
    );
    return found;
}

bool MarketRepository::claim(const MarketRequest& request) {
    USAGECTL_ASSERT(request.state == RequestState::claimed && !request.decided_at);
    const std::string asked_by = sound_text(request.asked_by);
    return run(session_,
               "insert into market_request (id, kind, meter, state, asked_at, asked_by, trans_id,"
               " correlation_id, poll_after_ms, polls, word, message)"
               " values ($1, $2, $3, 'claimed', $4, $5, '', '', $6, 0, '', '')"
               " on conflict do nothing",
               {request.id,
                to_string(request.kind),
                request.meter,
                unix_seconds(request.asked_at),
                asked_by,
                request.poll_after_ms}) == 1;
}

void MarketRepository::update(const MarketRequest& request) {
    const std::string trans_id = sound_text(request.ticket.trans_id);
    const std::string correlation_id = sound_text(request.ticket.correlation_id);
    const std::string word = sound_text(request.word);
    const std::string message = sound_text(request.message);
    const auto changed =
        run(session_,
            "update market_request set state = $2, trans_id = $3, correlation_id = $4,"
            " poll_after_ms = $5, polls = $6, decided_at = $7, read_at = $8, register_wh = $9,"
            " word = $10, message = $11, source = $12 where id = $1",
            {request.id,
             to_string(request.state),
             trans_id,
             correlation_id,
             request.poll_after_ms,
             request.polls,
             nullable(request.decided_at),
             nullable(request.read_at),
             request.register_wh ? Value(*request.register_wh) : Value(),
             word,
             message,
             request.source ? Value(*request.source) : Value()});
    USAGECTL_ASSERT(changed == 1);
}

bool MarketRepository::take_turn(std::string_view id, std::int64_t now_ms, std::int64_t until_ms) {
    return run(session_,
               "update market_request set poll_after_ms = $3 where id = $1 and decided_at is null"
               " and poll_after_ms <= $2",
               {id, now_ms, until_ms}) == 1;
}

}  // namespace usagectl::store
