// SPDX-License-Identifier: MIT
// payments_bench STORE COUNT: single payments, each durable in a transaction of its own, side by
// side with the bare commits of the same engine on the same disk: rounds in turn, medians of the
// rates. STORE has accounts, ... as payments.sh makes them; it is changed.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <string>
#include <vector>

#include "app/payments.hpp"
#include "store/open.hpp"
#include "store/sqlite.hpp"

using namespace usagectl;

namespace {

template <class Work>
double rate_of(int count, const Work& work) {
    const auto start = std::chrono::steady_clock::now();
    for (int at = 0; at < count; ++at)
        work(at);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return count / took.count();
}

double median(std::vector<double> rates) {
    std::sort(rates.begin(), rates.end());
    return rates.at(rates.size() / 2);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "payments_bench STORE COUNT\n";
        return 2;
    }
    const std::string path = argv[1];
    const int count = std::stoi(argv[2]);
    const FixedClock clock(*parse_instant("2026-11-20T14:00:00Z"));
    const auto store = store::open_store({.url = path}, clock);
    const auto raw_path = path + ".raw";
    store::create_sqlite_file(raw_path, false);
    const auto raw = store::open_sqlite({.path = raw_path});
    raw->script("pragma journal_mode = wal; create table if not exists t (a integer primary key,"
                " b text) strict");

    app::Prepay prepay;
    prepay.timezone = "America/Chicago";
    const app::Actor actor{"bench", "bench", "payment post", "[]"};
    std::vector<double> payments;
    std::vector<double> commits;
    for (int round = 0; round < 5; ++round) {
        commits.push_back(rate_of(count, [&](int) {
            raw->begin(store::Access::write);
            raw->execute("insert into t (b) values ('a hundred bytes or so')", {});
            raw->commit();
        }));
        payments.push_back(rate_of(count, [&](int at) {
            app::PostPayment request;
            request.payment.account = "A-" + std::to_string(1 + at % 1000);
            request.payment.amount = Money::from_cents(500);
            if (auto posted = app::post_payment(*store, request, prepay, actor, clock); !posted)
                throw Failure(posted.error());
        }));
    }
    const auto share = 100 * median(payments) / median(commits);
    std::cout << "payments/s " << median(payments) << ", bare commits/s " << median(commits) << ", "
              << share << " %\n";
    return 0;
}
