// SPDX-License-Identifier: MIT
// One group of an LSE file: the interval values between a header row one and the next. They are
// held until the group is complete, because a value without a start of its own has its place by
// count, and only the whole count shows that no row was lost on the way.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "meter/assembler.hpp"
#include "meter/lse_context.hpp"
#include "meter/lse_header.hpp"

namespace usagectl::meter {

class LseGroup {
public:
    // A leap year of 5-minute intervals; more is not a posting of meter data.
    static constexpr std::size_t max_values = 366 * 288;

    LseHeader header;

    // Forgets the values, keeps the header.
    void clear();

    // Resolves the header's times in `zone`: start, stop, and the time stamp as the revision of the
    // values (0 without one). A reason when the group cannot be placed in time.
    [[nodiscard]] std::optional<std::string> place(const Zone& zone);

    void begin_row(std::uint64_t line) { rows_.push_back({size_, line}); }
    // The next value; `missing` keeps its place without one. Precondition: not full().
    void add(std::int64_t wh, Quality quality);
    // The next value's own start, where it is not the one its place implies.
    void set_start(Instant start);
    // Free places to write values into directly; `took` says how many were. All of them present.
    struct Room {
        std::int64_t* wh = nullptr;
        Quality* quality = nullptr;
        std::size_t size = 0;
    };
    [[nodiscard]] Room room();
    void took(std::size_t count);

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t present() const { return present_; }
    [[nodiscard]] bool full() const { return size_ == max_values; }
    // Where the value at this place begins, unless it says otherwise itself.
    [[nodiscard]] Instant implied_start(std::size_t value) const;
    // From the first value of the row that was begun with this line number to its last; the span of
    // nothing when there is none. Precondition: closed.
    [[nodiscard]] LseRowSpan row_span(std::uint64_t line) const;
    [[nodiscard]] bool covers(Instant start) const;
    [[nodiscard]] bool on_grid(Instant start) const;

    // Checks that the values fill the span; a reason when they do not ("possible file corruption").
    [[nodiscard]] std::optional<std::string> close();

    // Puts every value, in runs of one day and one quality. What the assembler refuses comes back,
    // counted by its reason. Precondition: closed.
    struct Refused {
        PutStatus status = PutStatus::taken;
        std::uint32_t count = 0;
    };
    [[nodiscard]] std::vector<Refused> put(Assembler& assembler, const Zone& zone);

private:
    struct Row {
        std::size_t first = 0;  // value
        std::uint64_t line = 0;
    };
    struct Span {
        Instant from{};
        Instant to{};
    };
    struct PlacedBy {
        LocalTime start{};
        LocalTime stop{};
        std::optional<LocalTime> stamp;
        std::int64_t seconds = 0;
        bool prevailing = true;
        const Zone* zone = nullptr;
        bool operator==(const PlacedBy&) const = default;
    };

    void grow();
    [[nodiscard]] std::size_t run_end(std::size_t from) const;
    [[nodiscard]] Instant start_of(std::size_t value) const;
    [[nodiscard]] Instant day_end(Instant start, const Zone& zone);

    std::vector<std::int64_t> wh_;
    std::vector<Quality> quality_;
    std::vector<std::int64_t> starts_;  // unix seconds; empty while all are implied
    std::vector<Row> rows_;
    std::size_t size_ = 0;
    std::size_t present_ = 0;

    // What the header's local times can mean: more than one span when one of them was shown twice.
    std::array<Span, 4> spans_;
    std::size_t span_count_ = 0;
    std::size_t span_ = 0;
    std::int64_t revision_ = 0;
    PlacedBy placed_by_;

    // The day values were last put into; nearly always the next group's as well.
    const Zone* day_zone_ = nullptr;
    Instant day_from_{};
    Instant day_to_{};
};

}  // namespace usagectl::meter
