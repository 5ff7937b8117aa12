// SPDX-License-Identifier: MIT
#include "app/payment_import.hpp"

#include <algorithm>
#include <numeric>

#include "app/line_file.hpp"
#include "app/undo.hpp"
#include "base/words.hpp"

namespace usagectl::app {

namespace {

constexpr Words<LineState::rejected> states{"posted", "unchanged", "rejected"};

bool blank(std::string_view line) {
    return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

// A line on its way into a transaction.
struct Waiting {
    std::uint64_t line = 0;
    std::string text;
    Result<PaymentAsked> asked;
    Result<PaymentPosted> posted = {};
};

class Import {
public:
    Import(
        Store& store,
        const ImportPayments& request,
        const Prepay& prepay,
        const Actor& actor,
        const Clock& clock
    )
        : store_(store)
        , request_(request)
        , prepay_(prepay)
        , actor_(actor)
        , clock_(clock) {}

    Result<void> read();
    [[nodiscard]] PaymentsImported done() const { return done_; }

private:
    void take(std::string_view piece);
    void take_line(std::string_view text);
    void add(std::string_view text, Result<PaymentAsked> asked);
    void post();
    void post_within(Instant now);
    void tell(const Waiting& waiting);
    [[nodiscard]] bool ended() const { return headless_ || done_.interrupted; }

    Store& store_;
    const ImportPayments& request_;
    const Prepay& prepay_;
    const Actor& actor_;
    const Clock& clock_;
    std::optional<PaymentColumns> columns_;
    bool headless_ = false;  // no header row: what follows cannot be read
    std::uint64_t line_ = 0;
    std::vector<Waiting> waiting_;
    PaymentsImported done_;
};

Result<void> Import::read() {
    return read_line_file(
        request_.path,
        {
            .lines = [this](std::string_view piece) { take(piece); },
            .too_long =
                [this](std::string_view beginning) {
                    ++line_;
                    add(beginning,
                        refuse(Exit::rejected, "line_malformed", "the line is longer than 16 KiB"));
                },
            .end = [this] { post(); },
            .ended = [this] { return ended(); },
        }
    );
}

void Import::take(std::string_view piece) {
    while (!piece.empty() && !ended()) {
        const auto end = piece.find('\n');
        take_line(piece.substr(0, end));
        piece.remove_prefix(end == std::string_view::npos ? piece.size() : end + 1);
    }
}

void Import::take_line(std::string_view text) {
    ++line_;
    if (blank(text))
        return;
    if (request_.read) {
        add(text, request_.read(text));
    } else if (columns_) {
        add(text, columns_->row(text));
    } else if (auto columns = PaymentColumns::read(text)) {
        columns_ = *columns;
    } else {
        add(text, tl::unexpected(columns.error()));
        post();
        headless_ = true;
    }
}

void Import::add(std::string_view text, Result<PaymentAsked> asked) {
    waiting_.push_back({line_, std::string(text), std::move(asked)});
    if (waiting_.size() == import_chunk)
        post();
}

// In the order of accounts, and of the file within each.
void Import::post_within(Instant now) {
    std::vector<std::size_t> order(waiting_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t at) { return !waiting_[at].asked; });
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
        return waiting_[left].asked->account < waiting_[right].asked->account;
    });
    for (const auto at : order) {
        auto& each = waiting_[at];
        each.posted = post_payment_within(store_, *each.asked, prepay_, actor_.name, now);
    }
}

void Import::post() {
    if (waiting_.empty())
        return;
    const auto kept = attempt<int>(store_, request_.dry_run, [&]() -> Result<int> {
        const auto now = clock_.now();
        post_within(now);
        const auto posted =
            std::count_if(waiting_.begin(), waiting_.end(), [](const Waiting& each) {
                return each.asked && each.posted && !each.posted->unchanged;
            });
        store_.audit().append(actor_.record(
            now,
            "payments of " + request_.path + ", lines " + std::to_string(waiting_.front().line) +
                " to " + std::to_string(waiting_.back().line) + ": " + std::to_string(posted) +
                " posted of " + std::to_string(waiting_.size())
        ));
        return 0;
    });
    static_cast<void>(kept);
    for (const auto& each : waiting_)
        tell(each);
    waiting_.clear();
    done_.interrupted = request_.interrupted && request_.interrupted();
}

void Import::tell(const Waiting& waiting) {
    PaymentLine line;
    line.line = waiting.line;
    line.text = waiting.text;
    ++done_.lines;
    if (waiting.asked)
        line.asked = *waiting.asked;
    if (!waiting.asked || !waiting.posted) {
        ++done_.rejected;
        line.error = waiting.asked ? waiting.posted.error() : waiting.asked.error();
    } else {
        line.posted = *waiting.posted;
        line.state = line.posted->unchanged ? LineState::unchanged : LineState::posted;
        ++(line.posted->unchanged ? done_.unchanged : done_.posted);
        if (!line.posted->unchanged)
            done_.amount = done_.amount + line.posted->amount;
    }
    if (request_.line)
        request_.line(line);
}

}  // namespace

std::string_view to_string(LineState state) {
    return states.word(state);
}

Result<PaymentsImported> import_payments(
    Store& store,
    const ImportPayments& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    store.keep_more_at_hand();
    Import import(store, request, prepay, actor, clock);
    if (auto read = import.read(); !read)
        return tl::unexpected(read.error());
    return import.done();
}

}  // namespace usagectl::app
