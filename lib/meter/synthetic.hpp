// SPDX-License-Identifier: MIT
// A small synthetic utility: meters, households and weather that follow from a seed alone, in whole
// numbers, the same on every machine. For benchmarks and demonstrations that need files of any size
// whose right answer is known. Values follow the shape of real residential data (daily and seasonal
// rhythm, cycling appliances, skew), so that figures measured on it, compression above all, hold.
//
// Some meters have solar panels (channel 1); some days are missing; some carry a run of estimates,
// scaled to the energy that really flowed, as utilities do, and most of those are posted again as
// actual four days later.
#pragma once

#include <cstdint>
#include <string>

#include "base/zone.hpp"
#include "meter/day_block.hpp"
#include "meter/writer.hpp"

namespace usagectl::meter {

struct SyntheticOptions {
    std::uint64_t seed = 1;
    std::uint32_t meters = 100;  // at most 9,999,999
    std::uint32_t days = 1;
    LocalDay first_day{};
    const Zone* zone = nullptr;
    std::int32_t minutes = 15;
    std::uint32_t solar_percent = 10;       // of the meters
    std::uint32_t estimated_permille = 20;  // of the days of a meter
    std::uint32_t revised_percent = 75;     // of the days with estimates
    std::uint32_t missing_permille = 2;     // of the days of a meter
};

struct SyntheticDay {
    DayBlock consumption;
    DayBlock generation;  // without solar panels: no slots
};

struct SyntheticCalendar;

class SyntheticUtility {
public:
    // Days after which estimates are replaced.
    static constexpr std::uint32_t revision_delay = 4;

    // Options must be in range; it is a bug when they are not.
    explicit SyntheticUtility(const SyntheticOptions& options);

    // 17 digits that begin with 1044372099.
    [[nodiscard]] static std::string meter_id(std::uint32_t meter);
    [[nodiscard]] bool has_solar(std::uint32_t meter) const;

    // The estimates of this day are posted again as actual, `revision_delay` days later.
    [[nodiscard]] bool revised(std::uint32_t meter, std::uint32_t day) const;

    // first: as posted on the next day. last: after the revision, if there is one. False when the
    // day of this meter is missing.
    enum class Posting : std::uint8_t { first, last };
    bool fill(std::uint32_t meter, std::uint32_t day, Posting posting, SyntheticDay& out) const;

    // Whole files, day-major: every meter's first day, then every meter's second, each followed by
    // the revisions of four days before. Pieces of some 256 KiB.
    void write_lse(const TextSink& sink) const;
    void write_smt_csv(const TextSink& sink) const;

    // What is known once a file is read: `meter,channel,intervals,total_wh` per series, a line
    // `total` for the sum of them, and a line `read` for all the file carries, revisions included.
    void write_truth(const TextSink& sink) const;

private:
    bool fill(
        std::uint32_t meter,
        std::uint32_t day,
        Posting posting,
        const SyntheticCalendar& calendar,
        SyntheticDay& out
    ) const;
    template <class Write>
    void each_posting(Write write) const;

    SyntheticOptions options_;
};

}  // namespace usagectl::meter
