// SPDX-License-Identifier: MIT
#include "net/market_adapters.hpp"

namespace usagectl::net {

market::Outcome<market::PowerStatus> ask_power_status(
    const MarketProfile& profile,
    MarketSession& session,
    const market::Subject& subject,
    const Reading& reading,
    const std::function<market::Outcome<std::string>()>& about
) {
    if (profile.paths.power_status.empty()) {
        return tl::unexpected(market::Failed{
            {Exit::refused,
             "market_refused",
             profile.name + ": the address of its power status is not known",
             "set the path of the power status in the market's configuration"},
            false});
    }
    const auto body = about();
    if (!body)
        return tl::unexpected(body.error());
    const auto answer = session.ask(
        {profile.paths.power_status, *body, "ask for the power status", false, profile.total}
    );
    if (!answer)
        return tl::unexpected(answer.error());
    return read_power_answer(*answer, subject, reading);
}

}  // namespace usagectl::net
