// SPDX-License-Identifier: MIT
#include "card/secret_lines.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <system_error>

#include "cli/context.hpp"
#include "cli/held_signals.hpp"

namespace usagectl {

namespace {

// Some thousand lines; small enough for the memory an ordinary process may lock.
constexpr std::size_t room = 256 << 10;

// Reads an object from its beginning to its end; every step says whether it fits.
class ObjectReader {
public:
    ObjectReader(std::string_view rest, std::string_view secret)
        : rest_(rest)
        , secret_(secret) {}

    std::optional<SecretObject> read() {
        if (!sign('{'))
            return std::nullopt;
        bool more = !sign('}');
        while (more) {
            if (!member())
                return std::nullopt;
            more = sign(',');
            if (!more && !sign('}'))
                return std::nullopt;
        }
        skip_blanks();
        return rest_.empty() ? std::optional(std::move(object_)) : std::nullopt;
    }

private:
    void skip_blanks() {
        const auto first = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(std::min(first, rest_.size()));
    }
    bool sign(char wanted) {
        skip_blanks();
        if (!rest_.starts_with(wanted))
            return false;
        rest_.remove_prefix(1);
        return true;
    }
    // What stands between quotes, as it is written.
    std::optional<std::string_view> text() {
        if (!sign('"'))
            return std::nullopt;
        for (std::size_t at = 0; at < rest_.size(); ++at) {
            if (rest_[at] == '"') {
                const auto found = rest_.substr(0, at);
                rest_.remove_prefix(at + 1);
                return found;
            }
            if (rest_[at] == '\\')
                ++at;
        }
        return std::nullopt;
    }
    bool null() {
        skip_blanks();
        constexpr std::string_view word = "null";
        if (!rest_.starts_with(word))
            return false;
        rest_.remove_prefix(word.size());
        return true;
    }
    bool member() {
        const auto name = text();
        if (!name || name->find('\\') != std::string_view::npos || !sign(':'))
            return false;
        if (!names_.emplace(*name).second)
            return false;
        if (null())
            return true;
        const auto value = text();
        if (!value)
            return false;
        if (*name == secret_) {
            object_.secret = value;
            return true;
        }
        // Escapes and character set are the parser's business.
        const auto read = cli::Json::parse('"' + std::string(*value) + '"', nullptr, false);
        if (!read.is_string())
            return false;
        object_.plain.emplace(*name, read);
        return true;
    }

    std::string_view rest_;
    std::string_view secret_;
    std::set<std::string, std::less<>> names_;
    SecretObject object_;
};

}  // namespace

SecretLines::SecretLines(int descriptor, std::function<bool()> interrupted)
    : descriptor_(descriptor)
    , interrupted_(std::move(interrupted))
    , buffer_(room) {}

bool SecretLines::more_waits() const {
    ::pollfd waiting{descriptor_, POLLIN, 0};
    return ::poll(&waiting, 1, 0) == 1 && (waiting.revents & POLLIN) != 0;
}

// What has been handed out is no longer needed.
void SecretLines::make_room() {
    const auto rest = buffer_.size() - begin_;
    std::memmove(buffer_.room().data(), buffer_.room().data() + begin_, rest);
    buffer_.resize(rest);
    begin_ = 0;
}

// False at the end, and when a signal came.
bool SecretLines::read_more() {
    const auto free = buffer_.room().subspan(buffer_.size());
    const cli::HeldSignals signals(interrupted_);
    if (!signals.wait_for(descriptor_)) {
        stopped_ = true;
        ended_ = true;
        return false;
    }
    while (true) {
        const auto got = ::read(descriptor_, free.data(), free.size());
        if (got > 0) {
            buffer_.resize(buffer_.size() + static_cast<std::size_t>(got));
            return true;
        }
        if (got == 0) {
            ended_ = true;
            return false;
        }
        if (errno != EINTR) {
            throw Failure(
                "pin_unreadable",
                "the cards cannot be read: " + std::generic_category().message(errno)
            );
        }
    }
}

void SecretLines::take(std::vector<Line>& lines, std::size_t most) {
    while (lines.size() < most && begin_ < buffer_.size()) {
        const auto rest = buffer_.view().substr(begin_);
        const auto end = rest.find('\n');
        const bool whole = end != std::string_view::npos;
        // Of a line that was being written when the signal came nothing is done.
        if (!whole && (stopped_ || (!ended_ && rest.size() <= longest)))
            return;
        const auto text = rest.substr(0, end);
        begin_ += text.size() + (whole ? 1 : 0);
        const bool was_dropping = dropping_;
        dropping_ = !whole && !ended_;
        if (!was_dropping) {
            const bool too_long = text.size() > longest;
            lines.push_back({++number_, too_long ? std::string_view() : text, too_long});
        }
    }
}

std::vector<SecretLines::Line> SecretLines::next(std::size_t most) {
    std::vector<Line> lines;
    make_room();
    take(lines, most);
    while (lines.empty() && !ended_) {
        make_room();
        // Lines handed out are views of the room: nothing moves from here on.
        while (read_more() && buffer_.size() < buffer_.capacity() && more_waits())
            ;
        take(lines, most);
    }
    return lines;
}

std::optional<SecretObject> read_secret_object(std::string_view text, std::string_view secret) {
    return ObjectReader(text, secret).read();
}

}  // namespace usagectl
