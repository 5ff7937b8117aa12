// SPDX-License-Identifier: MIT
// A market that answers as it is told, counts what it is asked, and can take the program down at
// any call; and a pace whose time passes without anybody waiting.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "app/market_request.hpp"

namespace usagectl::test {

// The program is gone: nothing after the call happens.
struct Killed {};

class ScriptedMarket final : public market::Market {
public:
    market::Outcome<market::Ticket>
    request_read(const market::Subject& subject, const std::string& reference) override;
    market::Outcome<market::ReadStatus> read_status(
        const market::Subject& subject, const market::Ticket& ticket, const std::string& reference
    ) override;
    market::Outcome<std::vector<market::MeterReads>>
    intervals(std::span<const std::string> esi_ids, LocalDay first, LocalDay last) override;
    market::Outcome<market::PowerStatus>
    power_status(const market::Subject& subject, const std::string& reference) override;

    // What the next calls answer; the last one stays.
    std::deque<market::ReadStatus> statuses;
    std::deque<market::PowerStatus> powers;
    std::optional<market::Failed> refuse_read;
    std::optional<market::Failed> refuse_status;
    std::optional<market::Failed> refuse_intervals;
    // Every meter uses 100 Wh in every quarter of an hour up to here.
    Instant data_until{};
    const Zone* zone = nullptr;

    int kill_after = 0;        // the call with this number is the program's last; 0: none
    bool kill_before = false;  // the call does not reach the market

    std::map<std::string, int> asked;  // reads, by meter
    int polled = 0;
    int fetched = 0;

private:
    void count(bool before);
    int calls_ = 0;
};

class RushedPace final : public app::Pace {
public:
    std::int64_t now_ms() override { return now_ms_; }
    bool wait(std::chrono::milliseconds time) override {
        now_ms_ += time.count();
        return !interrupt;
    }
    void tell(std::string_view what) override { told = what; }

    bool interrupt = false;
    std::string told;

private:
    std::int64_t now_ms_ = 1'000'000;
};

[[nodiscard]] app::MarketTerms sample_terms();
[[nodiscard]] app::Actor sample_actor();

}  // namespace usagectl::test
