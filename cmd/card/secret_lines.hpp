// SPDX-License-Identifier: MIT
// Lines that hold secrets, from an open descriptor into locked memory: what has arrived is handed
// out at once, so that somebody who waits for an answer need not send more to get it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "crypto/locked_bytes.hpp"

namespace usagectl {

class SecretLines {
public:
    struct Line {
        std::uint64_t number = 0;  // from 1
        std::string_view text;     // without its end; valid until the next call
        bool too_long = false;     // it was dropped
    };
    // Bytes of a line at most, its end aside.
    static constexpr std::size_t longest = 4096;

    // `interrupted` is asked before more is waited for, and when a signal comes meanwhile.
    SecretLines(int descriptor, std::function<bool()> interrupted);

    // Waits for a line, and gives it with those behind it that are there already, at most `most`;
    // none at the end. The last line of all may lack its end. Failure `pin_unreadable`.
    [[nodiscard]] std::vector<Line> next(std::size_t most);

private:
    bool read_more();
    [[nodiscard]] bool more_waits() const;
    void take(std::vector<Line>& lines, std::size_t most);
    void make_room();

    int descriptor_;
    std::function<bool()> interrupted_;
    crypto::LockedBytes buffer_;
    std::size_t begin_ = 0;  // of what has not been handed out
    bool dropping_ = false;  // what follows belongs to a line that is too long
    bool ended_ = false;
    bool stopped_ = false;  // by a signal
    std::uint64_t number_ = 0;
};

// The members of a JSON object whose values are strings or null, and nothing else; null ones are
// left out. `secret` is taken as it is written and is never copied: a value with escapes in it is
// no PIN. Names are written without escapes, each once. None: it is no such object.
struct SecretObject {
    std::map<std::string, std::string, std::less<>> plain;
    std::optional<std::string_view> secret;  // in the caller's text
};
[[nodiscard]] std::optional<SecretObject>
read_secret_object(std::string_view text, std::string_view secret);

}  // namespace usagectl
