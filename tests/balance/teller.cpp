// SPDX-License-Identifier: MIT
#include "balance/teller.hpp"

namespace usagectl::test {
namespace {

class ScriptedPace final : public app::Pace {
public:
    explicit ScriptedPace(TellerNetwork& script)
        : script_(script) {}
    std::int64_t now_ms() override { return 0; }
    bool wait(std::chrono::milliseconds time) override {
        script_.waited.push_back(time);
        if (script_.meanwhile.empty())
            return false;
        const auto work = script_.meanwhile.front();
        script_.meanwhile.pop_front();
        work();
        return true;
    }
    void tell(std::string_view) override {}

private:
    TellerNetwork& script_;
};

[[noreturn]] void no_network() {
    throw Failure("network_unreachable", "there is no network here", {}, true);
}

}  // namespace

std::unique_ptr<app::Store> TellerStores::open(const std::string&, const Look& look) {
    if (look)
        look(false);
    auto session = std::make_unique<FailingSession>(place_.session(), trigger);
    return std::make_unique<store::Datastore>(std::move(session), "it");
}

std::unique_ptr<app::RemoteFolder>
TellerNetwork::folder(const cli::Source&, const cli::NetworkUse&) {
    no_network();
}

std::unique_ptr<market::Market> TellerNetwork::market(const Zone&, const cli::NetworkUse&) {
    no_network();
}

std::unique_ptr<app::Pace>
TellerNetwork::pace(std::function<bool()>, std::function<void(std::string_view)>) {
    return std::make_unique<ScriptedPace>(*this);
}

Teller::Teller(const Place& place)
    : World{.clock = FixedClock(test::at(3))}
    , at(place) {
    stores = &at;
    network = &while_waiting;
    environment["USAGECTL_DB"] = place.url();
    environment["USAGECTL_CONFIG"] = files_.write(
        "config.toml", "timezone = \"UTC\"\n[identity]\nprovider_of_record = \"" + provider + "\"\n"
    );
}

}  // namespace usagectl::test
