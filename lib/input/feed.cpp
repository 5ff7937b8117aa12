// SPDX-License-Identifier: MIT
#include <string.h>  // memrchr

#include <algorithm>
#include <memory>

#include "base/assert.hpp"
#include "input/input.hpp"

namespace usagectl::input {

namespace {

constexpr std::size_t chunk_bytes = 1 << 20;
constexpr std::size_t shown_of_skipped = 4 << 10;

using Take = std::function<Result<void>(std::string_view piece, bool last)>;
using Skip = std::function<void(std::string_view beginning)>;

// Cuts arriving bytes at line ends. The buffer holds the unfinished line, then the newest chunk, so
// that only the unfinished line is ever moved. A chunk is no longer than max_line: a line that lies
// within one chunk cannot be too long, and only the line that began earlier needs measuring.
class LineCutter {
public:
    LineCutter(std::size_t max_line, const Take& take, const Skip& skip)
        : max_line_(max_line)
        , chunk_(std::min(chunk_bytes, max_line))
        , buffer_(std::make_unique_for_overwrite<char[]>(max_line + chunk_))
        , take_(take)
        , skip_(skip) {}

    // Where the next bytes go; absorb() then says how many came.
    [[nodiscard]] char* space() { return buffer_.get() + kept_; }
    [[nodiscard]] std::size_t chunk() const { return chunk_; }
    [[nodiscard]] Result<void> absorb(std::size_t size);
    [[nodiscard]] Result<void> finish() { return take_({buffer_.get(), kept_}, true); }

private:
    // Finishes the line that began in an earlier chunk; gives where the next one begins.
    [[nodiscard]] std::size_t end_old_line(std::size_t filled);
    void keep(std::size_t from, std::size_t filled);

    std::size_t max_line_;
    std::size_t chunk_;
    std::unique_ptr<char[]> buffer_;
    const Take& take_;
    const Skip& skip_;
    std::size_t kept_ = 0;   // bytes of the unfinished line
    bool dropping_ = false;  // the unfinished line is too long and was reported
};

Result<void> LineCutter::absorb(std::size_t size) {
    const std::size_t filled = kept_ + size;
    const std::size_t begin = end_old_line(filled);
    const char* const first = buffer_.get() + begin;
    const auto* const last = static_cast<const char*>(::memrchr(first, '\n', filled - begin));
    if (last == nullptr) {
        keep(begin, filled);
        return {};
    }
    const auto whole = static_cast<std::size_t>(last - first) + 1;
    auto taken = take_({first, whole}, false);
    if (taken)
        keep(begin + whole, filled);
    return taken;
}

std::size_t LineCutter::end_old_line(std::size_t filled) {
    if (kept_ == 0 && !dropping_)
        return 0;
    const char* const fresh = buffer_.get() + kept_;
    const auto* const end = static_cast<const char*>(::memchr(fresh, '\n', filled - kept_));
    if (end == nullptr)
        return dropping_ ? filled : 0;
    const auto length = static_cast<std::size_t>(end - buffer_.get());
    const bool too_long = !dropping_ && length > max_line_;
    if (too_long)
        skip_({buffer_.get(), std::min(shown_of_skipped, length)});
    const bool drop = dropping_ || too_long;
    dropping_ = false;
    return drop ? length + 1 : 0;
}

void LineCutter::keep(std::size_t from, std::size_t filled) {
    kept_ = filled - from;
    if (kept_ > max_line_) {
        skip_({buffer_.get() + from, std::min(shown_of_skipped, kept_)});
        dropping_ = true;
        kept_ = 0;
    }
    ::memmove(buffer_.get(), buffer_.get() + from, kept_);
}

Result<void> feed_lines(
    Input& input, std::size_t max_line, std::string_view head, const Take& take, const Skip& skip
) {
    LineCutter cutter(max_line, take, skip);
    while (!head.empty()) {
        const std::size_t size = std::min(head.size(), cutter.chunk());
        ::memcpy(cutter.space(), head.data(), size);
        head.remove_prefix(size);
        if (auto taken = cutter.absorb(size); !taken)
            return taken;
    }
    for (;;) {
        auto got = input.read(cutter.space(), cutter.chunk());
        if (!got)
            return tl::unexpected(got.error());
        if (*got == 0)
            return cutter.finish();
        if (auto taken = cutter.absorb(*got); !taken)
            return taken;
    }
}

Result<void> feed_pieces(Input& input, std::string_view head, const Take& take) {
    if (!head.empty()) {
        if (auto taken = take(head, false); !taken)
            return taken;
    }
    const auto buffer = std::make_unique_for_overwrite<char[]>(chunk_bytes);
    for (;;) {
        auto got = input.read(buffer.get(), chunk_bytes);
        if (!got)
            return tl::unexpected(got.error());
        auto taken = take({buffer.get(), *got}, *got == 0);
        if (!taken || *got == 0)
            return taken;
    }
}

}  // namespace

Result<void> feed(
    Input& input,
    bool by_line,
    std::size_t max_line,
    std::string_view head,
    const Take& take,
    const Skip& skip
) {
    USAGECTL_ASSERT(max_line > 0);
    return by_line ? feed_lines(input, max_line, head, take, skip) : feed_pieces(input, head, take);
}

}  // namespace usagectl::input
