// SPDX-License-Identifier: MIT
// card_timing: whether it shows from outside, in how long a refusal takes, why a card was refused.
// Refusals of every kind, in random order, by a public channel, against an SQLite store in the
// temporary directory: the work itself, and as outsiders see it, at steps of time; then the
// two-sample Kolmogorov-Smirnov statistic of each pair of kinds beside its threshold at alpha
// 0.001, and the medians. Prints figures; asserts nothing.
//
//   USAGECTL_BENCH_REFUSALS of each kind (default 10000)
//   USAGECTL_BENCH_COST     KiB of one hash (default 8: the least, where differences show most)
//   USAGECTL_BENCH_STEP     microseconds of a step that answers leave at (default 2000; the
//   commands
//                           take 100000, and 90,000 refusals then 2.5 hours)
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <random>

#include "card/kiosk.hpp"
#include "card/steady_answer.hpp"

using namespace usagectl;
using namespace usagectl::test;
using card::Serial;
using card::Step;

namespace {

int wish(const char* name, int usual) {
    const char* text = std::getenv(name);
    return text == nullptr ? usual : std::atoi(text);
}

using Micros = std::chrono::duration<double, std::micro>;

struct Kind {
    std::string name;
    std::vector<app::CardAttempt> attempts = {};
    std::vector<double> work = {};  // microseconds
    std::vector<double> told = {};
};

// The largest distance between two empirical distributions.
double distance(std::vector<double> left, std::vector<double> right) {
    std::sort(left.begin(), left.end());
    std::sort(right.begin(), right.end());
    double most = 0;
    std::size_t at = 0;
    for (std::size_t index = 0; index < left.size(); ++index) {
        while (at < right.size() && right[at] <= left[index])
            ++at;
        const auto share = [](std::size_t part, std::size_t whole) {
            return static_cast<double>(part) / static_cast<double>(whole);
        };
        most = std::max(most, std::abs(share(index + 1, left.size()) - share(at, right.size())));
    }
    return most;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + std::ssize(values) / 2;
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

constexpr int cards_of_a_kind = 50;

std::vector<Kind> kinds_of(Kiosk& kiosk) {
    std::vector<Kind> kinds;
    const auto add = [&](const std::string& name, const std::vector<Serial>& cards) {
        Kind kind{name};
        for (const auto& serial : cards)
            kind.attempts.push_back(kiosk.attempt_of(serial));
        kinds.push_back(std::move(kind));
    };
    std::vector<Serial> unknown;
    for (int at = 0; at < cards_of_a_kind; ++at)
        unknown.push_back(Serial::of(Serial::first_number + 500'000 + at));
    add("unknown", unknown);
    add("not_active", kiosk.generate("idle", cards_of_a_kind));
    add("wrong_pin", kiosk.on_sale("wrong", cards_of_a_kind));
    for (auto& attempt : kinds.back().attempts)
        attempt.pin = Kiosk::wrong_pin;
    const auto used = kiosk.on_sale("used", cards_of_a_kind);
    for (const auto& serial : used)
        REQUIRE(kiosk.redeem(serial).empty());
    add("used", used);
    const auto over = kiosk.on_sale("over", cards_of_a_kind, date("2026-07-02"));
    add("expired", over);
    const auto held = kiosk.on_sale("held", cards_of_a_kind);
    must(kiosk.step(Step::freeze, held));
    add("frozen", held);
    const auto gone = kiosk.on_sale("gone", cards_of_a_kind);
    must(kiosk.step(Step::annul, "gone"));
    add("void", gone);
    const auto shut = kiosk.on_sale("shut", cards_of_a_kind);
    kiosk.noon(date("2026-07-04"));
    for (const auto& serial : shut) {
        kiosk.store->write([&] {
            kiosk.store->cards().save(
                card::LockScope::card,
                serial.text(),
                {kiosk.clock.now(), 5, kiosk.clock.now() + std::chrono::hours(1)}
            );
        });
    }
    add("locked", shut);
    add("no_account", kiosk.on_sale("good", cards_of_a_kind));
    for (auto& attempt : kinds.back().attempts)
        attempt.account = "B";
    for (auto& kind : kinds) {
        for (auto& attempt : kind.attempts)
            attempt.channel = card::Channel::ivr;
    }
    return kinds;
}

void hash_by_itself(const Kiosk& kiosk) {
    constexpr int times = 50;
    for (const card::HashCost cost : {card::lowest_cost, card::HashCost{12'288, 2}}) {
        const auto from = std::chrono::steady_clock::now();
        for (int time = 0; time < times; ++time) {
            static_cast<void>(kiosk.vault().mark(
                Serial::of(Serial::first_number), Kiosk::wrong_pin, kiosk.vault().key(), cost
            ));
        }
        const auto took = Micros(std::chrono::steady_clock::now() - from);
        std::cout << "a hash of " << cost.memory_kib << " KiB, " << cost.passes
                  << " passes: " << took.count() / times << " us\n";
    }
}

void compare(const std::vector<Kind>& kinds, std::vector<double> Kind::*times) {
    for (const auto& kind : kinds)
        std::cout << kind.name << ": median " << median(kind.*times) << " us\n";
    // c(0.001) * sqrt(2 / n)
    const auto refusals = static_cast<double>((kinds.front().*times).size());
    const double threshold = 1.9495 * std::sqrt(2.0 / refusals);
    std::cout << "threshold " << threshold << '\n';
    for (std::size_t left = 0; left < kinds.size(); ++left) {
        for (std::size_t right = left + 1; right < kinds.size(); ++right) {
            const double found = distance(kinds[left].*times, kinds[right].*times);
            std::cout << kinds[left].name << '/' << kinds[right].name << ' ' << found
                      << (found > threshold ? "  told apart" : "") << '\n';
        }
    }
}

}  // namespace

TEST_CASE("refusals") {
    const Sqlite place;
    Kiosk kiosk(place);
    kiosk.rules.cost = {wish("USAGECTL_BENCH_COST", 8), 1};
    hash_by_itself(kiosk);
    auto kinds = kinds_of(kiosk);
    const std::chrono::microseconds step(wish("USAGECTL_BENCH_STEP", 2000));
    const int refusals = wish("USAGECTL_BENCH_REFUSALS", 10'000);
    std::vector<std::size_t> order;
    for (std::size_t kind = 0; kind < kinds.size(); ++kind)
        order.insert(order.end(), static_cast<std::size_t>(refusals), kind);
    std::mt19937 random(20261120);
    std::shuffle(order.begin(), order.end(), random);
    for (const auto at : order) {
        auto& kind = kinds[at];
        const auto& attempt = kind.attempts[random() % kind.attempts.size()];
        const auto from = std::chrono::steady_clock::now();
        const SteadyAnswer answer{step};
        const auto outcome = kiosk.attempt(attempt);
        const auto error = error_of(outcome, attempt);
        const auto worked = Micros(std::chrono::steady_clock::now() - from);
        answer.wait();
        const auto told = Micros(std::chrono::steady_clock::now() - from);
        REQUIRE(error.code == "card_refused");
        kind.work.push_back(worked.count());
        kind.told.push_back(told.count());
    }
    std::cout << "the work\n";
    compare(kinds, &Kind::work);
    std::cout << "as outsiders see it, in steps of " << step.count() << " us\n";
    compare(kinds, &Kind::told);
}
