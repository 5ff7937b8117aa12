// SPDX-License-Identifier: MIT
// Tokens, refused logins, and answers that are no data.
#include <catch2/catch.hpp>

#include "market/adapter.hpp"

namespace usagectl::market {
namespace {

using test::Adapter;
using test::authorization;

constexpr const char* pending = R"({"trans_id":"R1","correlationId":"77","statusCode":"PEN",)"
                                R"("statusReason":"Request Submitted by API"})";
constexpr const char* accepted = R"({"trans_id":"R1","correlationId":"77","statusCode":"0"})";

Outcome<ReadStatus> ask(Adapter& adapter) {
    return adapter.market().read_status(adapter.subject, {"R1", "77"}, "R1");
}

TEST_CASE("a token is fetched on first use and kept until shortly before it expires") {
    Adapter adapter("smt-rest");
    adapter.http.token("T1").reply(200, pending).reply(200, pending);
    REQUIRE(ask(adapter));
    adapter.clock.move(std::chrono::seconds(3600 - 61));
    REQUIRE(ask(adapter));
    REQUIRE(adapter.http.requests.size() == 3);
    const auto& login = adapter.http.requests[0];
    CHECK(login.url == "https://services.smartmetertexas.net/v2/token/");
    CHECK(login.method == "POST");
    CHECK(login.repeatable);
    CHECK(login.secret_headers.empty());
    CHECK(adapter.sent(0).word({"username"}) == "OPS");
    CHECK(adapter.sent(0).word({"password"}) == "correct horse");
    CHECK(authorization(adapter.http.requests[1]) == "Bearer T1");
    CHECK(authorization(adapter.http.requests[2]) == "Bearer T1");

    adapter.clock.move(std::chrono::seconds(2));
    adapter.http.token("T2").reply(200, pending);
    REQUIRE(ask(adapter));
    CHECK(authorization(adapter.http.requests.back()) == "Bearer T2");
    CHECK(adapter.http.finished());
}

TEST_CASE("a base URL may end in a slash") {
    Adapter adapter("smt-rest");
    adapter.profile.base_url = "https://market.example:8443/";
    adapter.http.token().reply(200, pending);
    REQUIRE(ask(adapter));
    CHECK(adapter.http.requests.at(1).url == "https://market.example:8443/v2/odrstatus/");
}

TEST_CASE("a portal's token has the life the profile gives it") {
    Adapter adapter("smt-portal");
    adapter.profile.token_life = std::chrono::seconds(100);
    const auto* const read = R"({"data":{"odrstatus":"PENDING"}})";
    adapter.http.reply(200, R"({"token":"P1"})").reply(200, read).reply(200, read);
    REQUIRE(ask(adapter));
    adapter.clock.move(std::chrono::seconds(74));
    REQUIRE(ask(adapter));
    CHECK(adapter.sent(0).word({"rememberMe"}) == "true");
    adapter.clock.move(std::chrono::seconds(1));
    adapter.http.reply(200, R"({"token":"P2"})").reply(200, read);
    REQUIRE(ask(adapter));
    CHECK(authorization(adapter.http.requests.back()) == "Bearer P2");
}

TEST_CASE("a token that is no longer taken is fetched once more") {
    Adapter adapter("smt-rest");
    adapter.http.token("T1").reply(401, R"({"message":"Invalid Token"})");
    adapter.http.token("T2").reply(200, accepted);
    const auto ticket = adapter.market().request_read(adapter.subject, "R1");
    REQUIRE(ticket);
    CHECK(ticket->correlation_id == "77");
    CHECK(authorization(adapter.http.requests.back()) == "Bearer T2");
    CHECK(adapter.http.finished());
}

TEST_CASE("a market that does not take its own token is not asked a third time") {
    Adapter adapter("smt-rest");
    adapter.http.token("T1").reply(401, "").token("T2").reply(401, "");
    const auto ticket = adapter.market().request_read(adapter.subject, "R1");
    REQUIRE_FALSE(ticket);
    CHECK(ticket.error().error.code == "market_login_refused");
    CHECK(ticket.error().error.exit == Exit::refused);
    CHECK_FALSE(ticket.error().done);
    // Nor for the next question: accounts are locked after a few refusals.
    CHECK(ask(adapter).error().error.code == "market_login_refused");
    CHECK(adapter.http.requests.size() == 4);
}

TEST_CASE("a refused login says why, and is not tried again") {
    struct Row {
        int status;
        const char* body;
        const char* message;
    };
    const Row row = GENERATE(
        Row{400,
            R"({"errormessage":"ERR-USR-USERNOTFOUND"})",
            "smt-portal refused the login: it does not know this user (ERR-USR-USERNOTFOUND)"},
        Row{400,
            R"({"errormessage":"ERR-USR-INVALIDPASSWORDERROR"})",
            "smt-portal refused the login: the password is not correct "
            "(ERR-USR-INVALIDPASSWORDERROR)"},
        Row{200,
            R"({"errorCode":"ERR-USR-LOCKED","errormessage":"locked"})",
            "smt-portal refused the login: locked"},
        Row{401, "Unauthorized", "smt-portal refused the login (401)"}
    );
    Adapter adapter("smt-portal");
    adapter.http.reply(row.status, row.body);
    const auto status = ask(adapter);
    REQUIRE_FALSE(status);
    CHECK(status.error().error.code == "market_login_refused");
    CHECK(status.error().error.message == row.message);
    CHECK(status.error().error.hint == "check the user and the password of the market");
    CHECK_FALSE(status.error().done);
    CHECK(ask(adapter).error().error.message == row.message);
    CHECK(adapter.http.requests.size() == 1);
}

TEST_CASE("a login that fails otherwise leaves nothing done, and is tried again") {
    struct Row {
        int status;
        const char* body;
        const char* code;
    };
    const Row row = GENERATE(
        Row{200, R"({"accessToken":""})", "market_answer_malformed"},
        Row{200, R"({"accessToken":{"x":1}})", "market_answer_malformed"},
        Row{200, R"({"accessToken":"a b"})", "market_answer_malformed"},
        Row{200, R"({"accessToken":"a\r\nX: y"})", "market_answer_malformed"},
        Row{200, "[]", "market_answer_malformed"},
        Row{200, "nonsense", "market_answer_malformed"},
        Row{403, "slow down", "market_unavailable"},
        Row{503, "busy", "market_unavailable"},
        Row{500, "", "market_unavailable"},
        Row{404, "", "market_refused"},
        Row{302, "", "market_refused"}
    );
    INFO(row.status << " " << row.body);
    Adapter adapter("smt-rest");
    adapter.http.reply(row.status, row.body);
    const auto ticket = adapter.market().request_read(adapter.subject, "R1");
    REQUIRE_FALSE(ticket);
    CHECK(ticket.error().error.code == row.code);
    CHECK_FALSE(ticket.error().done);
    adapter.http.token().reply(200, accepted);
    CHECK(adapter.market().request_read(adapter.subject, "R2"));
}

TEST_CASE("basic authentication goes with every request") {
    struct Row {
        const char* user;
        const char* coded;
    };
    // RFC 4648 section 10 and RFC 7617 section 2.
    const Row row = GENERATE(
        Row{"Aladdin", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="},
        Row{"A", "Basic QTpvcGVuIHNlc2FtZQ=="},
        Row{"AB", "Basic QUI6b3BlbiBzZXNhbWU="},
        Row{"ABC", "Basic QUJDOm9wZW4gc2VzYW1l"}
    );
    Adapter adapter("smt-rest");
    adapter.profile.auth = net::MarketAuth::basic;
    adapter.profile.user = row.user;
    adapter.profile.password = Secret("open sesame");
    adapter.http.reply(200, pending).reply(401, "");
    REQUIRE(ask(adapter));
    CHECK(authorization(adapter.http.requests.at(0)) == row.coded);
    CHECK(ask(adapter).error().error.code == "market_login_refused");
    CHECK(adapter.http.requests.size() == 2);
}

TEST_CASE("answers that are no data") {
    struct Row {
        const char* about;
        int status;
        const char* type;
        const char* body;
        const char* code;
        bool done;
        const char* message;
    };
    const Row row = GENERATE(
        Row{"maintenance",
            200,
            "text/html",
            "<html>Down for maintenance</html>",
            "market_unavailable",
            true,
            "smt-rest: a web page came instead of data (status 200)"},
        Row{"bot filter, mistyped",
            200,
            "application/json",
            "\n <!DOCTYPE html><title>Pardon</title>",
            "market_unavailable",
            true,
            "smt-rest: a web page came instead of data (status 200)"},
        Row{"page with an error",
            502,
            "text/html; charset=utf-8",
            "oops",
            "market_unavailable",
            true,
            "smt-rest: a web page came instead of data (status 502)"},
        Row{"rate limit",
            403,
            "text/html",
            "<html>Forbidden</html>",
            "market_unavailable",
            false,
            "smt-rest answered 403: too many requests in a short time, or this address is not let "
            "in"},
        Row{"rate limit",
            429,
            "text/plain",
            "slow",
            "market_unavailable",
            false,
            "smt-rest answered 429: too many requests"},
        Row{"busy",
            503,
            "text/plain",
            "Service Unavailable\n",
            "market_unavailable",
            false,
            "smt-rest answered 503: Service Unavailable?"},
        Row{"crashed", 500, "text/plain", "", "market_unavailable", true, "smt-rest answered 500"},
        Row{"moved", 301, "text/plain", "", "market_refused", false, "smt-rest answered 301"},
        Row{"no such path",
            404,
            "application/json",
            R"({"message":"Not Found"})",
            "market_refused",
            false,
            R"(smt-rest answered 404: {"message":"Not Found"})"},
        Row{"a bad request of ours",
            400,
            "application/json",
            R"({"errorCode":"1006","errorMessage":"Invalid requesterType"})",
            "market_refused",
            false,
            "smt-rest refused: Invalid requesterType (code 1006)"},
        Row{"a bad request without JSON",
            400,
            "text/plain",
            "bad",
            "market_refused",
            false,
            "smt-rest answered 400: bad"},
        Row{"a bad request with JSON of no known kind",
            400,
            "application/json",
            R"({"message":"bad"})",
            "market_refused",
            false,
            R"(smt-rest answered 400: {"message":"bad"})"},
        Row{"nothing",
            200,
            "application/json",
            "",
            "market_answer_malformed",
            true,
            "smt-rest: the answer is no JSON at byte 1"},
        Row{"a word",
            200,
            "application/json",
            R"("fine")",
            "market_answer_malformed",
            true,
            "smt-rest: the answer is no object"},
        Row{"nothing in it",
            200,
            "application/json",
            "{}",
            "market_answer_malformed",
            true,
            "smt-rest: the answer to the request has neither status nor number"}
    );
    INFO(row.about);
    Adapter adapter("smt-rest");
    adapter.http.token().reply(row.status, row.body, row.type);
    const auto ticket = adapter.market().request_read(adapter.subject, "R1");
    REQUIRE_FALSE(ticket);
    CHECK(ticket.error().error.code == row.code);
    CHECK(ticket.error().error.message == row.message);
    CHECK(ticket.error().done == row.done);
    CHECK(ticket.error().error.retryable == (ticket.error().error.code == "market_unavailable"));
}

TEST_CASE("a time to wait is told") {
    net::HttpResponse busy;
    busy.status = 429;
    busy.headers = {{"retry-after", GENERATE("120", "Wed, 21 Oct 2026 07:28:00 GMT", "-1")}};
    Adapter adapter("smt-rest");
    adapter.http.token().reply_with(busy);
    const auto status = ask(adapter);
    const bool seconds = busy.header("retry-after") == "120";
    CHECK(status.error().error.hint == (seconds ? "try again in 120 s" : "try again later"));
}

TEST_CASE("without an answer it is known whether the request may have been carried out") {
    const bool sent = GENERATE(true, false);
    Adapter adapter("smt-rest");
    adapter.http.token().none("network_cut", sent);
    const auto ticket = adapter.market().request_read(adapter.subject, "R1");
    REQUIRE_FALSE(ticket);
    CHECK(ticket.error().error.code == "network_cut");
    CHECK(ticket.error().done == sent);

    // A login that got no answer asked for nothing.
    Adapter other("smt-rest");
    other.http.none("network_cut", true);
    CHECK_FALSE(other.market().request_read(other.subject, "R1").error().done);
}

TEST_CASE("no message and no label holds a secret") {
    Adapter adapter("smt-rest");
    adapter.http.token("TOPSECRET").reply(500, "").reply(200, accepted);
    const auto failed = ask(adapter);
    REQUIRE_FALSE(failed);
    REQUIRE(adapter.market().request_read(adapter.subject, "R1"));
    for (const auto& request : adapter.http.requests) {
        for (const std::string& text : {request.label, request.url}) {
            CHECK(text.find("TOPSECRET") == std::string::npos);
            CHECK(text.find("correct horse") == std::string::npos);
        }
        for (const auto& [name, value] : request.headers)
            CHECK(value == "application/json");
    }
}

}  // namespace
}  // namespace usagectl::market
