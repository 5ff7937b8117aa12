// SPDX-License-Identifier: MIT
// A leap year of many accounts, night by night: both days of a clock change, readings that come
// late, in parts, and revised, payments and payments that bounce, and every month the bills of the
// legacy system. What every bill comes to, and every day behind the last, is worked out here, from
// the readings alone and by other arithmetic; at the end every balance is it.
#include "app/reconcile.hpp"
#include "prepay/world.hpp"
#include "support/scratch.hpp"

using namespace usagectl;
using namespace usagectl::test;
using std::chrono::days;

namespace {

constexpr const char* taxed =
    "name = \"taxed\"\neffective = 2020-01-01\ncurrency = \"USD\"\n"
    "[[energy]]\nname = \"Energy\"\nper_kwh = \"0.0891\"\n"
    "[[fixed]]\nname = \"Base\"\nper_day = \"0.1440\"\n"
    "[[tax]]\nname = \"City\"\njurisdiction = \"city\"\npercent = \"8.25\"\n";
constexpr const char* stepped =
    "name = \"stepped\"\neffective = 2020-01-01\ncurrency = \"USD\"\n"
    "[[energy]]\nname = \"Energy\"\ntiers = [ { up_to_kwh = \"300\", per_kwh = \"0.0745\" },"
    " { per_kwh = \"0.1198\" } ]\n";

// Cents, rounded half to even; the arithmetic is not that of base/money.hpp.
std::int64_t rounded(std::int64_t numerator, std::int64_t denominator) {
    const auto whole = numerator / denominator;
    const auto twice = 2 * (numerator % denominator);
    if (twice > denominator || (twice == denominator && whole % 2 == 1))
        return whole + 1;
    return whole;
}

// A number that looks drawn by lot and is the same in every run.
std::uint64_t lot(std::uint64_t account, std::uint64_t day, std::uint64_t what) {
    std::uint64_t mixed = account * 0x9E3779B97F4A7C15U + day * 0xC2B2AE3D27D4EB4FU + what;
    mixed ^= mixed >> 29;
    mixed *= 0xBF58476D1CE4E5B9U;
    mixed ^= mixed >> 32;
    return mixed;
}

struct Customer {
    std::string id;
    bool by_steps = false;
    std::int64_t cents = 0;              // the truth: what is left
    std::int64_t cycle_wh = 0;           // of the billing cycle
    std::vector<std::int64_t> final_wh;  // in each interval, day by day
};

class Year {
public:
    Year(World& world, int accounts)
        : world_(world) {
        world.tariff(taxed);
        world.tariff(stepped);
        for (int at = 0; at < accounts; ++at) {
            auto& customer = customers_.emplace_back();
            customer.id = "C" + std::to_string(at);
            customer.by_steps = at % 2 == 1;
            const auto first_payment = 5000 + 100 * (at % 7);
            world.account(
                customer.id, customer.by_steps ? "stepped" : "taxed", first, cents(first_payment)
            );
            customer.cents = first_payment;
        }
    }

    void run() {
        for (int number = 0; number < nights; ++number) {
            live(number);
            world_.night_after(first + days(number));
            deliver(number);
            world_.night(first + days(number));
            const std::chrono::year_month_day date(first + days(number));
            if (number > 31 && date.day() == std::chrono::day(10)) {
                const auto month = date.year() / date.month() / 1;
                bill(LocalDay(month - std::chrono::months(1)), LocalDay(month));
            }
        }
    }

    void check() {
        for (auto& customer : customers_) {
            for (int number = length; number < nights; ++number)
                charge(customer, number);
            INFO(customer.id);
            CHECK(
                format_money(world_.standing(customer.id).balance) ==
                format_money(cents(customer.cents))
            );
        }
        world_.check_ledger();
    }

private:
    // The day: payments, and those of four days ago that bounce.
    void live(int number) {
        const auto day = static_cast<std::uint64_t>(number);
        world_.noon(first + days(number));
        std::vector<std::pair<std::size_t, std::int64_t>> paying;
        for (std::size_t at = 0; at < customers_.size(); ++at) {
            auto& customer = customers_[at];
            if (const auto bad = bouncing_.find({at, number}); bad != bouncing_.end()) {
                const auto back = app::reverse_payment(
                    *world_.store,
                    {bad->second.first, "returned"},
                    world_.prepay,
                    world_.actor,
                    world_.clock
                );
                REQUIRE(back);
                customer.cents -= bad->second.second;
            }
            if ((at + day) % 30 != 0)
                continue;
            const auto amount = 2500 + static_cast<std::int64_t>(lot(at, day, 1) % 9000);
            customer.cents += amount;
            paying.push_back({at, amount});
        }
        pay(paying, number);
    }

    // All of a day's payments at once.
    void pay(const std::vector<std::pair<std::size_t, std::int64_t>>& paying, int number) {
        world_.store->write([&] {
            for (const auto& [at, amount] : paying) {
                const auto paid = app::post_payment_within(
                    *world_.store,
                    {customers_[at].id, cents(amount), account::Method::cash},
                    world_.prepay,
                    "ann",
                    world_.clock.now()
                );
                REQUIRE(paid);
                if (lot(at, static_cast<std::uint64_t>(number), 2) % 50 == 0)
                    bouncing_[{at, number + 4}] = {paid->payment, amount};
            }
        });
    }

    // The night's readings: most of the day's, and what is late of days before.
    void deliver(int number) {
        std::map<int, std::vector<World::Reading>> by_day;
        for (std::size_t at = 0; at < customers_.size(); ++at) {
            auto& customer = customers_[at];
            const auto day = static_cast<std::uint64_t>(number);
            const auto wh = 10 + static_cast<std::int64_t>(lot(at, day, 3) % 300);
            auto& final_wh = customer.final_wh;
            final_wh.push_back(wh);
            // The last nights bring what is late, and nothing that would come later still.
            switch (number < length ? lot(at, day, 4) % 100 : 99) {
            case 0:
            case 1:
                late_[number + 2].push_back({number, {customer.id, wh}});
                break;
            case 2:
                by_day[number].push_back({customer.id, wh, {40, 41, 42, 43, 44, 45, 46, 47, 48, 49}}
                );
                late_[number + 3].push_back({number, {customer.id, wh}});
                break;
            case 3:
                by_day[number].push_back({customer.id, wh});
                final_wh.back() = wh + 7;
                late_[number + 5].push_back({number, {customer.id, wh + 7}});
                break;
            case 4:
                // Too late: the day has been billed, and stays as it was billed.
                by_day[number].push_back({customer.id, wh});
                late_[number + 45].push_back({number, {customer.id, wh + 11}});
                break;
            default:
                by_day[number].push_back({customer.id, wh});
            }
        }
        for (auto& [of, reading] : late_[number])
            by_day[of].push_back(reading);
        for (const auto& [of, readings] : by_day)
            world_.readings(first + days(of), readings);
    }

    std::int64_t used(const Customer& customer, LocalDay day) const {
        const auto hours = (world_.zone.day_start(day + days(1)) - world_.zone.day_start(day)) /
                           std::chrono::hours(1);
        return customer.final_wh[static_cast<std::size_t>((day - first).count())] * 4 * hours;
    }

    // The legacy system bills a month as one: it rounds once, and knows the actual PCA.
    std::string line_of(Customer& customer, LocalDay from, LocalDay to) const {
        std::int64_t wh = 0;
        for (auto day = from; day < to; day += days(1))
            wh += used(customer, day);
        const auto count = (to - from).count();
        const auto below = std::min<std::int64_t>(wh, 300'000);
        const auto energy = customer.by_steps ? rounded(below * 745 + (wh - below) * 1198, 100'000)
                                              : rounded(wh * 891, 100'000);
        const auto pca = rounded(wh * 37, 100'000);
        const auto base = customer.by_steps ? 0 : rounded(count * 144, 10);
        const auto taxes = customer.by_steps ? 0 : rounded((energy + pca + base) * 825, 10'000);
        customer.cents -= energy + pca + base + taxes;
        std::string line = customer.id + ',' + format_day(from) + ',' + format_day(to - days(1)) +
                           ',' + std::to_string(count) + ',' + reconcile::kwh_text(wh);
        for (const auto amount : {energy, pca, base, taxes, std::int64_t{0}})
            line += ',' + format_money(cents(amount));
        return line + '\n';
    }

    void bill(LocalDay from, LocalDay to) {
        std::string text = "account,cycle_start,cycle_end,days_in_cycle,kwh,energy_charge,"
                           "pca_amount,base_charge,taxes,additional_charges\n";
        for (auto& customer : customers_)
            text += line_of(customer, from, to);
        app::StartReconcile start;
        start.cycle_end = to - days(1);
        start.path = files_.write("bills.csv", text);
        const auto started =
            app::start_reconcile(*world_.store, start, world_.prepay, world_.actor, world_.clock);
        REQUIRE(started);
        REQUIRE(started->run.rejected == 0);
        const auto accepted = app::accept_reconcile(
            *world_.store, {started->run.id}, world_.prepay, world_.actor, world_.clock
        );
        REQUIRE(accepted);
        REQUIRE(accepted->run.state == app::RunState::accepted);
    }

    void charge(Customer& customer, int number) {
        const auto day = first + days(number);
        const auto wh = used(customer, day);
        if (customer.by_steps) {
            const auto below = std::clamp<std::int64_t>(300'000 - customer.cycle_wh, 0, wh);
            customer.cents -= rounded(below * 745, 100'000) + rounded((wh - below) * 1198, 100'000);
        } else {
            const auto energy = rounded(wh * 891, 100'000);
            const std::int64_t base = 14;
            customer.cents -= energy + base + rounded((energy + base) * 825, 10'000);
        }
        customer.cycle_wh += wh;
    }

    static constexpr int length = 366;
    static constexpr int nights = length + 10;  // until the last month is billed
    const LocalDay first = date("2024-01-01");
    World& world_;
    Scratch files_;
    std::vector<Customer> customers_;
    std::map<int, std::vector<std::pair<int, World::Reading>>> late_;
    std::map<std::pair<std::size_t, int>, std::pair<std::string, std::int64_t>> bouncing_;
};

}  // namespace

TEMPLATE_TEST_CASE("a year of accounts ends at the exact cent", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2024-01-01");
    Year year(world, std::is_same_v<TestType, Sqlite> ? 1000 : 100);
    year.run();
    year.check();
}
