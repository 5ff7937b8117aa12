// SPDX-License-Identifier: MIT
#include "balance/household.hpp"

namespace usagectl::test {

const std::string plain_tariff = "name = \"t\"\neffective = 2026-01-01\ncurrency = \"USD\"\n"
                                 "[[energy]]\nname = \"Energy\"\nper_kwh = \"0.10\"\n"
                                 "[[fixed]]\nname = \"Customer charge\"\nper_day = \"0.50\"\n";

const std::string rich_tariff =
    "name = \"t\"\neffective = 2026-01-01\ncurrency = \"USD\"\n"
    "[[schedule]]\ndays = \"all\"\nhours = [\n"
    "{ from = \"00:00\", to = \"13:00\", period = \"off\" },\n"
    "{ from = \"13:00\", to = \"19:00\", period = \"peak\" },\n"
    "{ from = \"19:00\", to = \"24:00\", period = \"off\" }]\n"
    "[[energy]]\nname = \"Energy\"\n"
    "tiers = [{ up_to_kwh = \"20\", per_kwh = \"0.0891\" }, { per_kwh = \"0.1237\" }]\n"
    "[[delivery]]\nname = \"Peak delivery\"\nperiods = \"peak\"\nper_kwh = \"0.0333\"\n"
    "[[fixed]]\nname = \"Customer charge\"\nper_day = \"0.3266\"\n"
    "[minimum]\nname = \"Least charge\"\nper_day = \"1.25\"\n"
    "[pca]\nname = \"Power cost\"\nestimated = \"0.00417\"\n"
    "[[generation]]\nname = \"Solar\"\nper_kwh = \"0.04\"\n"
    "[[tax]]\nname = \"City tax\"\njurisdiction = \"city\"\npercent = \"1.5\"\n";

Instant at(int day, int hour, int minute) {
    const auto midnight = (*Zone::find("UTC"))->day_start(day_after(day));
    return midnight + std::chrono::hours(hour) + std::chrono::minutes(minute);
}

Money dollars(const char* text) {
    return *parse_money(text, Sign::allowed, 6);
}

Household::Household(
    app::Store& in, const std::string& tariff, const char* paid, const std::string& id
)
    : store(in)
    , account(id)
    , meter("1001") {
    prepay.timezone = "UTC";
    const auto first = desk(at(0, 0));
    if (store.tariffs().versions("t").empty())
        add_tariff(first, tariff);
    app::CreateAccount request;
    request.account.id = account;
    request.account.name = "Ann Example";
    request.meter = meter;
    request.rates.tariff = "t";
    request.provider_of_record = provider;
    request.thresholds.disconnection = dollars("1.00");
    request.thresholds.low = dollars("10.00");
    request.thresholds.connection = dollars("1.00");
    request.thresholds.grace = dollars("5.00");
    create_account(first, request);
    pay(paid, at(0, 0));
    serve(first, account, monday);
}

Desk Household::desk(Instant now) const {
    return {store, prepay, teller, FixedClock(now)};
}

void Household::pay(const char* amount, Instant now, std::optional<Instant> received) const {
    app::PaymentAsked payment;
    payment.account = account;
    payment.amount = dollars(amount);
    payment.received_at = received;
    static_cast<void>(test::pay(desk(now), payment));
}

void Household::read(
    int day, std::vector<std::int64_t> wh, Instant known, meter::Layer layer, meter::Channel channel
) const {
    SampleFile sample;
    SampleBlock block;
    block.meter = meter;
    block.day = day_after(day);
    block.wh = std::move(wh);
    block.channel = channel;
    block.revision = unix_seconds(known);
    sample.blocks = {block};
    sample.known_at = known;
    sample.layer = layer;
    REQUIRE(file(store, sample).rejects.empty());
}

void Household::read_day(int day, std::int64_t wh, Instant known) const {
    read(day, std::vector<std::int64_t>(24, wh), known);
}

void Household::charge(int day, Instant now) const {
    app::ChargeRun::Options options;
    options.now = now;
    options.transact = [this](const std::function<void()>& work) { store.write(work); };
    app::ChargeTally tally;
    app::ChargeRun(store, prepay, options).day(day_after(day), tally);
    REQUIRE(tally.problems.empty());
    const app::NightlyStep step{
        day_after(day), 4, "daily_charges", "started", tally.accounts, tally.amount, 0, now, now};
    store.write([&] {
        const auto steps = store.nightly().steps(step.day);
        if (!steps.empty() && steps.front().finished_at)
            return;  // the first run of a night is its time
        store.nightly().add(step);
        store.nightly().finish(step);
    });
}

void Household::become(std::vector<account::Status> statuses, Instant now) const {
    change_account(desk(now), account, [&](app::AccountChange& change) {
        for (const auto status : statuses)
            REQUIRE(change.become(status, "test"));
    });
}

Result<app::BalanceAnswer>
Household::ask(Instant now, std::optional<Instant> as_of, std::optional<Instant> known_at) const {
    app::BalanceQuestion question{account, as_of, known_at, now, provider};
    Result<app::BalanceAnswer> answer;
    store.read([&] { answer = app::balance_of(store, question, prepay); });
    return answer;
}

app::BalanceAnswer
Household::told(Instant now, std::optional<Instant> as_of, std::optional<Instant> known_at) const {
    return must(ask(now, as_of, known_at));
}

std::string text_of(const app::BalanceAnswer& answer) {
    const auto& parts = answer.parts;
    const auto& sum = answer.uncharged;
    const auto instant_text = [](const std::optional<Instant>& time) {
        return time ? format_instant(*time) : std::string("never");
    };
    std::string text;
    for (const auto amount : {parts.posted, parts.uncharged, parts.gap_estimate, parts.balance()})
        text += format_money(amount) + " ";
    for (const auto wh :
         {answer.charged.vee_wh,
          answer.charged.raw_wh,
          answer.charged.estimated_wh,
          sum.vee_actual_wh,
          sum.vee_estimated_wh,
          sum.raw_wh,
          sum.estimated_wh,
          sum.estimated_intervals})
        text += std::to_string(wh) + " ";
    text += instant_text(sum.vee_through) + " " + instant_text(sum.raw_through) + " ";
    text += std::string(account::to_string(answer.then.status)) + " " +
            answer.then.known.account.name + " ";
    if (const auto& forecast = answer.forecast) {
        text += format_money(forecast->per_day) + " " + std::to_string(forecast->days_left_low) +
                " " + std::to_string(forecast->days_left) + " " +
                std::to_string(forecast->days_left_high) + " " +
                (forecast->depletes_on ? format_day(*forecast->depletes_on) : "-");
    }
    return text;
}

}  // namespace usagectl::test
