// SPDX-License-Identifier: MIT
// The official interface: what is sent, and what its answers mean.
#include <catch2/catch.hpp>

#include "market/adapter.hpp"

namespace usagectl::market {
namespace {

using test::Adapter;
using test::esi_id;

std::string wait_for(const Outcome<ReadStatus>& status) {
    if (!status)
        return status.error().error.code;
    return std::string(to_string(status->state)) + " " +
           (status->read_at ? format_instant(*status->read_at) : "-") + " " +
           (status->register_wh ? std::to_string(*status->register_wh) : "-");
}

TEST_CASE("a read is asked for by ESI ID, with who asks and in which role") {
    Adapter adapter("smt-rest");
    adapter.http.token().reply(
        200,
        R"({"trans_id":"R-1","correlationId":"123456","statusCode":"0",)"
        R"("statusReason":"Request submitted successfully for further processing"})"
    );
    const auto ticket = adapter.market().request_read(adapter.subject, "R-1");
    REQUIRE(ticket);
    CHECK(ticket->trans_id == "R-1");
    CHECK(ticket->correlation_id == "123456");

    const auto& request = adapter.http.requests.at(1);
    CHECK(request.url == "https://services.smartmetertexas.net/v2/odr/");
    CHECK(request.method == "POST");
    CHECK_FALSE(request.repeatable);
    const auto body = adapter.sent(1);
    CHECK(body.word({"trans_id"}) == "R-1");
    CHECK(body.word({"requestorID"}) == "ACME");
    CHECK(body.word({"requesterType"}) == "REP");
    CHECK(body.word({"requesterAuthenticationID"}) == "123456789");
    CHECK(body.word({"ESIID"}) == esi_id);
    CHECK(body.word({"SMTTermsandConditions"}) == "Y");
}

TEST_CASE("a request that is not accepted") {
    struct Row {
        const char* body;
        const char* code;
        bool done;
    };
    const Row row = GENERATE(
        Row{R"({"trans_id":"R","RequestStatus":"FLR","statusCode":"5031",)"
            R"("statusReason":"too many"})",
            "read_quota_used",
            false},
        Row{R"({"data":{"statusCode":"5031"}})", "read_quota_used", false},
        Row{R"({"statusCode":"FLR","statusReason":"no such meter"})", "market_refused", false},
        Row{R"({"statusCode":"1012","statusReason":"not authorised"})", "market_refused", false},
        Row{R"({"errorCode":"2","errorMessage":"bad"})", "market_refused", false},
        Row{R"({"errorCode":"1","errorMessage":"nothing"})", "market_refused", false},
        Row{R"({"data":null})", "market_answer_malformed", true},
        Row{R"({"statusCode":{}})", "market_answer_malformed", true},
        Row{R"({"statusCode":"0","correlationId":"a b"})", "market_answer_malformed", true},
        Row{"[]", "market_answer_malformed", true}
    );
    INFO(row.body);
    Adapter adapter("smt-rest");
    adapter.http.token().reply(200, row.body);
    const auto ticket = adapter.market().request_read(adapter.subject, "R-1");
    REQUIRE_FALSE(ticket);
    CHECK(ticket.error().error.code == row.code);
    CHECK(ticket.error().done == row.done);
}

TEST_CASE("a read is looked up by its number") {
    Adapter adapter("smt-rest");
    adapter.http.token().reply(200, R"({"correlationId":"77","statusCode":"PEN"})");
    REQUIRE(adapter.market().read_status(adapter.subject, {"T-1", "77"}, "R-1"));
    const auto& request = adapter.http.requests.at(1);
    CHECK(request.url == "https://services.smartmetertexas.net/v2/odrstatus/");
    CHECK(request.repeatable);
    CHECK(adapter.sent(1).word({"trans_id"}) == "T-1");
    CHECK(adapter.sent(1).word({"correlationId"}) == "77");
}

TEST_CASE("how a read stands") {
    struct Row {
        const char* body;
        const char* status;
    };
    const Row row = GENERATE(
        // While it is pending, the service fills in zero and the time of the request.
        Row{R"({"trans_id":"R","correlationId":"77","statusCode":"PEN","statusReason":"Request )"
            R"(Submitted by API","odrRead":{"registeredRead":0E+0,)"
            R"("readDate":"06/01/2026 11:59:00"}})",
            "pending - -"},
        Row{R"({"correlationId":"77","statusCode":"0","statusReason":"ODR retreived successfully",)"
            R"("odrRead":{"registeredRead":2.3459133E+4,"readDate":"06\/01\/2026 12:00:41"}})",
            "completed 2026-06-01T17:00:41Z 23459133"},
        Row{R"({"statusCode":0,"odrRead":{"registeredRead":"0.001",)"
            R"("readDate":"06/01/2026 12:00"}})",
            "completed 2026-06-01T17:00:00Z 1"},
        Row{R"({"statusCode":"FLR","statusReason":"no answer from the meter"})", "failed - -"},
        Row{R"({"statusCode":"T-FAILED"})", "technical_failure - -"},
        Row{R"({"statusCode":"5031"})", "too_many - -"},
        Row{R"({"statusCode":"WAT"})", "unknown - -"},
        Row{R"({"errorCode":"1","errorMessage":"No data"})", "unknown - -"},
        Row{R"({"errorCode":"9","errorMessage":"not yours"})", "market_refused"},
        Row{R"({"statusCode":"0"})", "market_answer_malformed"},
        Row{R"({"statusCode":"0","odrRead":{"registeredRead":"1","readDate":""}})",
            "market_answer_malformed"},
        Row{R"({"statusCode":"0","odrRead":{"registeredRead":"-1","readDate":"06/01/2026 12:00"}})",
            "market_answer_malformed"},
        Row{R"({"statusCode":"0","odrRead":{"registeredRead":1E30,"readDate":"06/01/2026 12:00"}})",
            "market_answer_malformed"},
        Row{R"({"statusCode":"0","odrRead":{"registeredRead":1e99,"readDate":"06/01/2026 12:00"}})",
            "market_answer_malformed"},
        Row{R"({"statusCode":"0","odrRead":{"registeredRead":true,"readDate":"06/01/2026 12:00"}})",
            "market_answer_malformed"},
        Row{R"({"statusCode":"0","odrRead":[1,2]})", "market_answer_malformed"},
        Row{R"({"statusCode":["0"]})", "market_answer_malformed"},
        Row{R"({"correlationId":"78","statusCode":"PEN"})", "market_answer_foreign"},
        Row{R"({"esiid":"10443720000000002","statusCode":"PEN"})", "market_answer_foreign"}
    );
    INFO(row.body);
    Adapter adapter("smt-rest");
    adapter.http.token().reply(200, row.body);
    CHECK(wait_for(adapter.market().read_status(adapter.subject, {"R", "77"}, "R")) == row.status);
}

TEST_CASE("intervals are asked for by date, with a number of their own") {
    Adapter adapter("smt-rest");
    const auto* const none = R"({"errorCode":"1","errorMessage":"No data received from the )"
                             R"(respective TDSP"})";
    adapter.http.token().reply(200, none).reply(200, none);
    const std::vector<std::string> ids{esi_id, "10443720000000002"};
    const auto day = parse_day("2026-05-31").value();
    const auto reads = adapter.market().intervals(ids, day, day + std::chrono::days(1));
    REQUIRE(reads);
    CHECK(reads->empty());
    const auto& request = adapter.http.requests.at(1);
    CHECK(request.url == "https://services.smartmetertexas.net/v2/15minintervalreads/");
    CHECK(request.repeatable);
    CHECK(request.total == std::chrono::seconds(120));
    const auto body = adapter.sent(1);
    CHECK(body.word({"startDate"}) == "05/31/2026");
    CHECK(body.word({"endDate"}) == "06/01/2026");
    CHECK(body.word({"version"}) == "L");
    CHECK(body.word({"readingType"}) == "A");
    REQUIRE(body.find({"esiid"})->items.size() == 2);
    CHECK(body.find({"esiid"})->items[1].text == "10443720000000002");

    REQUIRE(adapter.market().intervals(ids, day, day));
    CHECK(adapter.sent(2).word({"trans_id"}) != body.word({"trans_id"}));
}

TEST_CASE("the power status, in the words it may have") {
    struct Row {
        const char* body;
        ReadState state;
        Power power;
    };
    const Row row = GENERATE(
        Row{R"({"statusCode":"0","powerStatus":"ON","statusDate":"06/01/2026 11:58:00"})",
            ReadState::completed,
            Power::on},
        Row{R"({"data":{"power":"de-energized"}})", ReadState::completed, Power::off},
        Row{R"({"status":"Energized"})", ReadState::completed, Power::on},
        Row{R"({"energized":false})", ReadState::completed, Power::off},
        Row{R"({"status":"PENDING"})", ReadState::pending, Power::unknown},
        Row{R"({"statusCode":"PEN"})", ReadState::pending, Power::unknown},
        Row{R"({"statusCode":"0"})", ReadState::completed, Power::unknown},
        Row{R"({"powerStatus":"MAYBE"})", ReadState::unknown, Power::unknown}
    );
    INFO(row.body);
    Adapter adapter("smt-rest");
    adapter.profile.paths.power_status = "/v2/power/";
    adapter.http.token().reply(200, row.body);
    const auto status = adapter.market().power_status(adapter.subject, "R-1");
    REQUIRE(status);
    CHECK(status->state == row.state);
    CHECK(status->power == row.power);
    CHECK_FALSE(adapter.http.requests.at(1).repeatable);
    CHECK(adapter.http.requests.at(1).url == "https://services.smartmetertexas.net/v2/power/");
    CHECK(adapter.sent(1).word({"ESIID"}) == esi_id);
}

TEST_CASE("a power status that cannot be had") {
    struct Row {
        const char* body;
        const char* code;
    };
    const Row row = GENERATE(
        Row{R"({"statusCode":"5031"})", "read_quota_used"},
        Row{R"({"errorCode":"7","errorMessage":"x"})", "market_refused"},
        Row{R"({"esiid":"1","powerStatus":"ON"})", "market_answer_foreign"},
        Row{"{}", "market_answer_malformed"},
        Row{R"({"powerStatus":[]})", "market_answer_malformed"}
    );
    INFO(row.body);
    Adapter adapter("smt-rest");
    adapter.profile.paths.power_status = "/v2/power/";
    adapter.http.token().reply(200, row.body);
    const auto status = adapter.market().power_status(adapter.subject, "R-1");
    REQUIRE_FALSE(status);
    CHECK(status.error().error.code == row.code);
}

TEST_CASE("a market whose power status has no address says so without asking") {
    for (const std::string_view name : net::market_profile_names()) {
        Adapter adapter(name);
        const auto status = adapter.market().power_status(adapter.subject, "R-1");
        REQUIRE_FALSE(status);
        CHECK(status.error().error.code == "market_refused");
        CHECK(adapter.http.requests.empty());
    }
}

TEST_CASE("a profile has a name") {
    for (const std::string_view name : net::market_profile_names())
        CHECK(net::market_profile(name).value().name == name);
    CHECK_FALSE(net::market_profile("smt"));
}

}  // namespace
}  // namespace usagectl::market
