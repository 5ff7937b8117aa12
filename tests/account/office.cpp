// SPDX-License-Identifier: MIT
#include "account/office.hpp"

namespace usagectl::test {

namespace {

std::string tariff_text(const std::string& name, const std::string& rate) {
    return "name = \"" + name + "\"\neffective = 2026-01-01\ncurrency = \"USD\"\n" +
           "[[energy]]\nname = \"Energy\"\nper_kwh = \"" + rate + "\"\n" +
           "[[fixed]]\nname = \"Customer charge\"\nper_day = \"0.50\"\n" +
           "[[option]]\nname = \"light\"\nper_day = \"0.25\"\n" +
           "[[tax]]\nname = \"City tax\"\njurisdiction = \"city\"\npercent = \"10\"\n" +
           "exemptions = \"charity\"\n";
}

}  // namespace

LocalDay day(const char* text) {
    return *parse_day(text);
}

Money money(const std::string& text) {
    return *parse_money(text, Sign::allowed);
}

app::Prepay prepay() {
    app::Prepay prepay;
    prepay.timezone = "UTC";
    prepay.defaults = {Money(), Money(), money("10.00"), money("25.00")};
    prepay.low_floor = money("5.00");
    return prepay;
}

Office::Office(const Place& place)
    : store_(place.open())
    , clock_(std::make_unique<FixedClock>(some_day)) {
    add_tariff(desk(), tariff_text("home", "0.10"));
    add_tariff(desk(), tariff_text("other", "0.20"));
}

Desk Office::desk() const {
    static const auto figures = prepay();
    return {*store_, figures, clerk, FixedClock(clock_->now())};
}

app::CreateAccount Office::request(const std::string& id) const {
    app::CreateAccount request;
    request.account.id = id;
    request.account.name = "Ana Diaz";
    request.account.contacts = {{account::ContactKind::phone, "+19725551234", true}};
    request.account.meter_facts = {"4471", 0, day("2026-09-21"), day("2026-09-21")};
    request.meter = id;
    request.rates = {"home", {}, {}};
    request.thresholds = prepay().defaults;
    return request;
}

void Office::create(const app::CreateAccount& request) const {
    create_account(desk(), request);
}

app::PaymentPosted Office::pay(const std::string& id, const std::string& amount) const {
    return test::pay(desk(), {id, money(amount)});
}

app::AccountShown Office::shown(const std::string& id) const {
    return must(app::show_account(*store_, id));
}

std::vector<std::string> Office::events(const std::string& id) const {
    std::vector<std::string> told;
    for (const auto& event : store_->accounts().events(shown(id).known.number))
        told.push_back(event.field + ": " + event.before + " -> " + event.after);
    return told;
}

std::string Office::last_outcome() const {
    std::string outcome;
    store_->audit().each({}, {}, 1, [&](const audit::Record& record) {
        outcome = record.actor + ": " + record.outcome;
        return true;
    });
    return outcome;
}

void Office::file_usage(const std::string& meter, LocalDay on) const {
    file(*store_, {{{meter, on, std::vector<std::int64_t>(24, 1000), 0}}});
}

}  // namespace usagectl::test
