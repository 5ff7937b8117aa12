// SPDX-License-Identifier: MIT
#include "app/reading_requests.hpp"

#include <vector>

#include "app/day_rating.hpp"
#include "base/csv.hpp"
#include "base/zone.hpp"

namespace usagectl::app {

namespace {

constexpr std::size_t meters_at_once = 8'192;

class Requests {
public:
    Requests(
        Store& store,
        LocalDay day,
        Instant now,
        const std::function<void(std::string_view rows)>& sink
    )
        : store_(store)
        , day_(day)
        , now_(now)
        , sink_(sink) {}

    std::int64_t run() {
        sink_(csv_row({"meter", "account", "date", "from", "to", "intervals", "missing"}));
        std::int64_t after = 0;
        bool more = true;
        while (more) {
            store_.read([&] {
                const auto metered = store_.nightly().in_service(after, meters_at_once);
                more = metered.size() == meters_at_once;
                if (!metered.empty())
                    after = metered.back().meter;
                look(metered);
            });
        }
        return asked_;
    }

private:
    struct Open {
        MeteredAccount of;
        DayCoverage coverage;
        Instant from{};
        Instant to{};
    };

    // Blocks and accounts ascend by meter alike: one walk along both.
    void look(const std::vector<MeteredAccount>& metered) {
        if (metered.empty())
            return;
        std::vector<Open> open;
        DayBlocks blocks;
        std::size_t at = 0;
        const auto settle = [&] {
            const auto& zone = **Zone::find(*metered[at].timezone);
            const auto from = zone.day_start(day_);
            const auto to = zone.day_start(day_ + std::chrono::days(1));
            const auto coverage = coverage_of(day_, from, to, blocks);
            if (to <= now_ && coverage.missing != 0)
                open.push_back({metered[at], coverage, from, to});
            blocks.present = {};
            ++at;
        };
        store_.nightly().each_block(
            day_,
            metered.front().meter,
            metered.back().meter,
            [&](std::int64_t meter, meter::Channel channel, meter::Layer layer, auto packed) {
                while (at < metered.size() && metered[at].meter < meter)
                    settle();
                if (at < metered.size() && metered[at].meter == meter)
                    blocks.take(day_, meter, channel, layer, packed);
            }
        );
        blocks.check();
        while (at < metered.size())
            settle();
        for (const auto& each : open)
            write(each);
    }

    void write(const Open& open) {
        const auto meter = store_.meters().find_number(open.of.meter);
        const auto known = store_.accounts().find(open.of.account);
        if (!meter || !known)
            throw Failure("store_damaged", "an account in service lost its meter");
        sink_(csv_row({
            meter->id,
            known->account.id,
            format_day(day_),
            format_instant(open.from),
            format_instant(open.to),
            std::to_string(open.coverage.intervals),
            std::to_string(open.coverage.missing),
        }));
        ++asked_;
    }

    Store& store_;
    LocalDay day_;
    Instant now_;
    const std::function<void(std::string_view rows)>& sink_;
    std::int64_t asked_ = 0;
};

}  // namespace

std::int64_t request_readings(
    Store& store, LocalDay day, Instant now, const std::function<void(std::string_view rows)>& sink
) {
    return Requests(store, day, now, sink).run();
}

}  // namespace usagectl::app
