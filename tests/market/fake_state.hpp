// SPDX-License-Identifier: MIT
// The fake market behind its two services: who may come in, which reads were asked for and how they
// stand, how often each meter was asked. All in memory; one lock over everything. Its clock is
// fixed or the system's.
//
// How it behaves is set by control(), with any of these:
//   now            "2026-06-01T17:00:00Z" fixes the clock, null lets it run
//   skew_s         added to every time it tells
//   token_life_s   how long a token is taken
//   token_tells    false: the login does not say how long
//   quota          {"limit": 2, "window_s": 3600}; a request that failed does not count; limit 0:
//                  there is none
//   reads          scripts for requests yet to come, each {"polls": 1, "stale": 0, "then":
//                  "completed"}: polls that see it pending, before them (portal only) polls that
//                  see the read before, and how it ends: completed, failed, t-failed, pending
//                  (never), weird (a word nobody knows). The last one is used again and again.
//   meters         {"10443…": {"number": "…", "reads": […], "power": "OFF", "power_polls": 1,
//                  "solar": true, "silent": true}}; silent: no interval data. Meters that are not
//                  named exist as well, unless
//   only_named     is true
//   lag_s          intervals are there so long after their end
//   shape          "days" (energyData), "rows"
//   duplicates     "same", "different", ""
//   foreign        true: intervals come with another meter's beside them
//   faults         see fake_faults.hpp; served outside of this class
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/zone.hpp"
#include "meter/types.hpp"

namespace usagectl::test {

struct FakeAnswer {
    int status = 200;
    nlohmann::json body;
};

struct FakeOptions {
    std::uint64_t seed = 1;
    std::string user = "OPS";
    std::string password = "secret";
    std::string zone = "America/Chicago";
};

class FakeState {
public:
    explicit FakeState(FakeOptions options);

    // Changes what is named; throws on nonsense.
    void control(const nlohmann::json& changes);
    // What happened: logins, and per meter how often it was asked.
    [[nodiscard]] nlohmann::json log() const;

    [[nodiscard]] Instant clock() const;

    [[nodiscard]] FakeAnswer log_in(const nlohmann::json& body, bool portal);
    [[nodiscard]] bool knows(const std::string& authorization) const;

    // The official service.
    [[nodiscard]] FakeAnswer rest_read(const nlohmann::json& body);
    [[nodiscard]] FakeAnswer rest_status(const nlohmann::json& body);
    [[nodiscard]] FakeAnswer rest_intervals(const nlohmann::json& body);
    // The portal.
    [[nodiscard]] FakeAnswer portal_meters();
    [[nodiscard]] FakeAnswer portal_read(const nlohmann::json& body);
    [[nodiscard]] FakeAnswer portal_status(const nlohmann::json& body);
    [[nodiscard]] FakeAnswer portal_intervals(const nlohmann::json& body);
    // Both.
    [[nodiscard]] FakeAnswer power(const nlohmann::json& body, bool portal);

private:
    struct Script {
        std::int64_t polls = 1;
        std::int64_t stale = 0;
        std::string then = "completed";
    };
    struct Request {
        std::string esi_id;
        std::string trans_id;
        Instant made{};
        Script script;  // counted down
        bool over = false;
        Instant read_at{};
    };
    struct Meter {
        std::string number;
        std::vector<Script> reads;
        std::string power = "ON";
        std::int64_t power_polls = 0;
        bool solar = false;
        bool silent = false;
        bool named = false;
        std::size_t accepted = 0;  // requests for a read
        std::map<std::string, std::uint64_t> counts;
    };

    [[nodiscard]] static Script read_script(const nlohmann::json& text);
    void control_meter(const std::string& esi_id, const nlohmann::json& changes);
    [[nodiscard]] Instant now() const;
    [[nodiscard]] Instant told() const { return now() + skew_; }
    [[nodiscard]] std::string date(Instant at) const;
    [[nodiscard]] Meter& meter(const std::string& esi_id);
    [[nodiscard]] bool exists(const std::string& esi_id) const;
    [[nodiscard]] bool quota_used(const std::string& esi_id) const;
    // The request's number; none when the market's quota is used up.
    [[nodiscard]] std::optional<std::size_t>
    accept(const std::string& esi_id, const std::string& trans_id);
    // One poll of a request; gives the word it sees: PENDING, COMPLETED, FAILED, T-FAILED, stale, …
    [[nodiscard]] std::string poll(Request& request);
    [[nodiscard]] Instant days_end(LocalDay day) const;
    [[nodiscard]] std::string
    day_text(const std::string& esi_id, LocalDay day, meter::Channel channel) const;
    [[nodiscard]] nlohmann::json days(const std::string& esi_id, LocalDay first, LocalDay last);
    [[nodiscard]] nlohmann::json rows(const std::string& esi_id, LocalDay first, LocalDay last);
    // One meter's answer; null when it has nothing to tell.
    [[nodiscard]] nlohmann::json reads(const std::string& esi_id, const nlohmann::json& body);
    [[nodiscard]] std::vector<nlohmann::json> all_reads(const nlohmann::json& body);

    FakeOptions options_;
    const Zone& zone_;
    mutable std::mutex mutex_;
    std::optional<Instant> fixed_;
    std::chrono::seconds skew_{0};
    std::chrono::seconds token_life_{3600};
    bool token_tells_ = true;
    std::int64_t quota_limit_ = 2;
    std::chrono::seconds quota_window_{3600};
    std::vector<Script> reads_{Script{}};
    std::map<std::string, Meter> meters_;
    bool only_named_ = false;
    std::chrono::seconds lag_{0};
    std::string shape_ = "days";
    std::string duplicates_;
    bool foreign_ = false;
    std::map<std::string, Instant> tokens_;  // good until
    std::vector<Request> requests_;          // number: position + 1000
    std::uint64_t logins_ = 0;
    std::uint64_t refused_logins_ = 0;
};

}  // namespace usagectl::test
