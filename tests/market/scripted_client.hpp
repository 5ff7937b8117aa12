// SPDX-License-Identifier: MIT
// A market's side of a conversation, written down before it begins.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "support/fake_http.hpp"

namespace usagectl::test {

class ScriptedClient final : public net::HttpClient {
public:
    ScriptedClient& reply(int status, std::string body, std::string type = "application/json") {
        script_.answer(status, std::move(body), {{"content-type", std::move(type)}});
        return *this;
    }
    ScriptedClient& reply_with(const net::HttpResponse& response) {
        script_.answer(response.status, response.body, response.headers);
        return *this;
    }
    ScriptedClient& none(std::string code, bool sent) {
        script_.fail(std::move(code), sent);
        return *this;
    }
    ScriptedClient& token(const std::string& name = "T1", const std::string& expires_in = "3600") {
        return reply(
            200,
            R"({"statusCode":"200","accessToken":")" + name +
                R"(","tokenType":"Bearer","expiresIn":")" + expires_in + R"("})"
        );
    }

    net::Answer<net::HttpResponse> send(const net::HttpRequest& request) override {
        return script_.send(request);
    }
    [[nodiscard]] bool finished() const { return script_.steps_left() == 0; }

private:
    FakeHttp script_;

public:
    const std::vector<net::HttpRequest>& requests = script_.requests;
};

[[nodiscard]] inline std::string authorization(const net::HttpRequest& request) {
    for (const auto& [name, value] : request.secret_headers) {
        if (name == "Authorization")
            return value.reveal();
    }
    return {};
}

// A clock that the test moves.
class MovedClock final : public Clock {
public:
    explicit MovedClock(std::string_view at)
        : now_(parse_instant(at).value()) {}
    [[nodiscard]] Instant now() const override { return now_; }
    void move(std::chrono::seconds by) { now_ += by; }

private:
    Instant now_;
};

}  // namespace usagectl::test
