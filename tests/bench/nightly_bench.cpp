// SPDX-License-Identifier: MIT
// A night of many accounts, in a store that is made for it:
//
//     nightly_bench URL ACCOUNTS TARIFF-FILE [NIGHTS]
//
// Makes the accounts, a meter each, and a settled day of 15-minute readings for every night; then
// times each night as a whole, as `usagectl nightly` runs it, and prints accounts a second.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "app/nightly.hpp"
#include "base/zone.hpp"
#include "meter/codec.hpp"
#include "store/open.hpp"

namespace {

using namespace usagectl;
using std::chrono::days;

constexpr std::size_t meters_at_once = 4096;
constexpr const char* zone_name = "America/Chicago";

struct Bench {
    const Zone& zone = **Zone::find(zone_name);
    LocalDay first = *parse_day("2026-07-01");
    FixedClock clock{*parse_instant("2026-07-01T12:00:00Z")};
    app::Actor actor{"bench", "bench", "bench", "[]"};
    app::Prepay prepay;
    std::unique_ptr<app::Store> store;
    std::int64_t accounts = 0;
};

std::string meter_name(std::int64_t number) {
    return "1044372" + std::to_string(10'000'000'000 + number);
}

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return took.count();
}

double cpu_seconds() {
    struct rusage usage {};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

meter::DayBlock readings(const Bench& bench, LocalDay day, std::int64_t meter) {
    meter::DayBlock block;
    const auto start = bench.zone.day_start(day);
    const auto length = bench.zone.day_start(day + days(1)) - start;
    block.clear(start, 15, static_cast<std::int32_t>(length / std::chrono::minutes(15)));
    std::uint64_t random = static_cast<std::uint64_t>(meter) * 2'654'435'761U + 1;
    for (int slot = 0; slot < block.count; ++slot) {
        random = random * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        block.wh[static_cast<std::size_t>(slot)] = 40 + static_cast<std::int64_t>(random >> 56);
        block.quality[static_cast<std::size_t>(slot)] = meter::Quality::actual;
    }
    return block;
}

void store_day(Bench& bench, LocalDay day) {
    bench.store->write([&] {
        meter::Source source;
        source.kind = "file";
        source.path = "bench";
        source.format = "lse";
        source.sha256 = std::string(56, '0') + std::to_string(10'000'000 + day_number(day));
        source.status = "open";
        source.known_at = bench.clock.now();
        source.number = bench.store->blocks().open_source(source);
        for (std::int64_t meter = 0; meter < bench.accounts;) {
            meter::BlockBatch batch;
            for (std::size_t i = 0; i < meters_at_once && meter < bench.accounts; ++i, ++meter) {
                meter::BlockBatch::Entry entry;
                const auto name = meter_name(meter);
                entry.name_at = static_cast<std::uint32_t>(batch.arena.size());
                entry.name_size = static_cast<std::uint8_t>(name.size());
                batch.arena += name;
                entry.bytes_at = static_cast<std::uint32_t>(batch.arena.size());
                meter::encode(readings(bench, day, meter), day, batch.arena);
                entry.bytes_size = static_cast<std::uint32_t>(batch.arena.size() - entry.bytes_at);
                entry.present = 96;
                entry.day = day;
                entry.zone = &bench.zone;
                batch.entries.push_back(entry);
            }
            bench.store->blocks().put(source, batch, source.counts, [](const meter::Reject&) {});
        }
        source.status = "loaded";
        source.tally.intervals = source.counts.stored;
        bench.store->blocks().close_source(source);
    });
}

void make_accounts(Bench& bench, const char* tariff_file) {
    std::ostringstream text;
    text << std::ifstream(tariff_file).rdbuf();
    const auto added =
        app::add_tariff(*bench.store, {tariff_file, text.str()}, bench.actor, bench.clock);
    if (!added)
        throw Failure(added.error());
    bench.store->write([&] {
        auto& accounts = bench.store->accounts();
        const auto profile = accounts.profile_number({added->version.name, {}, {}});
        for (std::int64_t at = 0; at < bench.accounts; ++at) {
            account::Account account;
            account.id = "A-" + std::to_string(10'000'000 + at);
            account.name = "bench";
            account.created_at = bench.clock.now();
            account::Standing standing;
            standing.status = account::Status::active;
            standing.meter = bench.store->meters().number(meter_name(at));
            standing.profile = profile;
            standing.charged_through = bench.first - days(1);
            standing.cycle_start = bench.first;
            standing.balance = Money::from_cents(100'000);
            standing.thresholds.low = Money::from_cents(2500);
            if (!accounts.create(account, standing))
                throw std::runtime_error("an account could not be made");
        }
    });
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "usage: nightly_bench URL ACCOUNTS TARIFF.toml [NIGHTS]\n");
        return 2;
    }
    try {
        Bench bench;
        bench.prepay.timezone = zone_name;
        bench.accounts = std::stoll(argv[2]);
        const int nights = argc > 4 ? std::stoi(argv[4]) : 1;
        store::migrate_store({.url = argv[1]}, bench.clock);
        bench.store = store::open_store({.url = argv[1]}, bench.clock);
        for (int night = 0; night < nights; ++night)
            store_day(bench, bench.first + days(night));
        make_accounts(bench, argv[3]);
        const auto packs = app::RulePacks::load({});
        for (int night = 0; night < nights; ++night) {
            const auto day = bench.first + days(night);
            const FixedClock clock(bench.zone.day_start(day + days(1)) + std::chrono::hours(3));
            app::NightlyRequest request;
            request.day = day;
            app::NightlyDone done;
            const double cpu_before = cpu_seconds();
            const double took = seconds_of([&] {
                done = *app::run_nightly(
                    *bench.store, request, bench.prepay, *packs, bench.actor, clock
                );
            });
            struct rusage usage {};
            getrusage(RUSAGE_SELF, &usage);
            std::printf(
                "%s %lld accounts in %.3f s (%.3f s CPU): %.0f accounts/s, %s charged, %ld MB\n",
                format_day(day).c_str(),
                static_cast<long long>(done.charges.charged),
                took,
                cpu_seconds() - cpu_before,
                static_cast<double>(done.charges.charged) / took,
                format_money(done.charges.amount).c_str(),
                usage.ru_maxrss / 1024
            );
        }
    } catch (const Failure& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        return 5;
    }
    return 0;
}
