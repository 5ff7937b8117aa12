// SPDX-License-Identifier: MIT
#include "prepay/world.hpp"

#include "base/digest.hpp"
#include "meter/codec.hpp"
#include "store/sql.hpp"

namespace usagectl::test {

World::World(const Place& place, const char* day)
    : zone(**Zone::find("America/Chicago"))
    , packs(*app::RulePacks::load({}))
    , store(place.open()) {
    prepay.timezone = zone.name();
    noon(date(day));
}

Desk World::desk() const {
    return {*store, prepay, actor, FixedClock(clock.now())};
}

void World::night_after(LocalDay day) {
    clock.at = zone.day_start(day + std::chrono::days(1)) + std::chrono::hours(3);
}

void World::tariff(const std::string& text) {
    add_tariff(desk(), text);
}

void World::account(const std::string& id, const char* tariff, LocalDay day, Money paid) {
    app::CreateAccount request;
    request.account.id = id;
    request.account.name = "Customer " + id;
    request.account.meter_facts = {"plate " + id, 0, day, day};
    request.account.address = {"", "", "TX", "Dallas", ""};
    request.meter = meter_of(id);
    request.rates.tariff = tariff;
    request.unbilled = Money();
    request.packs = &packs;
    create_account(desk(), request);
    if (paid != Money())
        pay(id, paid);
    // In service at once: what becomes of an activation is another case's business.
    serve(desk(), id, day);
}

void World::readings(LocalDay day, const std::vector<Reading>& all, meter::Layer layer) {
    const auto start = zone.day_start(day);
    const auto slots = static_cast<std::int32_t>(
        (zone.day_start(day + std::chrono::days(1)) - start) / std::chrono::minutes(15)
    );
    meter::BlockBatch batch;
    for (const auto& reading : all) {
        meter::DayBlock block;
        block.clear(start, 15, slots);
        for (int slot = 0; slot < slots; ++slot) {
            block.wh[static_cast<std::size_t>(slot)] = reading.wh;
            block.quality[static_cast<std::size_t>(slot)] = meter::Quality::actual;
        }
        for (const int slot : reading.missing) {
            block.wh[static_cast<std::size_t>(slot)] = 0;
            block.quality[static_cast<std::size_t>(slot)] = meter::Quality::missing;
        }
        meter::BlockBatch::Entry entry;
        const auto name = meter_of(reading.account);
        entry.name_at = static_cast<std::uint32_t>(batch.arena.size());
        entry.name_size = static_cast<std::uint8_t>(name.size());
        batch.arena += name;
        entry.bytes_at = static_cast<std::uint32_t>(batch.arena.size());
        meter::encode(block, day, batch.arena);
        entry.bytes_size = static_cast<std::uint32_t>(batch.arena.size() - entry.bytes_at);
        entry.present = static_cast<std::uint16_t>(block.present());
        entry.day = day;
        entry.zone = &zone;
        batch.entries.push_back(entry);
    }
    store->write([&] {
        static std::int64_t file = 0;
        meter::Source source;
        source.kind = "file";
        source.path = "readings";
        source.format = "lse";
        source.status = "open";
        source.layer = layer;
        source.known_at = clock.now();
        Sha256 hash;
        hash.update(std::to_string(++file));
        source.sha256 = hash.finish();
        source.number = store->blocks().open_source(source);
        store->blocks().put(source, batch, source.counts, [](const meter::Reject&) {});
        source.status = "loaded";
        source.tally.intervals = source.counts.stored + source.counts.unchanged +
                                 source.counts.superseded + source.counts.rejected;
        source.tally.first = start;
        source.tally.last = start + std::chrono::minutes(15) * slots;
        store->blocks().close_source(source);
    });
}

app::NightlyDone World::night(LocalDay day) {
    app::NightlyRequest request;
    request.day = day;
    request.actor = "night";
    return must(app::run_nightly(*store, request, prepay, packs, actor, clock));
}

app::PaymentPosted
World::pay(const std::string& id, Money amount, std::optional<std::string> reference) {
    return test::pay(desk(), {id, amount, account::Method::cash, {}, std::move(reference), {}});
}

void World::set_thresholds(const std::string& id, const account::Thresholds& thresholds) {
    store->write([&] {
        auto standing = store->accounts().standing(number(id));
        standing.thresholds = thresholds;
        REQUIRE(store->accounts().save(standing));
    });
}

app::AccountNumber World::number(const std::string& id) {
    auto& known = numbers_[id];
    if (known == 0)
        known = store->accounts().find(id)->number;
    return known;
}

account::Standing World::standing(const std::string& id) {
    return store->accounts().standing(number(id));
}

std::vector<ledger::Entry> World::entries(const std::string& id) {
    return store->ledger().entries(number(id), {local_day(0), local_day(100'000)});
}

std::vector<app::ServiceOrder> World::open_orders(const std::string& id) {
    return store->service().open_orders(number(id));
}

std::vector<app::Notice> World::notices(const std::string& id) {
    const auto today = zone.day_of(clock.now());
    return store->service().notices(
        number(id), {today - std::chrono::days(400), today + std::chrono::days(1)}
    );
}

void World::check_ledger() {
    std::map<app::AccountNumber, Money> folds;
    int unbalanced = 0;
    int wrong_folds = 0;
    store->ledger().each({local_day(0), local_day(100'000)}, [&](const ledger::Entry& entry) {
        unbalanced += ledger::balanced(entry) ? 0 : 1;
        folds[entry.id.account] = folds[entry.id.account] + entry.amount;
    });
    store->accounts().each("", [&](const app::KnownAccount& known, const auto& standing) {
        wrong_folds += folds[known.number] == standing.balance ? 0 : 1;
        return true;
    });
    CHECK(unbalanced == 0);
    CHECK(wrong_folds == 0);
}

std::string World::everything(const Place& place) const {
    struct Table {
        const char* name;
        std::vector<std::string> columns;  // the first are the key
        const char* order;
    };
    const Table tables[]{
        {"account_standing",
         {"account", "status", "balance", "debt", "charged_through", "cycle_start", "cycle_wh"},
         "account"},
        {"ledger_entry",
         {"slot",
          "kind",
          "at",
          "amount",
          "cause",
          "profile",
          "version",
          "cycle_wh",
          "vee_wh",
          "raw_wh",
          "estimated_wh",
          "postings"},
         "slot"},
        {"payment", {"slot", "amount", "at", "reversed_by"}, "slot"},
        {"service_order", {"slot", "kind", "state", "reason", "created_at", "held_by"}, "slot"},
        {"notice", {"slot", "type", "state", "due_from", "due_to", "figures"}, "slot"},
        {"nightly_step", {"day", "place", "state", "items", "amount"}, "day, place"},
    };
    std::string text;
    const auto session = place.session();
    for (const auto& table : tables) {
        std::string row;
        for (const auto& column : table.columns)
            row += (row.empty() ? "" : " || ' ' || ") + ("coalesce(cast(" + column) +
                   " as text), '-')";
        const auto sql = "select " + row + " from " + table.name + " order by " + table.order;
        store::each_row(*session, sql, {}, [&](const store::Row& each) {
            text += std::string(each.text(0)) + '\n';
        });
    }
    return text;
}

std::string plain_tariff(const std::string& name) {
    return "name = \"" + name + "\"\neffective = 2020-01-01\ncurrency = \"USD\"\n" +
           "[[energy]]\nname = \"Energy\"\nper_kwh = \"0.10\"\n";
}

std::string tiered_tariff() {
    return "name = \"tiered\"\neffective = 2020-01-01\ncurrency = \"USD\"\n"
           "[[energy]]\nname = \"Energy\"\ntiers = [ { up_to_kwh = \"50\", per_kwh = \"0.10\" },"
           " { per_kwh = \"0.20\" } ]\n";
}

}  // namespace usagectl::test
