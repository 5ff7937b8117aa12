// SPDX-License-Identifier: MIT
#include "reconcile/cycle.hpp"

#include "ledger/posting_text.hpp"

namespace usagectl::test {

namespace {

constexpr const char* header =
    "account,cycle_start,cycle_end,days_in_cycle,kwh,energy_charge,pca_amount,base_charge,taxes,"
    "additional_charges\n";

}  // namespace

LocalDay cycle_start() {
    return day("2026-09-17");
}
LocalDay cycle_end() {
    return day("2026-09-20");
}

void Cycle::account(const std::string& id) const {
    office.create(id);
    static_cast<void>(office.pay(id, "50.00"));
    auto& ledger = office.store().ledger();
    change_account(office.desk(), id, [&](app::AccountChange& made) {
        for (auto on = cycle_start(); on <= cycle_end(); on += std::chrono::days(1)) {
            app::AccountChange::Move move;
            move.kind = ledger::Kind::charge;
            move.at = made.now();
            move.day = on;
            move.basis = {1, 1, 0, 10'000};
            move.postings = {
                {ledger.code("income:energy:Energy"), money("-1.00"), 0, 0, 10'000},
                {ledger.code("liability:pca_clearing"), money("-0.10"), 1, 0, 10'000},
                {ledger.code("income:fixed:Customer_charge"), money("-0.50"), 2, 0, 1},
                {ledger.code("income:option:light"), money("-0.25"), 3, 0, 1},
                {ledger.code("liability:tax:city:City_tax"), money("-0.05"), 4, 0, 0},
            };
            REQUIRE(made.post(std::move(move)));
        }
        made.standing().status = account::Status::active;
        made.standing().charged_through = cycle_end();
    });
}

void Cycle::post(
    const std::string& id, ledger::Kind kind, LocalDay on, const std::string& code, Money amount
) const {
    change_account(office.desk(), id, [&](app::AccountChange& made) {
        app::AccountChange::Move move;
        move.kind = kind;
        move.at = made.now();
        move.day = on;
        move.basis = {1, 1, 0, 10'000};
        move.postings = {{office.store().ledger().code(code), amount}};
        REQUIRE(made.post(std::move(move)));
    });
}

std::string Cycle::line(
    const std::string& id, const std::string& energy, const std::string& pca, const std::string& kwh
) {
    return id + ",2026-09-17,2026-09-20,4," + kwh + "," + energy + "," + pca + ",2.00,0.20,1.00\n";
}

Result<app::ReconcileStarted>
Cycle::start(const std::string& lines, bool replace, bool dry_run) const {
    app::StartReconcile request;
    request.cycle_end = cycle_end();
    request.path = files.write("bills.csv", header + lines);
    request.replace = replace;
    request.dry_run = dry_run;
    return app::start_reconcile(office.store(), request, prepay(), clerk, office.clock());
}

Result<app::ReconcileAccepted>
Cycle::accept(const std::string& person, std::optional<Money> above) const {
    app::AcceptReconcile request;
    request.id = {cycle_end(), 0};
    request.second_person_above = above;
    request.at_once = 7;
    auto actor = clerk;
    actor.name = person;
    return app::accept_reconcile(office.store(), request, prepay(), actor, office.clock());
}

std::vector<app::ReconcileItem> Cycle::items(std::int64_t version) const {
    const auto run = office.store().reconcile().find({cycle_end(), version});
    REQUIRE(run);
    return office.store().reconcile().items(run->id, 0, 100'000);
}

Money Cycle::charged(const std::string& id) const {
    Money sum;
    const auto number = office.shown(id).known.number;
    for (const auto& entry :
         office.store().ledger().entries(number, {local_day(0), local_day(50'000)})) {
        if (entry.kind != ledger::Kind::payment)
            sum = sum - entry.amount;
    }
    return sum;
}

std::string Cycle::everything(app::Store& store) {
    std::string text;
    store.ledger().each({local_day(0), local_day(50'000)}, [&](const ledger::Entry& entry) {
        text += std::to_string(entry.id.account) + ' ' + format_day(entry.id.day) + ' ' +
                std::to_string(entry.id.place) + ' ' + std::string(ledger::to_string(entry.kind)) +
                ' ' + entry.cause + ' ' + format_instant(entry.known_at);
        for (const auto& posting : entry.postings)
            text +=
                ' ' + store.ledger().code_name(posting.code) + ' ' + format_money(posting.amount);
        text += '\n';
    });
    store.accounts().each({}, [&](const auto& known, const auto& standing) {
        text += known.account.id + ' ' + format_money(standing.balance) + '\n';
        return true;
    });
    for (const auto& item : store.reconcile().items({cycle_end(), 1}, 0, 100'000)) {
        text += item.account + ' ' + item.code + ' ' + format_money(item.adjustment) + ' ' +
                (item.entry ? std::to_string(item.entry->place) : "none") + '\n';
    }
    return text;
}

}  // namespace usagectl::test
