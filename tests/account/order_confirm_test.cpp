// SPDX-License-Identifier: MIT
// Files of the field's confirmations against orders of every kind, on both engines.
#include "app/chunk_pace.hpp"
#include "app/order_confirm.hpp"

#include <catch2/catch.hpp>

#include "account/office.hpp"
#include "app/activation.hpp"
#include "app/names.hpp"
#include "app/nightly.hpp"
#include "support/scratch.hpp"

using namespace usagectl;
using account::OrderKind;
using account::OrderState;
using account::Status;
using std::chrono::hours;
using test::day;
using test::Office;
using test::Postgres;
using test::Sqlite;

namespace {

// An office with a field: orders are made, handed over a day later, and confirmed an hour after
// that.
class Field {
public:
    explicit Field(const test::Place& place)
        : office(place) {}

    // An account in service, and an order of it.
    std::string order(const std::string& id, OrderKind kind, Status status = Status::active) {
        office.at(test::some_day);
        office.create(id);
        office.at(test::some_day + hours(24));
        if (kind == OrderKind::activate)
            return hand_over(id, kind);
        office.file_usage(id, day("2026-09-21"));
        REQUIRE(app::activate_account(
            office.store(), {id, {}, false, {}}, test::prepay(), test::clerk, office.clock()
        ));
        change(id, [&](app::AccountChange& change) {
            if (status != Status::active)
                REQUIRE(change.become(status, "test"));
            REQUIRE(change.order(kind, "test"));
        });
        return hand_over(id, kind);
    }

    std::string hand_over(const std::string& id, OrderKind kind) {
        std::string name;
        change(id, [&](app::AccountChange& change) {
            auto order = *change.open_order(kind);
            order.state = OrderState::exported;
            order.exported_at = change.now();
            office.store().service().save(order);
            name = app::name_of(app::Named::order, id, order.id);
        });
        office.at(office.clock().now() + hours(1));
        return name;
    }

    void change(const std::string& id, const std::function<void(app::AccountChange&)>& work) {
        office.store().write([&] {
            auto begun = app::AccountChange::begin(
                office.store(), id, test::prepay(), "test", office.clock().now()
            );
            REQUIRE(begun);
            work(*begun);
            REQUIRE(begun->finish());
        });
    }

    // "accepted", "unchanged", or the code of the refusal, for each line.
    std::vector<std::string> confirm(const std::string& text, app::ConfirmOrders request = {}) {
        std::vector<std::string> results;
        request.path = scratch.write("confirmed.csv", text);
        request.line = [&](const app::ConfirmedLine& line) {
            CHECK(line.error.has_value() == (line.state == app::Confirmed::rejected));
            results.push_back(line.error ? line.error->code : std::string(to_string(line.state)));
        };
        const auto done = app::confirm_orders(
            office.store(), request, test::prepay(), test::clerk, office.clock()
        );
        INFO((done ? "" : done.error().message));
        REQUIRE(done);
        last = *done;
        CHECK(last.lines == results.size());
        CHECK(last.lines == last.accepted + last.unchanged + last.rejected);
        return results;
    }

    [[nodiscard]] app::ServiceOrder stored(const std::string& name) const {
        const auto parts = app::read_name(app::Named::order, name);
        const auto number = office.shown(parts->account_id).known.number;
        return *office.store().service().order({number, parts->day, parts->place});
    }
    [[nodiscard]] Status status(const std::string& id) const {
        return office.shown(id).standing.status;
    }
    // Orders and events of these accounts, to see that nothing of them changed.
    [[nodiscard]] std::string everything(const std::vector<std::string>& ids) const {
        std::string text;
        for (const auto& id : ids) {
            const auto shown = office.shown(id);
            text += std::string(account::to_string(shown.standing.status)) + ' ' +
                    format_instant(shown.standing.moved_at) + '\n';
            for (const auto& event : office.events(id))
                text += event + '\n';
        }
        office.store().service().orders({}, [&](const app::ServiceOrder& order) {
            text += std::string(account::to_string(order.state)) + ' ' + order.outcome + ' ' +
                    (order.done_at ? format_instant(*order.done_at) : "-") + ' ' +
                    (order.decided_at ? format_instant(*order.decided_at) : "-") + '\n';
            return true;
        });
        return text;
    }

    test::Scratch scratch;
    Office office;
    app::OrdersConfirmed last;
};

using Results = std::vector<std::string>;

std::string line(const std::string& order, const std::string& rest) {
    return order + "," + rest + "\n";
}

constexpr const char* header = "order,state,at,message\n";

}  // namespace

TEMPLATE_TEST_CASE("what the field confirms is worked into the account", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Field field(place);
    const auto installed = field.order("1", OrderKind::activate);
    const auto cut = field.order("2", OrderKind::suspend);
    const auto failed = field.order("3", OrderKind::suspend);
    const auto back = field.order("4", OrderKind::reconnect, Status::suspended);
    const auto off = field.order("5", OrderKind::change);
    const auto at = field.stored(off).exported_at.value();

    const auto file = std::string(header) + line(installed, "completed,,\"meter 7, \"\"new\"\"\"") +
                      line(cut, "completed," + format_instant(at) + ",") +
                      line(failed, "failed,,no access") + line(back, "completed,,") +
                      line(off, "cancelled,,moved");
    CHECK(field.confirm(file) == Results(5, "accepted"));
    CHECK(
        field.office.last_outcome() == "clerk: confirmations of " +
                                           field.scratch.path("confirmed.csv") +
                                           ", lines 2 to 6: 5 accepted of 5"
    );
    CHECK(field.stored(installed).state == OrderState::pending_usage);
    CHECK(field.stored(installed).outcome == "meter 7, \"new\"");
    CHECK(field.status("1") == Status::paid);
    CHECK(field.stored(cut).done_at == at);
    CHECK(field.stored(cut).decided_at == field.office.clock().now());
    CHECK(field.status("2") == Status::suspended);
    CHECK(field.stored(failed).state == OrderState::failed);
    CHECK(field.stored(failed).outcome == "no access");
    CHECK(field.status("3") == Status::active);
    CHECK(field.status("4") == Status::active);
    CHECK(field.stored(off).state == OrderState::cancelled);

    // The same file again, later: nothing happens twice.
    const auto before = field.everything({"1", "2", "3", "4", "5"});
    field.office.at(field.office.clock().now() + hours(5));
    CHECK(field.confirm(file) == Results(5, "unchanged"));
    CHECK(field.everything({"1", "2", "3", "4", "5"}) == before);

    // The usage an installation waits for may be there by then.
    field.office.file_usage("1", day("2026-09-22"));
    CHECK(
        field.confirm(std::string(header) + line(installed, "completed,,")) == Results{"accepted"}
    );
    CHECK(field.stored(installed).state == OrderState::completed);
    CHECK(field.status("1") == Status::active);
    CHECK(
        field.confirm(std::string(header) + line(installed, "completed,,")) == Results{"unchanged"}
    );
}

TEMPLATE_TEST_CASE("a line that cannot be leaves nothing behind", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Field field(place);
    const auto cut = field.order("1", OrderKind::suspend);
    const auto now = field.office.clock().now();
    field.office.create("2");  // its activation was never handed over
    const auto fresh = app::name_of(
        app::Named::order,
        "2",
        field.office.store().service().open_orders(field.office.shown("2").known.number).at(0).id
    );
    const auto called_off = field.order("3", OrderKind::suspend);
    field.change("3", [](app::AccountChange& change) {
        change.cancel(OrderKind::suspend, "paid");
    });
    const auto installed = field.order("4", OrderKind::activate);
    REQUIRE(
        field.confirm(std::string(header) + line(installed, "completed,,")) == Results{"accepted"}
    );
    const auto before = field.everything({"1", "2", "3", "4"});

    struct Row {
        std::string line;
        const char* code;
    };
    const auto later = format_instant(field.office.clock().now() + std::chrono::seconds(1));
    const auto earlier = format_instant(now - hours(1) - std::chrono::seconds(1));
    const std::vector<Row> rows{
        {line("O-1-20260922-77", "completed,,"), "order_unknown"},
        {line("O-9-20260922-1", "completed,,"), "order_unknown"},
        {line("what", "completed,,"), "malformed_name"},
        {line(cut, "done,,"), "order_state_unknown"},
        {line(cut, "completed"), "line_malformed"},
        {line(cut, "completed,,,,"), "line_malformed"},
        {line(cut, "completed," + later + ","), "done_later"},
        {line(cut, "completed," + earlier + ","), "done_before_order"},
        {line(cut, "completed,1969-01-01T00:00:00Z,"), "malformed_instant"},
        {line(cut, "completed,,\"open"), "line_malformed"},
        {line(fresh, "completed,,"), "order_not_exported"},
        {line(called_off, "completed,,"), "order_called_off"},
        {line(called_off, "failed,,"), "order_state_impossible"},
        {line(installed, "failed,,"), "order_confirmed_before"},
        {line(installed, "cancelled,,"), "order_confirmed_before"},
        {cut + ",completed,," + std::string(1, '\0') + "\n", "line_malformed"},
        {cut + ",completed,," + std::string(20'000, 'x') + "\n", "line_malformed"},
        {cut + ",completed,," + std::string(2'000, 'x') + "\n", "message_too_long"},
    };
    std::string file = header;
    Results codes;
    for (const auto& row : rows) {
        file += row.line;
        codes.emplace_back(row.code);
    }
    const auto results = field.confirm(file + line(called_off, "cancelled,,"));
    codes.emplace_back("unchanged");
    CHECK(results == codes);
    CHECK(field.everything({"1", "2", "3", "4"}) == before);
    // Between them one that is right.
    CHECK(field.confirm(file + line(cut, "completed,,")).back() == "accepted");
}

TEMPLATE_TEST_CASE("the first of lines that contradict each other counts", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Field field(place);
    const auto one = field.order("1", OrderKind::suspend);
    const auto two = field.order("2", OrderKind::activate);
    // The accounts of a transaction come in order, the lines of an account in that of the file.
    CHECK(
        field.confirm(
            std::string(header) + line(two, "completed,,") + line(one, "failed,,dog") +
            line(two, "failed,,") + line(one, "failed,,cat") + line(one, "completed,,") +
            line(two, "completed,,")
        ) ==
        Results{
            "accepted",
            "accepted",
            "order_confirmed_before",
            "unchanged",
            "order_state_impossible",
            "unchanged"}
    );
    CHECK(field.stored(one).outcome == "dog");
    CHECK(field.stored(two).state == OrderState::pending_usage);
}

TEMPLATE_TEST_CASE("a run that is cut off goes on where it stopped", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Field field(place);
    const auto one = field.order("1", OrderKind::suspend);
    const auto two = field.order("2", OrderKind::suspend);
    std::string file = std::string(header) + line(one, "completed,,");
    for (std::size_t at = 1; at < app::ChunkPace::first; ++at)
        file += line(one, "completed,,");
    file += line(two, "completed,,");

    SECTION("between two transactions, by a signal") {
        app::ConfirmOrders request;
        request.interrupted = [] { return true; };
        CHECK(field.confirm(file, request).size() == app::ChunkPace::first);
        CHECK(field.last.interrupted);
    }
    SECTION("between two transactions, for good") {
        app::ConfirmOrders request;
        request.path = field.scratch.write("confirmed.csv", file);
        request.line = [](const app::ConfirmedLine&) { throw Failure("killed", "killed"); };
        CHECK(
            test::error_of([&] {
                static_cast<void>(app::confirm_orders(
                    field.office.store(), request, test::prepay(), test::clerk, field.office.clock()
                ));
            }).code == "killed"
        );
    }
    CHECK(field.status("1") == Status::suspended);
    CHECK(field.status("2") == Status::active);
    const auto results = field.confirm(file);
    CHECK(field.last.unchanged == app::ChunkPace::first);
    CHECK(field.last.accepted == 1);
    CHECK(results.back() == "accepted");
    CHECK(field.status("2") == Status::suspended);
}

TEMPLATE_TEST_CASE("a dry run keeps nothing", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Field field(place);
    const auto cut = field.order("1", OrderKind::suspend);
    const auto before = field.everything({"1"}) + field.office.last_outcome();
    app::ConfirmOrders request;
    request.dry_run = true;
    CHECK(
        field.confirm(
            std::string(header) + line(cut, "completed,,") + line(cut, "failed,,"), request
        ) == Results{"accepted", "order_state_impossible"}
    );
    CHECK(field.everything({"1"}) + field.office.last_outcome() == before);
}

TEST_CASE("files that are hardly any") {
    const Sqlite place;
    Field field(place);
    const auto cut = field.order("1", OrderKind::suspend);
    CHECK(field.confirm("").empty());
    CHECK(field.confirm("\n\n").empty());
    CHECK(field.confirm(header).empty());
    CHECK(field.confirm("order,at\n" + line(cut, "")) == Results{"header_malformed"});
    CHECK(field.confirm(line(cut, "completed,,")) == Results{"header_malformed"});
    // A message with a line break is no line of its own, whatever stands in it.
    CHECK(
        field.confirm(
            std::string(header) + "O-9-20260922-1,failed,,\"see\n" + line(cut, "completed,,") +
            "end\"\n"
        ) == Results{"order_unknown"}
    );
    CHECK(field.status("1") == Status::active);
    // Windows' line ends and mark, other columns, no line feed at the end.
    CHECK(
        field.confirm("\xEF\xBB\xBFmessage,exit_status,order\r\n,0," + cut) == Results{"accepted"}
    );
}

TEST_CASE("a person may decide what the field system may not") {
    const Sqlite place;
    Field field(place);
    const auto decide = [&](const std::string& order, OrderState state, std::optional<Instant> at) {
        app::DecideOrder request;
        request.said = {order, state, "", at};
        const auto done = app::decide_order(
            field.office.store(), request, test::prepay(), test::clerk, field.office.clock()
        );
        return done ? std::string(done->unchanged ? "unchanged" : "done") : done.error().code;
    };
    const auto installed = field.order("1", OrderKind::activate);
    CHECK(decide(installed, OrderState::completed, {}) == "done");
    CHECK(decide(installed, OrderState::completed, {}) == "unchanged");
    CHECK(decide(installed, OrderState::failed, {}) == "done");
    field.office.create("2");
    const auto number = field.office.shown("2").known.number;
    const auto fresh = field.office.store().service().open_orders(number).at(0);
    const auto name = app::name_of(app::Named::order, "2", fresh.id);
    CHECK(decide(name, OrderState::completed, fresh.created_at - hours(1)) == "done_before_order");
    CHECK(decide(name, OrderState::completed, fresh.created_at + hours(9)) == "done_later");
    CHECK(decide(name, OrderState::completed, fresh.created_at) == "done");
    CHECK(field.stored(name).done_at == fresh.created_at);
    CHECK(decide("O-2-20260921-9", OrderState::cancelled, {}) == "order_unknown");
    CHECK(decide("O-\xFF-20260921-9", OrderState::cancelled, {}) == "malformed_name");
}
