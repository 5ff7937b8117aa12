// SPDX-License-Identifier: MIT
// The portal's interface, with answers as clients have seen them.
#include <catch2/catch.hpp>

#include "market/adapter.hpp"
#include "market/read_rules.hpp"
#include "support/corpus.hpp"

namespace usagectl::market {
namespace {

using test::Adapter;
using test::esi_id;

constexpr const char* token = R"({"token":"P1"})";
constexpr const char* accepted =
    R"({"data":{"trans_id":"9","correlationId":"8","statusCode":"0",)"
    R"("statusReason":"Request submitted successfully for further processing"}})";

TEST_CASE("a read is asked for by ESI ID and meter number") {
    Adapter adapter("smt-portal");
    adapter.http.reply(200, token).reply(200, accepted);
    const auto ticket = adapter.market().request_read(adapter.subject, "R-1");
    REQUIRE(ticket);
    CHECK(ticket->correlation_id == "8");
    const auto& request = adapter.http.requests.at(1);
    CHECK(request.url == "https://www.smartmetertexas.com/api/ondemandread");
    CHECK_FALSE(request.repeatable);
    CHECK(adapter.sent(1).word({"ESIID"}) == esi_id);
    CHECK(adapter.sent(1).word({"MeterNumber"}) == "123456789");
    CHECK(adapter.sent(1).names.size() == 2);
}

TEST_CASE("a meter number that is not known is looked up once") {
    Adapter adapter("smt-portal");
    adapter.subject.meter_number.clear();
    adapter.http.reply(200, token)
        .reply(
            200,
            R"({"data":[{"esiid":"1","meterNumber":"2"},{"esiid":")" + esi_id +
                R"(","meterNumber":"4711"}]})"
        )
        .reply(200, accepted)
        .reply(200, accepted);
    REQUIRE(adapter.market().request_read(adapter.subject, "R-1"));
    REQUIRE(adapter.market().request_read(adapter.subject, "R-2"));
    CHECK(adapter.http.requests.at(1).url == "https://www.smartmetertexas.com/api/meter");
    CHECK(adapter.http.requests.at(1).repeatable);
    CHECK(adapter.sent(1).word({"esiid"}) == "*");
    CHECK(adapter.sent(2).word({"MeterNumber"}) == "4711");
    CHECK(adapter.sent(3).word({"MeterNumber"}) == "4711");
    CHECK(adapter.http.finished());
}

TEST_CASE("a meter that is not the user's is not asked") {
    Adapter adapter("smt-portal");
    adapter.subject.meter_number.clear();
    adapter.http.reply(200, token).reply(200, R"({"data":[]})").reply(500, "");
    const auto other = adapter.market().request_read(adapter.subject, "R-1");
    REQUIRE_FALSE(other);
    CHECK(other.error().error.code == "market_refused");
    // When looking up fails, the request itself was not made, whatever became of the look-up.
    const auto failed = adapter.market().request_read(adapter.subject, "R-2");
    REQUIRE_FALSE(failed);
    CHECK_FALSE(failed.error().done);
}

TEST_CASE("whether the power is on is asked as a read is, once its address is known") {
    Adapter adapter("smt-portal");
    adapter.profile.paths.power_status = "/api/powerstatus";
    adapter.http.reply(200, token).reply(200, R"({"data":{"powerStatus":"ON"}})");
    const auto status = adapter.market().power_status(adapter.subject, "R-1");
    REQUIRE(status);
    CHECK(status->power == Power::on);
    const auto& request = adapter.http.requests.at(1);
    CHECK(request.url == "https://www.smartmetertexas.com/api/powerstatus");
    CHECK_FALSE(request.repeatable);
    CHECK(adapter.sent(1).word({"ESIID"}) == esi_id);
    CHECK(adapter.sent(1).word({"MeterNumber"}) == "123456789");
}

TEST_CASE("the market's own count") {
    Adapter adapter("smt-portal");
    adapter.http.reply(200, token)
        .reply(
            200,
            R"({"data":{"RequestStatus":"FLR","statusCode":"5031",)"
            R"("statusReason":"Too many requests"}})"
        );
    const auto ticket = adapter.market().request_read(adapter.subject, "R-1");
    REQUIRE_FALSE(ticket);
    CHECK(ticket.error().error.code == "read_quota_used");
    CHECK(ticket.error().error.exit == Exit::refused);
    CHECK_FALSE(ticket.error().done);
}

TEST_CASE("the newest read") {
    struct Row {
        const char* body;
        ReadState state;
        bool read;
        bool stale;
    };
    const Row row = GENERATE(
        Row{R"({"data":{"odrstatus":"PENDING","odrread":null,"odrdate":"05/31/2026 09:00:00"}})",
            ReadState::pending,
            false,
            false},
        Row{R"({"data":{"odrstatus":"COMPLETED","odrread":"9751.212","odrusage":"43.826",)"
            R"("odrdate":"06/01/2026 12:00:20","responseMessage":"SUCCESS"}})",
            ReadState::completed,
            true,
            false},
        Row{R"({"data":{"odrstatus":"COMPLETED","odrread":"9751.212","odrdate":"06/01/2026 )"
            R"(11:40:00"}})",
            ReadState::completed,
            true,
            true},
        Row{R"({"data":{"odrstatus":"FAILED","odrread":null,"odrusage":null,"odrdate":null}})",
            ReadState::failed,
            false,
            false},
        Row{R"({"data":{"odrstatus":"T-FAILED","odrread":null,"odrdate":"05/31/2026 09:00:00"}})",
            ReadState::technical_failure,
            true,
            true}
    );
    INFO(row.body);
    Adapter adapter("smt-portal");
    adapter.http.reply(200, token).reply(200, row.body);
    const auto status = adapter.market().read_status(adapter.subject, {"9", "8"}, "R-1");
    REQUIRE(status);
    CHECK(status->state == row.state);
    CHECK(status->read_at.has_value() == row.read);
    CHECK(is_stale(*status, adapter.clock.now()) == row.stale);
    const auto& request = adapter.http.requests.at(1);
    CHECK(request.url == "https://www.smartmetertexas.com/api/usage/latestodrread");
    CHECK(request.repeatable);
    CHECK(adapter.sent(1).word({"ESIID"}) == esi_id);
}

TEST_CASE("a newest read that says nothing") {
    const char* const body = GENERATE(
        "{}",
        R"({"data":{}})",
        R"({"data":[]})",
        R"({"data":{"odrstatus":"COMPLETED"}})",
        R"({"data":{"odrstatus":"COMPLETED","odrread":"12","odrdate":null}})",
        R"({"data":{"odrstatus":"COMPLETED","odrread":{},"odrdate":"06/01/2026 12:00:20"}})",
        R"({"data":{"odrstatus":7}})"
    );
    INFO(body);
    Adapter adapter("smt-portal");
    adapter.http.reply(200, token).reply(200, body);
    const auto status = adapter.market().read_status(adapter.subject, {}, "R-1");
    if (status)
        CHECK(status->state == ReadState::unknown);
    else
        CHECK(status.error().error.code == "market_answer_malformed");
}

TEST_CASE("intervals are asked for with everything the portal's page sends") {
    Adapter adapter("smt-portal");
    adapter.http.reply(200, token)
        .reply(200, R"({"data":{"errorCode":"1","errorMessage":"No Energy Data received"}})");
    const std::vector<std::string> ids{esi_id};
    const auto day = parse_day("2026-05-31").value();
    const auto reads = adapter.market().intervals(ids, day, day);
    REQUIRE(reads);
    CHECK(reads->empty());
    const auto body = adapter.sent(1);
    CHECK(body.find({"ESIID"})->items.at(0).text == esi_id);
    CHECK(body.find({"dataType"})->is(net::Json::Kind::null));
    CHECK(body.find({"versionDate"})->is(net::Json::Kind::null));
}

TEST_CASE("real answers of the portal") {
    const auto corpus = test::corpus();
    if (!corpus) {
        WARN("skipped: corpus is absent");
        return;
    }
    Adapter adapter("smt-portal");
    adapter.subject = {"12345678901234567", ""};
    adapter.http.reply(200, token)
        .reply(200, test::read_file(*corpus / "smt-json" / "meter.json"))
        .reply(200, accepted)
        .reply(200, test::read_file(*corpus / "smt-json" / "latestodrread.json"));
    REQUIRE(adapter.market().request_read(adapter.subject, "R-1"));
    CHECK(adapter.sent(2).word({"MeterNumber"}) == "123456789");
    const auto status = adapter.market().read_status(adapter.subject, {}, "R-1");
    REQUIRE(status);
    CHECK(status->state == ReadState::completed);
    CHECK(status->register_wh == 9'751'212);
    CHECK(format_instant(*status->read_at) == "2020-08-15T19:07:40Z");
    CHECK(status->message == "SUCCESS");
    CHECK(is_stale(*status, adapter.clock.now()));
}

}  // namespace
}  // namespace usagectl::market
