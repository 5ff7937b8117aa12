// SPDX-License-Identifier: MIT
// Small pieces of the LSE reader that know nothing but text: the fields of a detail row, and the
// text of a group for the replay file.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "meter/line_text.hpp"
#include "meter/types.hpp"

namespace usagectl::meter {

// One field of a detail row; these are never quoted.
struct LseField {
    std::string_view text;
    const char* next = nullptr;  // the next field; null: the row ends here
};
[[nodiscard]] inline LseField lse_field(const char* at, const char* end) {
    const void* comma = std::memchr(at, ',', static_cast<std::size_t>(end - at));
    const char* stop = comma == nullptr ? end : static_cast<const char*>(comma);
    const std::string_view text = trim({at, static_cast<std::size_t>(stop - at)});
    return {text, comma == nullptr ? nullptr : stop + 1};
}

// No value: a blank, or the dash that some TDSPs print for it.
[[nodiscard]] inline bool is_lse_null(std::string_view value) {
    return value.empty() || value == "-";
}

// Blank is the general format's normal quality; TDSPs write A and E.
[[nodiscard]] inline std::optional<Quality> lse_quality(std::string_view status) {
    if (status.empty() || status == "A")
        return Quality::actual;
    if (status == "E")
        return Quality::estimated;
    return {};
}

// The values of a detail row that is not taken: `at` is the first value.
struct LseCounts {
    std::uint32_t values = 0;
    std::uint32_t blanks = 0;
};
[[nodiscard]] inline LseCounts count_lse_values(const char* at, const char* end) {
    LseCounts counts;
    int place = 0;  // 0: value, 1: status, 2: start
    for (LseField field = lse_field(at, end);; field = lse_field(field.next, end)) {
        const bool trailing_comma = field.next == nullptr && field.text.empty();
        if (place == 0 && !is_lse_null(field.text))
            ++counts.values;
        if (place == 0 && is_lse_null(field.text) && !trailing_comma)
            ++counts.blanks;
        if (field.next == nullptr)
            return counts;
        place = (place + 1) % 3;
    }
}

// The beginning of a group's text, a little more than a reject may hold. It is remembered by
// position while it lies in the piece at hand, and copied only when a piece ends before the group.
class LseGroupText {
public:
    void begin(const char* at) {
        saved_.clear();
        at_ = at;
    }
    void enter_piece(const char* begin) { at_ = begin; }
    void leave_piece(const char* end) {
        append(end, saved_);
        at_ = nullptr;
    }
    // The text up to `end`, which lies in the piece; null: outside of any.
    [[nodiscard]] std::string until(const char* end) const {
        std::string text = saved_;
        append(end, text);
        return text;
    }

private:
    void append(const char* end, std::string& text) const {
        if (at_ == nullptr || end == nullptr)
            return;
        constexpr std::size_t most = max_record + 3;  // with a line end that is left out again
        const std::size_t room = most - std::min(most, text.size());
        text.append(at_, std::min(room, static_cast<std::size_t>(end - at_)));
    }

    std::string saved_;
    const char* at_ = nullptr;
};

}  // namespace usagectl::meter
