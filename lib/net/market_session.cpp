// SPDX-License-Identifier: MIT
#include "net/market_session.hpp"

#include <algorithm>
#include <utility>

#include "base/number.hpp"
#include "net/market_text.hpp"

namespace usagectl::net {
namespace {

using market::Failed;
using market::Outcome;

// RFC 4648, for HTTP's basic authentication.
[[nodiscard]] std::string base64(std::string_view text) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string coded;
    for (std::size_t at = 0; at < text.size(); at += 3) {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i != 3; ++i) {
            const auto byte = at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
            bits = bits << 8U | byte;
        }
        for (std::size_t i = 0; i != 4; ++i) {
            const bool padding = at + i > text.size();
            coded += padding ? '=' : letters[bits >> (18U - 6U * i) & 0x3fU];
        }
    }
    return coded;
}

// A base URL is written with a slash at its end as often as without.
[[nodiscard]] std::string without_slash(std::string url) {
    while (url.ends_with('/'))
        url.pop_back();
    return url;
}

[[nodiscard]] Failed failure_of(const NoAnswer& none) {
    return {none.error, none.sent};
}

// Some of a token's life is left to the request that carries it.
[[nodiscard]] std::chrono::seconds useful(std::chrono::seconds life) {
    return life - std::min(std::chrono::seconds(60), life / 4);
}

// Tokens are printable and without blanks; anything else would end up in a header.
[[nodiscard]] bool fits_header(std::string_view token) {
    return !token.empty() && token.size() <= 16'384 &&
           std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

MarketSession::MarketSession(const MarketProfile& profile, HttpClient& http, const Clock& clock)
    : profile_(profile)
    , http_(http)
    , clock_(clock) {}

Outcome<Json> MarketSession::ask(const MarketQuestion& question) {
    bool again = profile_.auth == MarketAuth::bearer;
    for (;;) {
        const auto token = this->token();
        if (!token)
            return tl::unexpected(token.error());
        const auto response = send(question, token->header);
        if (!response)
            return tl::unexpected(failure_of(response.error()));
        // 401 is said before anything is carried out, so the question may be put once more.
        if (response->status != 401)
            return read_answer(*response, profile_.name);
        forget(*token);
        if (!again) {
            const std::scoped_lock lock(mutex_);
            return tl::unexpected(refuse_login(
                {Exit::refused,
                 "market_login_refused",
                 profile_.name + (profile_.auth == MarketAuth::bearer
                                      ? " logs us in, and does not take its own token"
                                      : " refused the login")}
            ));
        }
        again = false;
    }
}

Outcome<MarketSession::Token> MarketSession::token() {
    const std::scoped_lock lock(mutex_);
    if (refused_)
        return tl::unexpected(Failed{*refused_, false});
    if (profile_.auth == MarketAuth::basic) {
        const std::string both = profile_.user + ':' + profile_.password.reveal();
        return Token{Secret("Basic " + base64(both)), {}, 0};
    }
    if (token_ && clock_.now() < token_->good_until)
        return *token_;
    auto fetched = log_in();
    if (fetched)
        token_ = *fetched;
    return fetched;
}

Outcome<MarketSession::Token> MarketSession::log_in() {
    JsonObject body;
    body.text(profile_.fields.user, profile_.user)
        .text(profile_.fields.password, profile_.password.reveal());
    if (profile_.kind == MarketKind::portal)
        body.text("rememberMe", "true");
    const Instant asked_at = clock_.now();
    const auto response =
        send({profile_.paths.token, body.take(), "log in", true, profile_.total}, Secret());
    // Whatever the login came to, the question itself was not put.
    if (!response)
        return tl::unexpected(Failed{response.error().error, false});
    if (response->status == 401)
        return tl::unexpected(refuse_login(
            {Exit::refused, "market_login_refused", profile_.name + " refused the login (401)"}
        ));
    auto answer = read_answer(*response, profile_.name);
    if (!answer) {
        answer.error().done = false;
        return tl::unexpected(answer.error());
    }
    return read_token(*answer, asked_at);
}

Outcome<MarketSession::Token> MarketSession::read_token(const Json& answer, Instant asked_at) {
    const Json& data = payload(answer);
    const std::string_view text = data.word({"accessToken", "access_token", "token"});
    if (text.empty()) {
        // Here a market says who may not come in, in words of its own.
        if (const auto refusal = refusal_in(answer)) {
            Error error = error_of(*refusal, profile_.name);
            if (refusal->login)
                return tl::unexpected(refuse_login(std::move(error)));
            return tl::unexpected(Failed{std::move(error), false});
        }
        return malformed_answer(profile_.name, "the login's answer has no token", false);
    }
    if (!fits_header(text))
        return malformed_answer(profile_.name, "the login's token is none", false);
    const auto told = parse_integer(data.word({"expiresIn", "expires_in"}), 1, 366 * 86'400);
    const std::chrono::seconds life = told ? std::chrono::seconds(*told) : profile_.token_life;
    return Token{Secret("Bearer " + std::string(text)), asked_at + useful(life), ++logins_};
}

void MarketSession::forget(const Token& token) {
    const std::scoped_lock lock(mutex_);
    if (token_ && token_->number == token.number)
        token_.reset();
}

Failed MarketSession::refuse_login(Error error) {
    if (error.hint.empty())
        error.hint = "check the user and the password of the market";
    refused_ = error;
    return {std::move(error), false};
}

Answer<HttpResponse> MarketSession::send(const MarketQuestion& question, const Secret& header) {
    HttpRequest request;
    request.method = "POST";
    request.url = without_slash(profile_.base_url) + question.path;
    request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
    if (!header.empty())
        request.secret_headers.emplace_back("Authorization", header);
    request.body = Secret(question.body);
    request.repeatable = question.repeatable;
    request.total = question.total;
    request.label = profile_.name + ": " + question.label;
    return http_.send(request);
}

}  // namespace usagectl::net
