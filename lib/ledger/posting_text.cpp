// SPDX-License-Identifier: MIT
#include "ledger/posting_text.hpp"

#include <array>
#include <charconv>

namespace usagectl::ledger {

namespace {

void put(std::int64_t number, std::string& out) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

// Takes the text apart from the front; every step says whether what it wants is there.
class Scan {
public:
    explicit Scan(std::string_view text)
        : text_(text) {}

    bool take(char c) {
        if (text_.empty() || text_.front() != c)
            return false;
        text_.remove_prefix(1);
        return true;
    }
    template <class Number>
    bool take(Number& number) {
        const auto [end, error] =
            std::from_chars(text_.data(), text_.data() + text_.size(), number);
        if (error != std::errc())
            return false;
        text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
        return true;
    }
    [[nodiscard]] bool done() const { return text_.empty(); }

private:
    std::string_view text_;
};

bool read_posting(Scan& scan, Posting& posting) {
    std::int64_t micro = 0;
    std::int64_t nano = 0;
    if (!scan.take('[') || !scan.take(posting.code) || !scan.take(',') || !scan.take(micro))
        return false;
    posting.amount = Money::from_micro(micro);
    if (scan.take(']'))
        return true;
    const bool whole = scan.take(',') && scan.take(posting.component) && scan.take(',') &&
                       scan.take(posting.tier) && scan.take(',') && scan.take(posting.quantity) &&
                       scan.take(',') && scan.take(nano) && scan.take(']');
    posting.rate = Rate::from_nano(nano);
    return whole;
}

}  // namespace

void write_postings(std::span<const Posting> postings, std::string& out) {
    out += '[';
    for (const auto& posting : postings) {
        if (&posting != postings.data())
            out += ',';
        out += '[';
        put(posting.code, out);
        out += ',';
        put(posting.amount.micro(), out);
        if (posting.component >= 0) {
            for (const std::int64_t number :
                 {std::int64_t{posting.component},
                  std::int64_t{posting.tier},
                  posting.quantity,
                  posting.rate.nano()}) {
                out += ',';
                put(number, out);
            }
        }
        out += ']';
    }
    out += ']';
}

std::optional<std::vector<Posting>> read_postings(std::string_view text) {
    std::vector<Posting> postings;
    Scan scan(text);
    if (!scan.take('['))
        return std::nullopt;
    while (!scan.take(']')) {
        if (!postings.empty() && !scan.take(','))
            return std::nullopt;
        if (!read_posting(scan, postings.emplace_back()))
            return std::nullopt;
    }
    if (!scan.done())
        return std::nullopt;
    return postings;
}

}  // namespace usagectl::ledger
