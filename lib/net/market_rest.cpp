// SPDX-License-Identifier: MIT
// Smart Meter Texas' official REST interface, as clients of it and the brief parts of its guide
// that are public show it: every request is a POST that says who asks, in which role, and that the
// terms are accepted. A read is asked for at /odr/ and looked up by its number at /odrstatus/.
#include <atomic>

#include "base/assert.hpp"
#include "market/sizing.hpp"
#include "net/market_adapters.hpp"
#include "net/market_reads.hpp"
#include "net/market_session.hpp"
#include "net/market_text.hpp"

namespace usagectl::net {
namespace {

using market::Failed;
using market::Outcome;

class RestMarket final : public market::Market {
public:
    RestMarket(const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone)
        : profile_(profile)
        , session_(profile, http, clock)
        , clock_(clock)
        , zone_(zone) {}

    Outcome<market::Ticket>
    request_read(const market::Subject& subject, const std::string& reference) override {
        const auto answer = session_.ask(
            {profile_.paths.request_read,
             about(subject, reference),
             "ask for a read",
             false,
             profile_.total}
        );
        if (!answer)
            return tl::unexpected(answer.error());
        return read_ticket(*answer, reading());
    }

    Outcome<market::ReadStatus> read_status(
        const market::Subject& subject, const market::Ticket& ticket, const std::string& reference
    ) override {
        JsonObject body = identity(ticket.trans_id.empty() ? reference : ticket.trans_id);
        body.text(profile_.fields.correlation_id, ticket.correlation_id)
            .text("reportFormat", "JSON")
            .text("deliveryMode", "API");
        const auto answer = session_.ask(
            {profile_.paths.read_status, body.take(), "look up a read", true, profile_.total}
        );
        if (!answer)
            return tl::unexpected(answer.error());
        return read_status_answer(*answer, subject, ticket, reading());
    }

    Outcome<std::vector<market::MeterReads>>
    intervals(std::span<const std::string> esi_ids, LocalDay first, LocalDay last) override {
        USAGECTL_ASSERT(!esi_ids.empty() && esi_ids.size() <= market::most_esi_ids);
        USAGECTL_ASSERT(first <= last);
        JsonObject body = identity(next_trans_id());
        body.text("startDate", market_day_text(first))
            .text("endDate", market_day_text(last))
            .text("reportFormat", "JSON")
            .text("deliveryMode", "API")
            .text("version", "L")      // the latest
            .text("readingType", "A")  // consumption and generation
            .list(profile_.fields.esi_ids, esi_ids);
        const auto answer = session_.ask(
            {profile_.paths.intervals,
             body.take(),
             "fetch intervals",
             true,
             profile_.intervals_total}
        );
        if (!answer)
            return tl::unexpected(answer.error());
        return read_intervals_answer(*answer, {esi_ids, first, last}, reading());
    }

    Outcome<market::PowerStatus>
    power_status(const market::Subject& subject, const std::string& reference) override {
        return ask_power_status(profile_, session_, subject, reading(), [&] {
            return about(subject, reference);
        });
    }

private:
    [[nodiscard]] Reading reading() const { return {profile_.name, zone_, clock_.now()}; }

    [[nodiscard]] JsonObject identity(const std::string& trans_id) const {
        const std::string& requestor =
            profile_.requestor_id.empty() ? profile_.user : profile_.requestor_id;
        JsonObject body;
        body.text(profile_.fields.trans_id, trans_id)
            .text("requestorID", requestor)
            .text("requesterType", profile_.requester_type)
            .text("requesterAuthenticationID", profile_.duns)
            .text("SMTTermsandConditions", "Y");
        return body;
    }

    [[nodiscard]] std::string
    about(const market::Subject& subject, const std::string& reference) const {
        JsonObject body = identity(reference);
        body.text(profile_.fields.esi_id, subject.esi_id)
            .text("reportFormat", "JSON")
            .text("deliveryMode", "API");
        if (!subject.meter_number.empty())
            body.text(profile_.fields.meter_number, subject.meter_number);
        return body.take();
    }

    // A query needs a number of its own, but none that outlives it.
    [[nodiscard]] std::string next_trans_id() {
        return "U" + std::to_string(unix_seconds(clock_.now())) + "-" + std::to_string(++queries_);
    }

    const MarketProfile profile_;
    MarketSession session_;
    const Clock& clock_;
    const Zone& zone_;
    std::atomic<std::uint64_t> queries_{0};
};

}  // namespace

std::unique_ptr<market::Market> make_rest_market(
    const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone
) {
    return std::make_unique<RestMarket>(profile, http, clock, zone);
}

}  // namespace usagectl::net
