// SPDX-License-Identifier: MIT
// `usagectl balance` as a command line in this process, over a store of the case's, with a pace
// that does what the case says instead of waiting.
#pragma once

#include <deque>

#include "balance/household.hpp"
#include "store/datastore.hpp"
#include "store/failing_session.hpp"
#include "support/run_command.hpp"
#include "support/scratch.hpp"

namespace usagectl::test {

// Opens the store at the place, through sessions that can be made to fail.
class TellerStores final : public NoStores {
public:
    explicit TellerStores(const Place& place)
        : place_(place) {}
    std::unique_ptr<app::Store> open(const std::string&, const Look&) override;

    FailingSession::Trigger trigger;

private:
    const Place& place_;
};

// What happens while a watch waits, one piece of work each time; then the watch is ended.
class TellerNetwork final : public cli::Network {
public:
    std::unique_ptr<app::RemoteFolder> folder(const cli::Source&, const cli::NetworkUse&) override;
    std::unique_ptr<market::Market> market(const Zone&, const cli::NetworkUse&) override;
    std::unique_ptr<app::Pace>
        pace(std::function<bool()>, std::function<void(std::string_view)>) override;

    std::deque<std::function<void()>> meanwhile;
    std::vector<std::chrono::milliseconds> waited;
};

struct Teller : World {
    explicit Teller(const Place& place);

    TellerStores at;
    TellerNetwork while_waiting;

private:
    Scratch files_;
};

}  // namespace usagectl::test
