// SPDX-License-Identifier: MIT
// What the pages of Smart Meter Texas' portal use, as open clients have worked it out. A read is
// asked for by ESI ID and meter number; there is no looking up by request, only "the latest read",
// which is the one before until the new one is there.
#include <map>
#include <mutex>

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

class PortalMarket final : public market::Market {
public:
    PortalMarket(
        const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone
    )
        : profile_(profile)
        , session_(profile, http, clock)
        , clock_(clock)
        , zone_(zone) {}

    Outcome<market::Ticket>
    request_read(const market::Subject& subject, const std::string&) override {
        const auto body = about(subject);
        if (!body)
            return tl::unexpected(body.error());
        const auto answer = session_.ask(
            {profile_.paths.request_read, *body, "ask for a read", false, profile_.total}
        );
        if (!answer)
            return tl::unexpected(answer.error());
        return read_ticket(*answer, reading());
    }

    Outcome<market::ReadStatus>
    read_status(const market::Subject& subject, const market::Ticket&, const std::string&)
        override {
        JsonObject body;
        body.text(profile_.fields.esi_id, subject.esi_id);
        const auto answer = session_.ask(
            {profile_.paths.read_status, body.take(), "look up a read", true, profile_.total}
        );
        if (!answer)
            return tl::unexpected(answer.error());
        // The number it may show is of the request it speaks of, not of ours.
        return read_status_answer(*answer, subject, {}, reading());
    }

    Outcome<std::vector<market::MeterReads>>
    intervals(std::span<const std::string> esi_ids, LocalDay first, LocalDay last) override {
        USAGECTL_ASSERT(!esi_ids.empty() && esi_ids.size() <= market::most_esi_ids);
        USAGECTL_ASSERT(first <= last);
        JsonObject body;
        body.text("startDate", market_day_text(first))
            .text("endDate", market_day_text(last))
            .text("reportFormat", "JSON")
            .list(profile_.fields.esi_ids, esi_ids)
            .null("versionDate")
            .null("readDate")
            .null("versionNum")
            .null("dataType");
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
    power_status(const market::Subject& subject, const std::string&) override {
        return ask_power_status(profile_, session_, subject, reading(), [&] {
            return about(subject);
        });
    }

private:
    [[nodiscard]] Reading reading() const { return {profile_.name, zone_, clock_.now()}; }

    [[nodiscard]] Outcome<std::string> about(const market::Subject& subject) {
        auto number = meter_number(subject);
        if (!number) {
            number.error().done = false;  // the question itself was not put
            return tl::unexpected(number.error());
        }
        JsonObject body;
        body.text(profile_.fields.esi_id, subject.esi_id)
            .text(profile_.fields.meter_number, *number);
        return body.take();
    }

    // Asked for once for each meter whose number is not known here.
    [[nodiscard]] Outcome<std::string> meter_number(const market::Subject& subject) {
        if (!subject.meter_number.empty())
            return subject.meter_number;
        {
            const std::scoped_lock lock(mutex_);
            if (const auto known = numbers_.find(subject.esi_id); known != numbers_.end())
                return known->second;
        }
        const auto answer = session_.ask(
            {profile_.paths.meters,
             JsonObject().text("esiid", "*").take(),
             "list the meters",
             true,
             profile_.total}
        );
        if (!answer)
            return tl::unexpected(answer.error());
        auto number = read_meter_number(*answer, subject.esi_id, reading());
        if (number) {
            const std::scoped_lock lock(mutex_);
            numbers_[subject.esi_id] = *number;
        }
        return number;
    }

    const MarketProfile profile_;
    MarketSession session_;
    const Clock& clock_;
    const Zone& zone_;
    std::mutex mutex_;  // over the numbers
    std::map<std::string, std::string> numbers_;
};

}  // namespace

std::unique_ptr<market::Market> make_portal_market(
    const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone
) {
    return std::make_unique<PortalMarket>(profile, http, clock, zone);
}

}  // namespace usagectl::net
