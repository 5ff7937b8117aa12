// SPDX-License-Identifier: MIT
#include "net/market_answer.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "base/text.hpp"
#include "net/market_text.hpp"

namespace usagectl::net {
namespace {

[[nodiscard]] std::string_view without_blanks(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

[[nodiscard]] bool is_web_page(const HttpResponse& response) {
    const std::string_view type = response.header("content-type");
    const std::string_view body = without_blanks(response.body);
    return body.starts_with('<') || (type.starts_with("text/html") && !body.starts_with('{'));
}

[[nodiscard]] bool may_be_done(int status) {
    return (status >= 200 && status < 300) || (status >= 500 && status != 503);
}

[[nodiscard]] tl::unexpected<market::Failed> failed(Error error, bool done) {
    return tl::unexpected(market::Failed{std::move(error), done});
}

[[nodiscard]] Error unavailable(std::string message, std::string hint) {
    return {Exit::unavailable, "market_unavailable", std::move(message), std::move(hint), true};
}

// Retry-After in seconds; a date there is as good as no answer.
[[nodiscard]] std::string when_again(const HttpResponse& response) {
    const auto seconds = parse_integer(response.header("retry-after"), 0, 86'400);
    if (!seconds)
        return "try again later";
    return "try again in " + std::to_string(*seconds) + " s";
}

[[nodiscard]] Error throttled(const HttpResponse& response, std::string_view market) {
    const std::string status = std::to_string(response.status);
    const std::string why =
        response.status == 429 ? "too many requests"
                               : "too many requests in a short time, or this address is not let in";
    return unavailable(
        std::string(market) + " answered " + status + ": " + why, when_again(response)
    );
}

[[nodiscard]] Error page_error(const HttpResponse& response, std::string_view market) {
    return unavailable(
        std::string(market) + ": a web page came instead of data (status " +
            std::to_string(response.status) + ")",
        "its bot filter or its maintenance; " + when_again(response)
    );
}

// Without a body of JSON to say more.
[[nodiscard]] Error status_error(const HttpResponse& response, std::string_view market) {
    const int status = response.status;
    std::string message = std::string(market) + " answered " + std::to_string(status);
    if (const std::string words = shown_words(response.body); !words.empty())
        message += ": " + words;
    if (status >= 500)
        return unavailable(std::move(message), when_again(response));
    return {Exit::refused, "market_refused", std::move(message)};
}

[[nodiscard]] std::optional<Refusal> refusal_at(const Json& object) {
    Refusal refusal;
    const std::string_view code = object.word({"errorCode", "errorcode"});
    const std::string_view status = object.word({"statusCode"});
    const std::string_view request = object.word({"RequestStatus"});
    refusal.text = shown_words(object.word(
        {"errormessage", "errorDescription", "errorReason", "statusReason", "message", "error"}
    ));
    if (status == "5031" || code == "5031") {
        refusal.code = "5031";
        refusal.too_many = true;
    } else if (!code.empty() && code != "0") {
        refusal.code = shown_words(code);
        refusal.no_data = code == "1";
    } else if (request == "FLR" || status == "FLR") {
        refusal.code = status.empty() ? "FLR" : shown_words(status);
    } else if (const auto words = object.word({"errormessage", "error"}); !words.empty()) {
        refusal.code = shown_words(words);
    } else {
        return {};
    }
    const auto user_error = [](std::string_view text) { return text.starts_with("ERR-USR"); };
    refusal.login = user_error(refusal.code) || user_error(refusal.text);
    return refusal;
}

[[nodiscard]] std::string_view plain_words(const Refusal& refusal) {
    if (refusal.code == "ERR-USR-USERNOTFOUND" || refusal.text == "ERR-USR-USERNOTFOUND")
        return "it does not know this user";
    if (refusal.code == "ERR-USR-INVALIDPASSWORDERROR" ||
        refusal.text == "ERR-USR-INVALIDPASSWORDERROR")
        return "the password is not correct";
    return {};
}

}  // namespace

market::Outcome<Json> read_answer(const HttpResponse& response, std::string_view market) {
    const int status = response.status;
    const bool done = may_be_done(status);
    if (status == 401)
        return failed(
            {Exit::refused, "market_login_refused", std::string(market) + " answered 401"}, false
        );
    if (status == 403 || status == 429)
        return failed(throttled(response, market), false);
    if (is_web_page(response))
        return failed(page_error(response, market), done);
    if (status == 400) {
        if (auto json = parse_json(response.body); json && refusal_in(*json))
            return std::move(*json);
    } else if (status >= 200 && status < 300) {
        auto json = parse_json(response.body);
        if (!json)
            return malformed_answer(market, json.error().message, done);
        if (!json->is(Json::Kind::object) && !json->is(Json::Kind::list))
            return malformed_answer(market, "the answer is no object", done);
        return std::move(*json);
    }
    return failed(status_error(response, market), done);
}

std::optional<Refusal> refusal_in(const Json& answer) {
    if (auto refusal = refusal_at(answer))
        return refusal;
    if (const Json* data = answer.find({"data"}))
        return refusal_at(*data);
    return {};
}

Error error_of(const Refusal& refusal, std::string_view market) {
    const std::string said = refusal.text.empty() ? refusal.code : refusal.text;
    if (refusal.too_many)
        return {
            Exit::refused,
            "read_quota_used",
            std::string(market) + " has had too many requests for this meter: " + said,
            "its own count; it is lifted within the hour as a rule",
            true};
    if (refusal.login) {
        const std::string_view plain = plain_words(refusal);
        return {
            Exit::refused,
            "market_login_refused",
            std::string(market) + " refused the login: " +
                (plain.empty() ? said : std::string(plain) + " (" + said + ")")};
    }
    std::string message = std::string(market) + " refused: " + said;
    if (said != refusal.code)
        message += " (code " + refusal.code + ")";
    return {Exit::refused, "market_refused", std::move(message)};
}

const Json& payload(const Json& answer) {
    const Json* data = answer.find({"data"});
    const bool wrapped =
        data != nullptr && (data->is(Json::Kind::object) || data->is(Json::Kind::list));
    return wrapped ? *data : answer;
}

tl::unexpected<market::Failed>
malformed_answer(std::string_view market, std::string message, bool done) {
    return failed(
        {Exit::unavailable,
         "market_answer_malformed",
         std::string(market) + ": " + std::move(message)},
        done
    );
}

}  // namespace usagectl::net
