// SPDX-License-Identifier: MIT
// Lines of a file that each ask for something, decided many in a transaction: each for itself, with
// one audit record that names them all, and told in the order of the file once they are kept.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "app/actor.hpp"
#include "app/chunk_pace.hpp"
#include "app/undo.hpp"
#include "base/instant.hpp"

namespace usagectl::app {

// Wish: what a line asks for; has `account`. Done: what became of it; has `unchanged`.
template <class Wish, class Done>
class LineChunks {
public:
    struct Line {
        std::uint64_t number = 0;  // in the file, from 1
        std::string text;
        Result<Wish> wish;  // an error: it could not be read
        Result<Done> done = {};

        [[nodiscard]] bool rejected() const { return !wish || !done; }
        // Of a rejected line.
        [[nodiscard]] const Error& error() const { return wish ? done.error() : wish.error(); }
    };
    struct Work {
        std::string of;        // for the audit: "payments of p.csv"
        std::string done_is;   // and what they are afterwards: "posted"
        bool dry_run = false;  // each chunk is decided and taken back
        // Inside the transaction; a refusal leaves nothing behind.
        std::function<Result<Done>(const Wish& wish, Instant now)> decide;
        std::function<void(const Line& line)> tell;
    };

    LineChunks(Store& store, const Actor& actor, const Clock& clock, Work work)
        : store_(store)
        , actor_(actor)
        , clock_(clock)
        , work_(std::move(work)) {}

    // True when a chunk was decided by it.
    bool add(std::uint64_t number, std::string_view text, Result<Wish> wish) {
        lines_.push_back({number, std::string(text), std::move(wish)});
        return lines_.size() >= pace_.lines() && decide();
    }

    // What was added since the last time; false when there is nothing.
    bool decide() {
        if (lines_.empty())
            return false;
        const auto begun = machine_ms();
        const auto kept = attempt<int>(store_, work_.dry_run, [&]() -> Result<int> {
            const auto now = clock_.now();
            decide_within(now);
            store_.audit().append(actor_.record(now, sentence()));
            return 0;
        });
        static_cast<void>(kept);
        pace_.took(lines_.size(), std::chrono::milliseconds(machine_ms() - begun));
        for (const auto& line : lines_)
            work_.tell(line);
        lines_.clear();
        return true;
    }

private:
    // In the order of accounts, so that two runs never wait for each other in a circle, and of the
    // file within each.
    void decide_within(Instant now) {
        std::vector<std::size_t> order(lines_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::erase_if(order, [&](std::size_t at) { return !lines_[at].wish; });
        std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
            return lines_[left].wish->account < lines_[right].wish->account;
        });
        for (const auto at : order)
            lines_[at].done = work_.decide(*lines_[at].wish, now);
    }

    [[nodiscard]] std::string sentence() const {
        const auto changed = std::count_if(lines_.begin(), lines_.end(), [](const Line& line) {
            return !line.rejected() && !line.done->unchanged;
        });
        return work_.of + ", lines " + std::to_string(lines_.front().number) + " to " +
               std::to_string(lines_.back().number) + ": " + std::to_string(changed) + ' ' +
               work_.done_is + " of " + std::to_string(lines_.size());
    }

    Store& store_;
    const Actor& actor_;
    const Clock& clock_;
    Work work_;
    ChunkPace pace_;
    std::vector<Line> lines_;
};

}  // namespace usagectl::app
