// SPDX-License-Identifier: MIT
// Packing a DayBlock; the format is usagectl-block(5). One pass gathers sums per segment, from
// which the size of every form is estimated; the cheapest is written in a second pass.
#include <algorithm>
#include <cstring>

#include "base/assert.hpp"
#include "meter/bits.hpp"
#include "meter/codec.hpp"
#include "meter/plan.hpp"

namespace usagectl::meter {

namespace {

using namespace packing;

constexpr std::int64_t day_minutes = 24 * 60;

void put_shape(BitWriter& out, const DayBlock& block, LocalDay day) {
    const auto length = std::ranges::find(minutes, block.minutes);
    USAGECTL_ASSERT(length != minutes.end());
    out.put(static_cast<std::uint64_t>(length - minutes.begin()), 3);

    const std::int64_t seconds = unix_seconds(block.start) - std::int64_t{day_number(day)} * 86400;
    USAGECTL_ASSERT(seconds % 60 == 0);
    const std::int64_t start = seconds / 60;
    const std::int64_t half_hour = start / 30 - earliest_half_hour;
    if (start % 30 == 0 && half_hour >= 0 && half_hour < half_hours &&
        std::int64_t{block.count} * block.minutes == day_minutes) {
        out.put(static_cast<std::uint64_t>(half_hour), 6);
        return;
    }
    USAGECTL_ASSERT(start >= earliest_minute && start <= -earliest_minute);
    out.put(spelt_out, 6);
    out.put(static_cast<std::uint64_t>(start - earliest_minute), 13);
    out.put(static_cast<std::uint64_t>(block.count - 1), 9);
}

Qualities how_told(const Quality* quality, int count) {
    const auto size = static_cast<std::size_t>(count) - 1;
    if (*quality == Quality::missing || std::memcmp(quality, quality + 1, size) != 0)
        return Qualities::runs;
    return *quality == Quality::actual ? Qualities::actual : Qualities::estimated;
}

void put_runs(BitWriter& out, const Quality* quality, int count) {
    const int width = bit_length(static_cast<std::uint64_t>(count - 1));
    for (int at = 0; at < count;) {
        int end = at + 1;
        while (end < count && quality[end] == quality[at])
            ++end;
        out.put(static_cast<std::uint64_t>(quality[at]), 2);
        out.put(static_cast<std::uint64_t>(end - at - 1), width);
        at = end;
    }
}

// Values without the missing slots; `room` is used only when there are any.
const std::int64_t* gather_present(const DayBlock& block, std::int64_t* room, int& size) {
    size = 0;
    for (int slot = 0; slot < block.count; ++slot) {
        room[size] = block.wh[static_cast<std::size_t>(slot)];
        if (block.quality[static_cast<std::size_t>(slot)] != Quality::missing)
            ++size;
    }
    return room;
}

// The three planes of the residuals: low bits, quotients, and what the escaped quotients hide.
class Planes {
public:
    // `room` is where quotients wait until the low bits are complete.
    Planes(BitWriter& out, unsigned char* room)
        : low_(out)
        , room_(room)
        , quotients_(room) {}

    // Two bytes per quotient, and what a writer touches beyond.
    using Room = std::array<unsigned char, max_slots*(escape + 1) / 8 + 16>;

    void put(const std::uint64_t* residual, int size, int k) {
        put_low(residual, size, k);
        BitWriter out = quotients_;  // a copy the compiler can keep in registers
        int at = 0;
        for (; at + 3 <= size; at += 3)
            put_quotients(out, residual + at, 3, k);
        if (at < size)
            put_quotients(out, residual + at, size - at, k);
        quotients_ = out;
    }
    // Ends the low bits with the quotients and the escaped.
    void finish() {
        std::size_t bits = quotients_.bits();
        BitReader in(room_, quotients_.size());
        for (; bits > 56; bits -= 56)
            low_.put(in.take(56), 56);
        low_.put(in.take(static_cast<int>(bits)), static_cast<int>(bits));
        for (int i = 0; i < escapes_; ++i) {
            const Escaped& escaped = escaped_[static_cast<std::size_t>(i)];
            low_.put(escaped.quotient, escaped.width);
        }
    }

private:
    struct Escaped {
        std::uint64_t quotient;
        int width;
    };

    // Four at a time when they fit into one write.
    void put_low(const std::uint64_t* residual, int size, int k) {
        BitWriter out = low_;
        int at = 0;
        if (k <= 14)
            for (; at + 4 <= size; at += 4)
                out.put(
                    low_bits(residual[at], k) | low_bits(residual[at + 1], k) << k |
                        low_bits(residual[at + 2], k) << (2 * k) |
                        low_bits(residual[at + 3], k) << (3 * k),
                    4 * k
                );
        for (; at < size; ++at)
            out.put(low_bits(residual[at], k), k);
        low_ = out;
    }

    // At most three, 48 bits, in one write.
    void put_quotients(BitWriter& out, const std::uint64_t* residual, int size, int k) {
        std::uint64_t bits = 0;
        int width = 0;
        for (int at = 0; at < size; ++at) {
            const std::uint64_t quotient = residual[at] >> k;
            if (quotient >= escape) [[unlikely]]
                escaped_[static_cast<std::size_t>(escapes_++)] = {quotient, residual_bits - k};
            width += static_cast<int>(std::min(quotient, escape));
            bits |= std::uint64_t{1} << width;
            ++width;
        }
        out.put(bits, width);
    }

    BitWriter& low_;
    unsigned char* room_;
    BitWriter quotients_;
    std::array<Escaped, max_slots> escaped_;
    int escapes_ = 0;
};

template <bool delta>
void put_values(BitWriter& out, const std::int64_t* wh, int size, const Plan& plan) {
    out.put(static_cast<std::uint64_t>(plan.parameter), 5);
    if (is_segmented(plan.form))
        for (int s = 0; s < segments(size); ++s)
            out.put(plan.selector[static_cast<std::size_t>(s)], 3);

    Planes::Room room;
    Planes planes(out, room.data());
    for (int s = 0; s < segments(size); ++s) {
        const int selector =
            is_segmented(plan.form) ? plan.selector[static_cast<std::size_t>(s)] : 1;
        if (selector == 0)
            continue;
        const int from = delta && s == 0 ? 1 : s * segment_slots;
        const int to = std::min((s + 1) * segment_slots, size);
        std::array<std::uint64_t, segment_slots> residual;
        for (int at = from; at < to; ++at)
            residual[static_cast<std::size_t>(at - from)] =
                delta ? fold(wh[at] - wh[at - 1]) : static_cast<std::uint64_t>(wh[at] - plan.base);
        planes.put(residual.data(), to - from, plan.parameter + selector - 1);
    }
    planes.finish();
}

}  // namespace

void encode(const DayBlock& block, LocalDay day, std::string& out) {
    USAGECTL_ASSERT(block.count >= 1 && block.count <= max_slots);
    const Qualities qualities = how_told(block.quality.data(), block.count);

    std::array<std::int64_t, max_slots> room;
    const std::int64_t* wh = block.wh.data();
    int size = block.count;
    if (qualities == Qualities::runs)
        wh = gather_present(block, room.data(), size);
    const Plan plan = size > 0 ? choose_plan(wh, size) : Plan{};

    std::array<unsigned char, max_packed_bytes + 8> packed;
    BitWriter bits(packed.data());
    bits.put(
        version | static_cast<std::uint64_t>(qualities) << 3 |
            static_cast<std::uint64_t>(plan.form) << 5,
        8
    );
    put_shape(bits, block, day);
    if (qualities == Qualities::runs)
        put_runs(bits, block.quality.data(), block.count);
    const int code = base_code(plan.base);
    bits.put(static_cast<std::uint64_t>(code), 3);
    bits.put(static_cast<std::uint64_t>(plan.base), base_widths[static_cast<std::size_t>(code)]);
    if (is_delta(plan.form))
        put_values<true>(bits, wh, size, plan);
    else if (plan.form != Form::constant)
        put_values<false>(bits, wh, size, plan);

    const std::size_t content = bits.size();
    Checksum checksum = checksum_of_day(day);
    checksum.add(std::string_view(reinterpret_cast<const char*>(packed.data()), content));
    const std::uint16_t sum = checksum.value();
    packed[content] = static_cast<unsigned char>(sum & 0xff);
    packed[content + 1] = static_cast<unsigned char>(sum >> 8);
    out.append(reinterpret_cast<const char*>(packed.data()), content + checksum_bytes);
}

}  // namespace usagectl::meter
