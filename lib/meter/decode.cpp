// SPDX-License-Identifier: MIT
// Unpacking a DayBlock; the format is usagectl-block(5). Nothing is believed: every count is
// bounded, and the stream must end exactly where the bytes do.
#include <algorithm>
#include <bit>
#include <cstring>

#include "meter/bits.hpp"
#include "meter/codec.hpp"
#include "meter/packing.hpp"

namespace usagectl::meter {

namespace {

using namespace packing;

constexpr std::string_view sound;

// How far a reader may get beyond the end of the stream before it is asked: the fields of the head
// and the parameters, 183 bits, and the word that it loads at once.
constexpr std::size_t longest_step = 40;

std::string_view take_shape(BitReader& in, LocalDay day, DayBlock& block) {
    const std::uint64_t length = in.take(3);
    if (length >= minutes.size())
        return "interval length is not known";
    block.minutes = minutes[length];
    const std::uint64_t code = in.take(6);
    std::int64_t start = 0;
    if (code < half_hours) {
        start = (static_cast<std::int64_t>(code) + earliest_half_hour) * 30;
        block.count = 24 * 60 / block.minutes;
    } else if (code == spelt_out) {
        start = static_cast<std::int64_t>(in.take(13)) + earliest_minute;
        block.count = static_cast<std::int32_t>(in.take(9)) + 1;
        if (start > -earliest_minute)
            return "start is more than 36 hours away from the day";
        if (block.count > max_slots)
            return "more slots than a day can have";
    } else {
        return "start is not known";
    }
    block.start = instant(std::int64_t{day_number(day)} * 86400 + start * 60);
    return sound;
}

// Sets `present` to the number of slots with a value.
std::string_view take_runs(BitReader& in, DayBlock& block, int& present) {
    const int width = bit_length(static_cast<std::uint64_t>(block.count - 1));
    present = 0;
    for (int at = 0; at < block.count;) {
        const std::uint64_t quality = in.take(2);
        const int size = static_cast<int>(in.take(width)) + 1;
        if (quality > static_cast<std::uint64_t>(Quality::actual))
            return "quality is not known";
        if (size > block.count - at)
            return "quality runs are longer than the day";
        std::fill_n(block.quality.begin() + at, size, static_cast<Quality>(quality));
        if (in.overrun())
            return "quality runs end early";
        present += static_cast<Quality>(quality) == Quality::missing ? 0 : size;
        at += size;
    }
    return sound;
}

std::string_view take_qualities(BitReader& in, std::uint64_t told, DayBlock& block, int& present) {
    present = block.count;
    switch (static_cast<Qualities>(told)) {
    case Qualities::actual:
        std::fill_n(block.quality.begin(), block.count, Quality::actual);
        return sound;
    case Qualities::estimated:
        std::fill_n(block.quality.begin(), block.count, Quality::estimated);
        return sound;
    case Qualities::runs:
        return take_runs(in, block, present);
    }
    return "kind of quality is not known";
}

// The Rice parameter of each segment; `no_residuals` where all are zero.
using Parameters = std::array<std::int8_t, max_segments>;
constexpr std::int8_t no_residuals = -1;

// Slots of segment s that have a residual: [begin, end).
struct Span {
    int begin;
    int end;
};
constexpr Span span_of(int s, Form form, int size) {
    return {
        s == 0 && is_delta(form) ? 1 : s * segment_slots,
        std::min((s + 1) * segment_slots, size),
    };
}

Parameters take_parameters(BitReader& in, Form form, int size) {
    Parameters parameters;
    const int lowest = static_cast<int>(in.take(5));
    for (int s = 0; s < segments(size); ++s) {
        const int selector = is_segmented(form) ? static_cast<int>(in.take(3)) : 1;
        parameters[static_cast<std::size_t>(s)] =
            selector == 0 ? no_residuals : static_cast<std::int8_t>(lowest + selector - 1);
    }
    return parameters;
}

// The low bits of one segment; they are known to be there.
void take_low(BitReader& in, int k, std::int64_t* out, int size) {
    const std::size_t position = in.position();
    for (int i = 0; i < size; ++i) {
        const std::size_t at = position + static_cast<std::size_t>(i * k);
        out[i] = static_cast<std::int64_t>(low_bits(in.word_at(at), k));
    }
    in.skip(static_cast<std::size_t>(size * k));
}

// Walks over the ones of the unary plane.
class Quotients {
public:
    explicit Quotients(const BitReader& in)
        : in_(in)
        , previous_(in.position())
        , origin_(in.position() / 8 * 8)
        , word_(in.word_at(origin_) >> (previous_ - origin_) << (previous_ - origin_)) {}

    // The distance to the next one; false when the stream has none.
    bool next(std::uint64_t& quotient) {
        while (word_ == 0)
            [[unlikely]] {
                origin_ += 64;
                if (origin_ >= in_.size())
                    return false;
                word_ = in_.word_at(origin_);
            }
        const std::size_t at = origin_ + static_cast<std::size_t>(std::countr_zero(word_));
        word_ &= word_ - 1;
        quotient = at - previous_;
        previous_ = at + 1;
        return true;
    }
    [[nodiscard]] std::size_t position() const { return previous_; }

private:
    BitReader in_;
    std::size_t previous_;  // just after the last one
    std::size_t origin_;    // where the word begins
    std::uint64_t word_;    // the ones not yet visited
};

// The full quotients of the residuals that hold `escape`.
std::string_view
take_escaped(BitReader& in, Form form, const Parameters& parameters, int size, std::int64_t* wh) {
    for (int s = 0; s < segments(size); ++s) {
        const int k = parameters[static_cast<std::size_t>(s)];
        if (k == no_residuals)
            continue;
        const Span span = span_of(s, form, size);
        for (int at = span.begin; at < span.end; ++at) {
            const auto residual = static_cast<std::uint64_t>(wh[at]);
            if (residual >> k != escape)
                continue;
            const std::uint64_t quotient = in.take(residual_bits - k);
            if (in.overrun())
                return "values end early";
            wh[at] = static_cast<std::int64_t>(low_bits(residual, k) | quotient << k);
        }
    }
    return sound;
}

// Leaves the residuals of the present slots, packed together, in `wh`.
std::string_view take_residuals(BitReader& in, Form form, int size, std::int64_t* wh) {
    const Parameters parameters = take_parameters(in, form, size);
    std::size_t low = 0;
    for (int s = 0; s < segments(size); ++s) {
        const Span span = span_of(s, form, size);
        const int k = std::max<int>(parameters[static_cast<std::size_t>(s)], 0);
        low += static_cast<std::size_t>((span.end - span.begin) * k);
    }
    if (in.position() + low > in.size())
        return "values end early";

    wh[0] = 0;
    for (int s = 0; s < segments(size); ++s) {
        const Span span = span_of(s, form, size);
        const int k = std::max<int>(parameters[static_cast<std::size_t>(s)], 0);
        take_low(in, k, wh + span.begin, span.end - span.begin);
    }
    Quotients quotients(in);
    std::uint64_t largest = 0;
    for (int s = 0; s < segments(size); ++s) {
        const int k = parameters[static_cast<std::size_t>(s)];
        if (k == no_residuals)
            continue;
        const Span span = span_of(s, form, size);
        for (int at = span.begin; at < span.end; ++at) {
            std::uint64_t quotient = 0;
            if (!quotients.next(quotient))
                return "values end early";
            largest = std::max(largest, quotient);
            wh[at] |= static_cast<std::int64_t>(quotient << k);
        }
    }
    if (largest > escape)
        return "a quotient is out of range";
    in.skip(quotients.position() - in.position());
    return largest == escape ? take_escaped(in, form, parameters, size, wh) : sound;
}

// Residuals into values, in place. False when one is out of range: no sum here can overflow, 384
// residuals below 2^41 stay below 2^50.
bool restore(Form form, std::int64_t base, std::int64_t* wh, int size) {
    std::uint64_t out_of_range = 0;
    const auto check = [&out_of_range](std::int64_t value) {
        out_of_range |= static_cast<std::uint64_t>(value | (max_interval_wh - value));
    };
    std::int64_t value = base;
    for (int i = 0; i < size; ++i) {
        const std::int64_t residual = wh[i];
        if (is_delta(form))
            value += unfold(static_cast<std::uint64_t>(residual));
        else
            value = base + residual;
        wh[i] = value;
        check(value);
    }
    return out_of_range >> 63 == 0;
}

// Moves the values, which stand together at the front, to their slots.
void spread(DayBlock& block, int present) {
    for (int slot = block.count - 1; slot >= 0; --slot) {
        const auto at = static_cast<std::size_t>(slot);
        const bool has_value = block.quality[at] != Quality::missing;
        block.wh[at] = has_value ? block.wh[static_cast<std::size_t>(--present)] : 0;
    }
}

std::string_view take_block(BitReader& in, LocalDay day, DayBlock& block) {
    const std::uint64_t head = in.take(8);
    const auto form = static_cast<Form>(head >> 5);
    if (form > Form::delta_segments)
        return "form is not known";
    int present = 0;
    if (const auto wrong = take_shape(in, day, block); !wrong.empty())
        return wrong;
    if (const auto wrong = take_qualities(in, head >> 3 & 3, block, present); !wrong.empty())
        return wrong;
    const int base_width = base_widths[in.take(3)];
    const auto base = static_cast<std::int64_t>(in.take(base_width));
    if (in.overrun())
        return "head ends early";

    std::int64_t* wh = block.wh.data();
    if (form == Form::constant)
        std::fill_n(wh, present, std::int64_t{0});
    else if (present == 0)
        return "values of no slot";
    else if (const auto wrong = take_residuals(in, form, present, wh); !wrong.empty())
        return wrong;
    if (!restore(form, base, wh, present))
        return "a value is out of range";
    if (present < block.count)
        spread(block, present);
    return sound;
}

}  // namespace

std::string_view decode(std::string_view bytes, LocalDay day, DayBlock& block) {
    if (bytes.size() <= checksum_bytes)
        return "shorter than any block";
    if (bytes.size() > max_packed_bytes)
        return "longer than any block";
    if ((static_cast<unsigned char>(bytes[0]) & 7) != version)
        return "version is not known to this usagectl";

    const std::string_view content = bytes.substr(0, bytes.size() - checksum_bytes);
    Checksum checksum = checksum_of_day(day);
    checksum.add(content);
    const auto low = static_cast<unsigned char>(bytes[content.size()]);
    const auto high = static_cast<unsigned char>(bytes[content.size() + 1]);
    if (checksum.value() != (low | high << 8))
        return "checksum differs";

    std::array<unsigned char, max_packed_bytes + longest_step> stream;
    std::memcpy(stream.data(), content.data(), content.size());
    std::memset(stream.data() + content.size(), 0, longest_step);

    BitReader in(stream.data(), content.size());
    if (const auto wrong = take_block(in, day, block); !wrong.empty())
        return wrong;
    const std::size_t unused = in.size() - in.position();
    if (unused >= 8)
        return "bytes are left over";
    if (in.take(static_cast<int>(unused)) != 0)
        return "bits are left over";
    return sound;
}

}  // namespace usagectl::meter
