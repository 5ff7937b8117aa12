// SPDX-License-Identifier: MIT
#include "net/market_status.hpp"

#include <algorithm>
#include <array>

#include "base/number.hpp"
#include "base/text.hpp"
#include "market/read_rules.hpp"
#include "net/market_answer.hpp"
#include "net/market_text.hpp"

namespace usagectl::net {
namespace {

using market::Failed;
using market::Outcome;
using market::Power;
using market::ReadState;

[[nodiscard]] tl::unexpected<Failed> refused(const Refusal& refusal, const Reading& reading) {
    return tl::unexpected(Failed{error_of(refusal, reading.market), false});
}

[[nodiscard]] bool fits_ticket(std::string_view id) {
    return id.size() <= 128 &&
           std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c <= '~'; });
}

// kWh as a register shows them; 10^15 Wh is more than any register can.
[[nodiscard]] std::optional<std::int64_t> register_wh(std::string_view text) {
    const auto scaled = parse_scaled(text, 3);
    if (!scaled || scaled->value < 0 || scaled->value > 1'000'000'000'000'000)
        return {};
    return scaled->value;
}

// Empty when the answer names the meter that was asked for, or none.
[[nodiscard]] std::string_view other_meter(const Json& data, const market::Subject& subject) {
    const std::string_view named = bare_esi_id(data.word({"esiid"}));
    return named == subject.esi_id ? std::string_view{} : named;
}

struct PowerWord {
    std::string_view word;
    Power power = Power::unknown;
};
constexpr std::array<PowerWord, 16> power_words{{
    {"ON", Power::on},
    {"POWER ON", Power::on},
    {"POWERED", Power::on},
    {"ENERGIZED", Power::on},
    {"ENERGISED", Power::on},
    {"CONNECTED", Power::on},
    {"ACTIVE", Power::on},
    {"OFF", Power::off},
    {"POWER OFF", Power::off},
    {"NO POWER", Power::off},
    {"OUTAGE", Power::off},
    {"DE-ENERGIZED", Power::off},
    {"DE-ENERGISED", Power::off},
    {"DEENERGIZED", Power::off},
    {"DISCONNECTED", Power::off},
    {"INACTIVE", Power::off},
}};

[[nodiscard]] Power power_of(std::string_view word) {
    std::string upper = shown_words(word);
    for (char& c : upper) {
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
        if (c == '_')
            c = ' ';
    }
    for (const PowerWord& known : power_words) {
        if (upper == known.word)
            return known.power;
    }
    return Power::unknown;
}

struct PowerFound {
    Power power = Power::unknown;
    std::string word;
};

[[nodiscard]] PowerFound find_power(const Json& data) {
    const Json* found = data.find(
        {"powerStatus",
         "meterPowerStatus",
         "power",
         "energized",
         "powerOn",
         "premiseStatus",
         "status"}
    );
    if (found == nullptr)
        return {};
    if (found->is(Json::Kind::boolean))
        return {found->truth ? Power::on : Power::off, found->truth ? "true" : "false"};
    return {power_of(found->text), shown_words(found->text)};
}

}  // namespace

std::string_view bare_esi_id(std::string_view text) {
    const auto begin = text.find_first_not_of(" '");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

tl::unexpected<Failed> foreign_answer(std::string_view market, std::string_view what) {
    return tl::unexpected(Failed{
        {Exit::unavailable,
         "market_answer_foreign",
         std::string(market) + " answers for " + std::string(what) + ", which was not asked for",
         "nothing of the answer is used"},
        true});
}

Outcome<market::Ticket> read_ticket(const Json& answer, const Reading& reading) {
    if (const auto refusal = refusal_in(answer))
        return refused(*refusal, reading);
    const Json& data = payload(answer);
    const std::string_view trans_id = data.word({"trans_id", "transId"});
    const std::string_view correlation_id = data.word({"correlationId"});
    const std::string_view code = data.word({"statusCode"});
    if (trans_id.empty() && correlation_id.empty() && code.empty())
        return malformed_answer(
            reading.market, "the answer to the request has neither status nor number", true
        );
    // `0` is "submitted successfully for further processing" here.
    const ReadState state = market::state_of(code);
    if (!code.empty() && state != ReadState::pending && state != ReadState::completed) {
        Refusal refusal;
        refusal.code = shown_words(code);
        refusal.text = shown_words(data.word({"statusReason"}));
        return refused(refusal, reading);
    }
    if (!fits_ticket(trans_id) || !fits_ticket(correlation_id))
        return malformed_answer(reading.market, "the number of the request is none", true);
    return market::Ticket{std::string(trans_id), std::string(correlation_id)};
}

Outcome<market::ReadStatus> read_status_answer(
    const Json& answer,
    const market::Subject& subject,
    const market::Ticket& ticket,
    const Reading& reading
) {
    const Json& data = payload(answer);
    const auto refusal = refusal_in(answer);
    market::ReadStatus status;
    status.word = shown_words(data.word({"odrstatus", "statusCode", "RequestStatus"}));
    status.message = shown_words(data.word({"responseMessage", "statusReason", "errorMessage"}));
    status.state =
        refusal && refusal->too_many ? ReadState::too_many : market::state_of(status.word);
    if (status.word.empty()) {
        if (!refusal)
            return malformed_answer(reading.market, "the answer has no status of the read", true);
        // Nothing is known yet of any read: not an end.
        if (!refusal->no_data)
            return refused(*refusal, reading);
        status.word = refusal->code;
    }
    if (const auto other = other_meter(data, subject); !other.empty())
        return foreign_answer(reading.market, "meter " + quoted(other));
    const std::string_view number = data.word({"correlationId"});
    if (!number.empty() && !ticket.correlation_id.empty() && number != ticket.correlation_id)
        return foreign_answer(reading.market, "request " + quoted(number));
    if (status.state == ReadState::pending)
        return status;

    const Json* nested = data.find({"odrRead"});
    const Json& read = nested != nullptr && nested->is(Json::Kind::object) ? *nested : data;
    const std::string_view date = read.word({"readDate", "odrdate"});
    status.read_at = market_instant(date, reading.zone, reading.now);
    if (status.state != ReadState::completed)
        return status;
    const std::string_view text = read.word({"registeredRead", "odrread"});
    status.register_wh = register_wh(text);
    if (!status.register_wh)
        return malformed_answer(
            reading.market, "register " + quoted(text) + " is no reading", true
        );
    if (!status.read_at)
        return malformed_answer(reading.market, quoted(date) + " is no time of a read", true);
    return status;
}

Outcome<market::PowerStatus>
read_power_answer(const Json& answer, const market::Subject& subject, const Reading& reading) {
    if (const auto refusal = refusal_in(answer); refusal && !refusal->no_data)
        return refused(*refusal, reading);
    const Json& data = payload(answer);
    if (const auto other = other_meter(data, subject); !other.empty())
        return foreign_answer(reading.market, "meter " + quoted(other));
    const PowerFound found = find_power(data);
    const std::string_view code = data.word({"statusCode", "RequestStatus", "errorCode"});
    if (found.word.empty() && code.empty())
        return malformed_answer(reading.market, "the answer has no status of the power", true);
    market::PowerStatus status;
    status.power = found.power;
    status.word = found.word.empty() ? shown_words(code) : found.word;
    status.message = shown_words(data.word({"statusReason", "responseMessage", "errorMessage"}));
    // The power's word may be the request's: a `status` of PENDING.
    status.state =
        found.power != Power::unknown ? ReadState::completed : market::state_of(status.word);
    if (status.state == ReadState::completed)
        status.seen_at = market_instant(
            data.word({"powerStatusDate", "statusDate", "readDate", "date", "timestamp"}),
            reading.zone,
            reading.now
        );
    return status;
}

Outcome<std::string>
read_meter_number(const Json& answer, const std::string& esi_id, const Reading& reading) {
    if (const auto refusal = refusal_in(answer); refusal && !refusal->no_data)
        return refused(*refusal, reading);
    for (const Json& meter : payload(answer).items) {
        if (bare_esi_id(meter.word({"esiid"})) == esi_id)
            return std::string(bare_esi_id(meter.word({"meterNumber"})));
    }
    return tl::unexpected(Failed{
        {Exit::refused,
         "market_refused",
         std::string(reading.market) + ": meter " + quoted(esi_id) +
             " is not among the meters of this user"},
        false});
}

}  // namespace usagectl::net
