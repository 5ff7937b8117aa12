// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <deque>

#include "net/retrying_folder.hpp"
#include "support/fake_http.hpp"

using namespace usagectl;
using namespace usagectl::net;
using namespace std::chrono_literals;
using test::FakeSleeper;
using Waits = std::vector<std::chrono::milliseconds>;

namespace {

// Fails as often as it has errors, then does what it is asked.
class FailingFolder final : public app::RemoteFolder {
public:
    [[nodiscard]] const std::string& shown() const override { return shown_; }
    [[nodiscard]] std::vector<app::RemoteFile> list() override {
        attempt();
        return {{"a", {}, {}}};
    }
    void fetch(const std::string&, const std::string&, const std::function<bool(std::uint64_t)>&)
        override {
        attempt();
    }
    void move(const std::string&, const std::string&) override { attempt(); }
    void remove(const std::string&) override { attempt(); }

    std::deque<Error> errors;
    int attempts = 0;

private:
    void attempt() {
        ++attempts;
        if (errors.empty())
            return;
        const Error error = errors.front();
        errors.pop_front();
        throw Failure(error);
    }
    std::string shown_ = "sftp://h/in/";
};

Error error(const char* code, bool retryable = true) {
    return {Exit::unavailable, code, "scripted", {}, retryable};
}

// What becomes of each of its operations when it fails once with `failure`: how many attempts.
struct Attempts {
    int list = 0;
    int fetch = 0;
    int move = 0;
    int remove = 0;
};

Attempts attempts_after(const Error& failure) {
    const auto count = [&](auto work) {
        auto inner = std::make_unique<FailingFolder>();
        FailingFolder& failing = *inner;
        failing.errors = {failure};
        RetryingFolder folder(
            std::move(inner),
            {.attempts = 4, .base = 100ms},
            std::make_unique<FakeSleeper>(),
            test::most_random()
        );
        try {
            work(folder);
        } catch (const Failure& thrown) {
            CHECK(thrown.error().code == failure.code);
            CHECK(failing.attempts == 1);
        }
        return failing.attempts;
    };
    return {
        count([](app::RemoteFolder& folder) { static_cast<void>(folder.list()); }),
        count([](app::RemoteFolder& folder) { folder.fetch("a", "/tmp/a", {}); }),
        count([](app::RemoteFolder& folder) { folder.move("a", "done"); }),
        count([](app::RemoteFolder& folder) { folder.remove("a"); }),
    };
}

}  // namespace

TEST_CASE("a folder is asked again when that cannot do anything twice") {
    struct Row {
        Error failure;
        int reading;
        int changing;
    };
    const auto row = GENERATE(
        Row{error("network_unreachable"), 2, 2},
        Row{error("network_cut"), 2, 1},
        Row{error("network_timeout"), 2, 1},
        Row{error("remote_refused"), 2, 1},
        Row{error("remote_refused", false), 1, 1},
        Row{error("disk_full"), 1, 1},
        Row{error("certificate_refused", false), 1, 1},
        Row{error("remote_missing", false), 1, 1},
        Row{error("interrupted", false), 1, 1}
    );
    CAPTURE(row.failure.code);
    const auto attempts = attempts_after(row.failure);
    CHECK(attempts.list == row.reading);
    CHECK(attempts.fetch == row.reading);
    CHECK(attempts.move == row.changing);
    CHECK(attempts.remove == row.changing);
}

TEST_CASE("a folder is asked as often as the rules say, after waits that are told") {
    auto inner = std::make_unique<FailingFolder>();
    FailingFolder& failing = *inner;
    auto sleeps = std::make_unique<FakeSleeper>();
    FakeSleeper& sleeper = *sleeps;
    std::vector<std::string> log;
    RetryingFolder folder(
        std::move(inner),
        {.attempts = 3, .base = 100ms},
        std::move(sleeps),
        test::most_random(),
        [&log](std::string line) { log.push_back(std::move(line)); }
    );
    failing.errors = {error("network_cut"), error("network_timeout")};
    CHECK(folder.list().size() == 1);
    CHECK(sleeper.waits == Waits{100ms, 200ms});
    CHECK(
        log ==
        std::vector<std::string>{
            "listing sftp://h/in/: network_cut, again in 100 ms (attempt 2 of 3)",
            "listing sftp://h/in/: network_timeout, again in 200 ms (attempt 3 of 3)"}
    );
    failing.attempts = 0;
    failing.errors.assign(3, error("network_cut"));
    CHECK_THROWS_AS(folder.fetch("a", "/tmp/a", {}), Failure);
    CHECK(failing.attempts == 3);

    failing.attempts = 0;
    failing.errors = {error("network_cut")};
    sleeper.interrupt_at = sleeper.waits.size() + 1;
    CHECK_THROWS_AS(folder.list(), Failure);
    CHECK(failing.attempts == 1);
}
