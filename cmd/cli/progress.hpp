// SPDX-License-Identifier: MIT
// One line on the terminal that tells how far a long job is: part done, rate, time left. Nothing is
// shown in the first second, nothing more often than ten times a second, and the line is gone at
// the end. The clock is given from outside and never read when nothing can be shown.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

namespace usagectl::cli {

// Time since some fixed moment; monotonic.
using SteadyClock = std::function<std::chrono::milliseconds()>;

class Progress {
public:
    enum class Unit : std::uint8_t { bytes, items };

    // `out` null: silent. `total` 0: unknown.
    Progress(std::ostream* out, SteadyClock now, std::string label, std::uint64_t total, int width);
    Progress(Progress&& other) noexcept;
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    Progress& operator=(Progress&&) = delete;
    ~Progress();

    void count(Unit unit) { unit_ = unit; }  // bytes unless told
    void label(std::string text) { label_ = std::move(text); }
    // The total became known, or is another now; 0: unknown.
    void expect(std::uint64_t total) { total_ = total; }
    // `done` of the total, an absolute figure; cheap when it is not yet time to draw.
    void update(std::uint64_t done);
    // Wipes the line; the destructor does it too.
    void finish();

private:
    void draw(std::chrono::milliseconds elapsed);

    std::ostream* out_;
    SteadyClock now_;
    std::string label_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    std::chrono::milliseconds start_{};
    std::chrono::milliseconds next_{};
    int width_;
    Unit unit_ = Unit::bytes;
    bool drawn_ = false;
};

// "3.4 GB", "812 B": decimal multiples, one digit after the point.
[[nodiscard]] std::string format_amount(std::uint64_t amount, Progress::Unit unit);
// "1:02:03", "4:05"
[[nodiscard]] std::string format_seconds(std::uint64_t seconds);

}  // namespace usagectl::cli
