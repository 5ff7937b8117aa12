// SPDX-License-Identifier: MIT
// A server that is not there: answers from a script, fails where the script says, and keeps what it
// was asked.
#pragma once

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "net/http.hpp"
#include "net/retry.hpp"

namespace usagectl::test {

// Remembers the waits instead of waiting. Interrupted at the n-th when told so.
class FakeSleeper final : public net::Sleeper {
public:
    bool sleep_for(std::chrono::milliseconds time) override {
        waits.push_back(time);
        return interrupt_at == 0 || waits.size() < interrupt_at;
    }

    std::vector<std::chrono::milliseconds> waits;
    std::size_t interrupt_at = 0;  // 1: the first wait; 0: never
};

// Always the same share of the bound: 0 gives no wait, 1 the longest.
inline net::Random least_random() {
    return [](std::uint64_t) { return std::uint64_t{0}; };
}
inline net::Random most_random() {
    return [](std::uint64_t bound) { return bound - 1; };
}

class FakeHttp final : public net::HttpClient {
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    // The steps, in the order they are met.
    FakeHttp& answer(int status, std::string body = {}, Headers headers = {}) {
        steps_.push_back({net::HttpResponse{status, std::move(headers), std::move(body)}, {}});
        return *this;
    }
    // `sent`: the failure came after the request had left. Codes as HttpClient::send() has them.
    FakeHttp& fail(std::string code, bool sent, bool retryable = true) {
        Error error{Exit::unavailable, std::move(code), "the scripted failure", {}, retryable};
        steps_.push_back({tl::unexpected(net::NoAnswer{std::move(error), sent}), {}});
        return *this;
    }
    // The last step's answer is cut on its way, at whatever byte: the request was carried out, and
    // nobody hears of it. tests/net/http_cut_test.cpp shows that every byte comes to the same.
    FakeHttp& lost() {
        Error error{Exit::unavailable, "network_cut", "the scripted answer is lost", {}, true};
        steps_.back().outcome = tl::unexpected(net::NoAnswer{std::move(error), true});
        return *this;
    }
    // The last step once more.
    FakeHttp& twice() {
        steps_.push_back(steps_.back());
        return *this;
    }
    // Makes the last step take this long: the sleeper is told, and a request that allows less time
    // ends with `network_timeout`.
    FakeHttp& after(std::chrono::milliseconds delay) {
        steps_.back().delay = delay;
        return *this;
    }
    void use(net::Sleeper& sleeper) { sleeper_ = &sleeper; }

    net::Answer<net::HttpResponse> send(const net::HttpRequest& request) override {
        requests.push_back(request);
        if (steps_.empty())
            throw std::logic_error("an unscripted request: " + request.method + " " + request.url);
        Step step = std::move(steps_.front());
        steps_.pop_front();
        if (sleeper_ != nullptr && step.delay.count() > 0)
            static_cast<void>(sleeper_->sleep_for(std::min(step.delay, request.total)));
        if (step.delay > request.total) {
            Error error{
                Exit::unavailable, "network_timeout", "the scripted server is too slow", {}, true};
            return tl::unexpected(net::NoAnswer{std::move(error), true});
        }
        return std::move(step.outcome);
    }

    [[nodiscard]] std::size_t steps_left() const { return steps_.size(); }

    std::vector<net::HttpRequest> requests;

private:
    struct Step {
        net::Answer<net::HttpResponse> outcome;
        std::chrono::milliseconds delay{0};
    };
    std::deque<Step> steps_;
    net::Sleeper* sleeper_ = nullptr;
};

}  // namespace usagectl::test
